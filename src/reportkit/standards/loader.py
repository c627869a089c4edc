"""Finds standards by id or path and loads them with what they extend."""

import re
from functools import cache
from pathlib import Path

from reportkit.model.standard import Standard
from reportkit.resources import schemas

from .errors import Faults, UnknownStandard
from .merge import merge, settle
from .source import MAIN, Entry, read_folder
from .validate import validate

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_own = cache(read_folder)


def load(id_or_path: str | Path, *, extra: Path | None = None) -> Standard:
    """The standard with that id, or in that folder (or ``standard.yaml`` file).

    Ids are looked up in ``extra`` first, then among those that travel with the program. A
    standard given by path finds what it extends beside itself as well.

    Raises:
        UnknownStandard: there is none of that name.
        InvalidStandard: its data, or those that it extends, are not valid.
    """
    roots = _roots(extra)
    name = str(id_or_path)
    if not isinstance(id_or_path, Path) and _ID.fullmatch(name):
        folder = _find(name, roots)
        if folder is None or _merged(folder, roots).get("abstract") == "true":
            raise UnknownStandard(name, _near(name, roots))
        return _load(folder, roots)
    folder = Path(name)
    if folder.name == MAIN:
        folder = folder.parent
    folder = folder.resolve()
    if not (folder / MAIN).is_file():
        raise UnknownStandard(name, _near(folder.name, roots))
    return _load(folder, (folder.parent, *roots))


def available(extra: Path | None = None) -> list[Standard]:
    """All standards that can be used, by id; abstract ones, which only serve others, left out."""
    roots = _roots(extra)
    return [_load(folder, roots) for _, folder in sorted(_concrete(roots).items())]


def lineage(standard: Standard, *, extra: Path | None = None) -> tuple[str, ...]:
    """The ids of the standard and of all that it extends, nearest first."""
    roots = _roots(extra)
    ids = [standard.id]
    parent = standard.extends
    while parent is not None and parent not in ids:
        ids.append(parent)
        folder = _find(parent, roots)
        parent = _own(folder).get("extends") if folder else None
    return tuple(ids)


def _roots(extra: Path | None) -> tuple[Path, ...]:
    builtin = schemas() / "standards"
    return (extra.resolve(), builtin) if extra else (builtin,)


def _find(name: str, roots: tuple[Path, ...]) -> Path | None:
    for root in roots:
        if (root / name / MAIN).is_file():
            return root / name
    return None


def _concrete(roots: tuple[Path, ...]) -> dict[str, Path]:
    """Folders by id; the first root wins."""
    folders: dict[str, Path] = {}
    for root in reversed(roots):
        if root.is_dir():
            folders.update({file.parent.name: file.parent for file in root.glob(f"*/{MAIN}")})
    return {
        name: folder for name, folder in folders.items() if _own(folder).get("abstract") != "true"
    }


def _near(name: str, roots: tuple[Path, ...]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, list(_concrete(roots)), scorer=fuzz.WRatio, limit=3, score_cutoff=60
    )
    return [choice for choice, _, _ in found]


@cache
def _load(folder: Path, roots: tuple[Path, ...]) -> Standard:
    data = _merged(folder, roots).copy()
    data.pop("abstract", None)
    return validate(data, f"{folder.name}/{MAIN}")


@cache
def _merged(folder: Path, roots: tuple[Path, ...], trail: tuple[str, ...] = ()) -> Entry:
    """The data of the standard in ``folder`` with all that it extends; ``trail`` are its heirs."""
    own = _own(folder)
    faults = Faults(f"{folder.name}/{MAIN}")
    if own.get("id") != folder.name:
        faults.add(own.places.get("id", own.place), f"id 应当与文件夹同名：{folder.name}")
    parent = own.get("extends")
    base: Path | None = None
    if parent is not None:
        base = _find(str(parent), roots)
        if parent in (*trail, folder.name):
            faults.add(
                own.places["extends"],
                f"extends 成了环：{' → '.join((*trail, folder.name, parent))}",
            )
        elif base is None:
            faults.add(own.places["extends"], f"所继承的规范 {parent} 不存在")
    faults.stop_if_any()
    if base is None:
        merged = settle(own, faults)
    else:
        inherited = _merged(base, roots, (*trail, folder.name)).copy()
        inherited.pop("abstract", None)
        merged = merge(inherited, own, faults)
    faults.stop_if_any()
    return merged
