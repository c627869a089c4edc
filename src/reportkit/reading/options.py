"""The options of a fence or heading: attributes in braces and a YAML head, as one tree."""

from collections.abc import Iterable

from reportkit.yamlio import Mark, Path, Tree, parse

from .attributes import Attributes
from .source import Source

_ADVICE = "请检查缩进、冒号和引号；文字中有“: ”或以特殊符号开头时，整段文字要加双引号"


def attribute_tree(found: Attributes, line: int, offset: int = 0) -> Tree:
    """The tree of the attributes on ``line`` (from 1), written from ``offset`` (from 0) on."""
    tree = Tree({})
    for key, value in found.values.items():
        name = key.replace("-", "_")
        tree.data[name] = value
        tree.keys[(name,)] = Mark(line, offset + found.columns[key] + 1)
        tree.values[(name,)] = Mark(line, offset + found.value_columns[key] + 1)
    return tree


def yaml_tree(text: str, first: int, source: Source) -> Tree | None:
    """The YAML ``text`` that begins on line ``first``; None (and RK104 …) if it is not usable."""
    tree = parse(text)
    shift = first - 1
    for problem in tree.problems:
        place = source.place(problem.mark.line + shift, problem.mark.column)
        line = source.line(place.line or 1).strip()
        match problem.kind:
            case "duplicate":
                other = problem.other or problem.mark
                source.log.add(
                    "RK105",
                    place,
                    quote=problem.detail,
                    key=problem.detail,
                    related=[source.place(other.line + shift, other.column)],
                )
            case "unsupported":
                source.log.add("RK106", place, quote=line, what=problem.detail)
            case "size":
                source.log.add("RK106", place, what=f"超过 {problem.detail} 字的 YAML")
            case _:
                number, reason = diagnosis(source, place.line or 1)
                if number != place.line:
                    place, line = source.place(number, 1), source.line(number).strip()
                source.log.add("RK104", place, quote=line, reason=reason)
    if any(p.kind in ("syntax", "size") for p in tree.problems):
        return None
    if tree.data is None and tree.problems:
        return None
    if not shift:
        return tree
    return Tree(tree.data, _shift(tree.values, shift), _shift(tree.keys, shift))


def _shift(marks: dict[Path, Mark], lines: int) -> dict[Path, Mark]:
    return {path: Mark(mark.line + lines, mark.column) for path, mark in marks.items()}


def diagnosis(source: Source, number: int, otherwise: str = _ADVICE) -> tuple[int, str]:
    """The line that probably is wrong, and why: the one where reading stopped or that before."""
    for at in (number, number - 1):
        line = source.line(at)
        stripped = line.strip()
        key = stripped.removeprefix("- ").split("：")[0]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return at, "缩进用了制表符，应当用空格"
        if "：" in stripped and ":" not in stripped and key.isascii():
            return at, "用了全角冒号“：”，应当用半角“: ”（冒号后留一个空格）"
        if ":" in stripped and ": " not in stripped and not stripped.endswith(":"):
            return at, "冒号后应当留一个空格"
        if stripped.count('"') % 2:
            return at, "双引号没有成对"
        if stripped.count("[") != stripped.count("]"):
            return at, "方括号没有成对"
    return number, otherwise


def join(trees: Iterable[Tree], source: Source) -> Tree:
    """One tree of several; a key that is given twice is reported and the first one stays."""
    joined = Tree({})
    for tree in trees:
        for key, value in (tree.data or {}).items():
            name = str(key).replace("-", "_")
            mark = tree.keys.get((key,)) or tree.mark((key,))
            if name in joined.data:
                first = joined.keys[(name,)]
                source.log.add(
                    "RK105",
                    source.place(mark.line, mark.column),
                    quote=name,
                    key=name,
                    related=[source.place(first.line, first.column)],
                )
                continue
            joined.data[name] = value
            joined.keys[(name,)] = mark
        for old, new in ((tree.values, joined.values), (tree.keys, joined.keys)):
            for path, mark in old.items():
                if path:
                    new.setdefault((str(path[0]).replace("-", "_"), *path[1:]), mark)
    return joined
