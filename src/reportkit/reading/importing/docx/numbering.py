"""numbering.xml: the numbers that Word counts by itself, rendered as they print."""

import re
from dataclasses import dataclass, field

from .counters import rendered
from .names import RPR, VAL, Element, W, number, on, value, walk
from .styles import read_looks
from .symbols import translated

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: format, text (``第%1章``), start, after which level it starts anew."""

    form: str = "decimal"
    pattern: str = ""
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """An abstract list with its counters. ``begun`` holds the nums that were used."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Label:
    """A rendered number or bullet."""

    text: str
    level: int
    ordered: bool


class Numbering:
    """Counts the numbered paragraphs of a document, which come in document order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[int, _List] = {}
        self._nums: dict[int, tuple[_List, dict[int, Level], dict[int, int]]] = {}
        if root is None:
            return
        links, named = {}, {}
        for abstract in root.iterfind(W + "abstractNum"):
            identity = number(abstract.get(W + "abstractNumId"), -1)
            self._lists[identity] = _List(_levels(abstract))
            if link := value(abstract, W + "numStyleLink"):
                links[identity] = link
            if name := value(abstract, W + "styleLink"):
                named[name] = identity
        for identity, link in links.items():
            if link in named:
                self._lists[identity] = self._lists[named[link]]
        for num in root.iterfind(W + "num"):
            self._num(num)

    def _num(self, num: Element) -> None:
        counted = self._lists.get(number(value(num, W + "abstractNumId"), -1))
        if counted is None:
            return
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in num.iterfind(W + "lvlOverride"):
            depth = number(override.get(W + "ilvl"))
            level = override.find(W + "lvl")
            if level is not None:
                own[depth] = _level(level)
            start = value(override, W + "startOverride")
            if start is not None:
                starts[depth] = number(start)
        self._nums[number(num.get(W + "numId"))] = (counted, own, starts)

    def depth(self, num: int, style: str) -> int | None:
        """The level that a style is bound to in a list; None if it is bound to none."""
        if num not in self._nums:
            return None
        counted, own, _ = self._nums[num]
        for depth, level in {**counted.levels, **own}.items():
            if level.style == style:
                return depth
        return None

    def next(self, num: int, depth: int) -> Label | None:
        """Count one paragraph; None if the list is unknown or the paragraph has no number."""
        if num not in self._nums:
            return None
        counted, own, starts = self._nums[num]
        levels = {**counted.levels, **own}
        level = levels.get(depth, Level())
        if num not in counted.begun:
            counted.begun.add(num)
            for at in starts:
                counted.counts.pop(at, None)
        first = starts.get(depth, level.start)
        counted.counts[depth] = counted.counts.get(depth, first - 1) + 1
        for at in [at for at in counted.counts if at > depth]:
            after = levels[at].restart if at in levels else None
            if after is None or depth < after:
                del counted.counts[at]
        return _label(level, depth, levels, counted.counts)


def _label(
    level: Level, depth: int, levels: dict[int, Level], counts: dict[int, int]
) -> Label | None:
    if level.form == "bullet":
        return Label(level.text, depth, False) if level.text.strip() else None

    def shown(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at, Level())
        form = "decimal" if level.legal and other.form != "none" else other.form
        return rendered(counts.get(at, other.start), form, other.pattern)

    text = re.sub(r"%([1-9])", shown, level.text)
    return Label(text.strip(), depth, True) if text.strip() else None


def _levels(parent: Element) -> dict[int, Level]:
    return {number(at.get(W + "ilvl")): _level(at) for at in parent.iterfind(W + "lvl")}


def _level(element: Element) -> Level:
    form = next((item for item in walk(element) if item.tag == W + "numFmt"), None)
    restart = value(element, W + "lvlRestart")
    text = value(element, W + "lvlText") or ""
    font = read_looks(element.find(RPR)).get("font", "")
    return Level(
        form=form.get(VAL, "decimal") if form is not None else "decimal",
        pattern=form.get(W + "format", "") if form is not None else "",
        text=translated(font, text),
        start=number(value(element, W + "start"), 0),
        restart=None if restart is None else number(restart),
        legal=on(element.find(W + "isLgl")),
        style=value(element, W + "pStyle") or "",
    )
