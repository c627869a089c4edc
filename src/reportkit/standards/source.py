"""Reads the YAML files of one standard's folder into data that remember their places.

A folder holds ``standard.yaml``; long lists may stand in files of their own beside it
(``outline.yaml``, ``tables.yaml``, ``indicators.yaml``), each holding just that list.
"""

import re
from pathlib import Path
from typing import Any

from reportkit.model.base import Place
from reportkit.yamlio import Mark, Tree, parse

from .errors import Faults

MAIN = "standard.yaml"
LISTS = ("outline", "tables", "indicators")
_FOLDED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u2010-\u9fff\uff00-\uffef])")
_PROSE = frozenset({"guidance", "basis", "condition", "definition", "formula", "text"})


class Entry(dict[str, Any]):
    """A mapping of a standard with the place where it and each of its keys were written."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        """Set ``key`` and remember where."""
        self[key] = value
        self.places[key] = place

    def copy(self) -> "Entry":
        """A shallow copy with the places."""
        other = Entry(self.place)
        other.update(self)
        other.places = dict(self.places)
        return other


def read_folder(folder: Path) -> Entry:
    """The data of the standard in ``folder``, not yet merged with what it extends.

    Raises:
        InvalidStandard: a file cannot be read or is not the YAML that is accepted.
    """
    label = f"{folder.name}/{MAIN}"
    faults = Faults(label)
    data = read_file(folder / MAIN, label)
    if not isinstance(data, Entry):
        faults.add(None, "应当是“键: 值”的形式")
        faults.stop_if_any()
    assert isinstance(data, Entry)
    for key in LISTS:
        beside = folder / f"{key}.yaml"
        if not beside.is_file():
            continue
        file = f"{folder.name}/{beside.name}"
        if key in data:
            faults.add(data.places[key], f"{key} 已另有 {beside.name}，两处只能写一处")
        items = _read(beside, file, faults)
        if not isinstance(items, list):
            faults.add(Place(file=file, line=1, column=1), "应当是列表（每项以“- ”开头）")
        data.put(key, items, Place(file=file, line=1, column=1))
    faults.stop_if_any()
    return data


def read_file(path: Path, file: str) -> Any:
    """The data of one YAML file; ``file`` is its name in messages.

    Raises:
        InvalidStandard: it cannot be read or is not the YAML that is accepted.
    """
    faults = Faults(file)
    data = _read(path, file, faults)
    faults.stop_if_any()
    return data


def _read(path: Path, file: str, faults: Faults) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        faults.add(Place(file=file), "文件不存在或不能读")
        return None
    except UnicodeDecodeError:
        faults.add(Place(file=file), "不是 UTF-8 编码；请用 UTF-8 保存")
        return None
    tree = parse(text)
    for problem in tree.problems:
        faults.add(_place(file, problem.mark), _reason(problem.kind, problem.detail))
    return _placed(tree, tree.data, (), file)


def _reason(kind: str, detail: str) -> str:
    return {
        "duplicate": f"键 {detail} 重复",
        "unsupported": f"不接受{detail}；请直接写出内容",
        "size": f"文件超过 {detail} 字",
    }.get(kind, "YAML 格式有误；请检查缩进、冒号和引号")


def _place(file: str, mark: Mark) -> Place:
    return Place(file=file, line=mark.line, column=mark.column)


def _placed(tree: Tree, data: Any, path: tuple[str | int, ...], file: str) -> Any:
    if isinstance(data, dict):
        entry = Entry(_place(file, tree.mark(path)))
        for key, value in data.items():
            here = (*path, key)
            value = _placed(tree, value, here, file)
            if key in _PROSE and isinstance(value, str):
                value = _FOLDED.sub("", value)  # a folded line leaves a space between two Hanzi
            entry.put(key, value, _place(file, tree.mark(here)))
        return entry
    if isinstance(data, list):
        return [_placed(tree, item, (*path, index), file) for index, item in enumerate(data)]
    return data
