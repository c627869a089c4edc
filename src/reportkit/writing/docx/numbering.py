"""Native list numbering: which list numbers which paragraph, and numbering.xml.

The numbered chapters share one multilevel list, which is bound to the heading styles. A chapter
that counts otherwise (highlights with their own 一、…十、) has a list of its own, and so has every
list in the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reportkit.model.report import Heading, Para, Part, RBlock, Report, RList
from reportkit.model.standard import PartKind

from .counting import LEVELS, Form, MultiLevel, read
from .walk import walk
from .xml import Element, el, val

_BODY = (PartKind.BODY, PartKind.ANNEX, PartKind.PREFACE)


@dataclass(frozen=True)
class Place:
    """A paragraph's place in a list: the ``w:numId`` and the level from 0.

    ``by_style`` says that its heading style already puts it there.
    """

    num: int
    level: int
    by_style: bool = False


class Numbering:
    """The lists of a report."""

    def __init__(self, report: Report) -> None:
        self.main = MultiLevel()
        self._order: list[MultiLevel | tuple[Form, int]] = [self.main]
        self._bullets: dict[str, int] = {}
        self._places: dict[int, Place] = {}
        for part in report.parts:
            if part.kind in _BODY:
                self._chapter(part)

    def place(self, block: Heading | Para) -> Place | None:
        """Where a heading or numbered paragraph is counted, or None if its number is text."""
        return self._places.get(id(block))

    def counts_decimal_chapters(self) -> bool:
        """Whether chapters are counted natively and in Arabic digits."""
        form = self.main.forms.get(1)
        return form is not None and form.format == "decimal"

    def bound(self, level: int) -> bool:
        """Whether the main list has this level, so that the heading style is bound to it."""
        return level in self.main.forms

    def markers(self, block: RList) -> int | None:
        """The ``w:numId`` of a list whose markers Word makes alike, or None."""
        markers = [item.marker for item in block.items]
        if not block.ordered:
            return self._bullet(markers[0]) if len(set(markers)) == 1 and markers[0] else None
        first = read(markers[0], 1)
        if first is None:
            return None
        counter = MultiLevel()
        if not all(counter.take(1, marker) for marker in markers):
            return None
        return self._add((first.form, first.values[0]))

    def _bullet(self, marker: str) -> int | None:
        if "%" in marker or len(marker) > 3:
            return None
        if marker not in self._bullets:
            self._bullets[marker] = self._add((Form("bullet", marker, ()), 1))
        return self._bullets[marker]

    def _add(self, made: MultiLevel | tuple[Form, int]) -> int:
        self._order.append(made)
        return len(self._order)

    def _chapter(self, part: Part) -> None:
        blocks = list(walk(part.blocks))
        headings = [block for block in blocks if isinstance(block, Heading)]
        if self._fits_main(headings):
            self._number(blocks, self.main, 1)
        else:
            own = MultiLevel()
            if self._number(blocks, own, len(self._order) + 1):
                self._add(own)

    def _fits_main(self, headings: list[Heading]) -> bool:
        """Whether a chapter has a number and its levels look as in the chapters before it."""
        if not headings or headings[0].level != 1 or not headings[0].number:
            return False
        for heading in headings:
            taken = read(heading.number, heading.level)
            if taken is None or not self.main.makes(taken.form):
                continue
            if not self.main.learn(heading.level, taken):
                return False
        return True

    def _number(self, blocks: Iterable[RBlock], counter: MultiLevel, num: int) -> bool:
        """Number a chapter's headings and paragraphs by a list; tell whether it numbers any."""
        depth, used = 0, False
        for block in blocks:
            if isinstance(block, Heading):
                depth = block.level
                levels = [block.level]
            elif isinstance(block, Para) and block.number and block.role == "body":
                levels = [min(depth + 1, LEVELS), *range(min(depth, LEVELS), 0, -1)]
            else:
                continue
            level = self._level(block.number, levels, counter)
            if level is not None:
                bound = isinstance(block, Heading) and block.in_toc and counter is self.main
                self._places[id(block)] = Place(num, level - 1, bound)
                used = True
        return used

    @staticmethod
    def _level(number: str, levels: list[int], counter: MultiLevel) -> int | None:
        if not number:
            return None
        known = [level for level in levels if level in counter.forms]
        for level in [*known, *(level for level in levels[:1] if level not in known)]:
            if counter.take(level, number):
                return level
        return None

    def elements(self) -> list[Element]:
        """What stands in numbering.xml."""
        abstract = [self._abstract(n, made) for n, made in enumerate(self._order, start=1)]
        nums = [
            el("w:num", {"numId": n}, val("w:abstractNumId", n))
            for n in range(1, len(self._order) + 1)
        ]
        return [*abstract, *nums]

    def _abstract(self, number: int, made: MultiLevel | tuple[Form, int]) -> Element:
        many = isinstance(made, MultiLevel)
        head = [
            val("w:nsid", f"{0x10000000 + number:08X}"),
            val("w:multiLevelType", "multilevel" if many else "singleLevel"),
            val("w:tmpl", f"{0x20000000 + number:08X}"),
        ]
        if isinstance(made, MultiLevel):
            levels = [self._multi(made, level) for level in range(1, LEVELS + 1)]
        else:
            form, start = made
            levels = [_level(0, form, start, "tab")]
        return el("w:abstractNum", {"abstractNumId": number}, *head, *levels)

    def _multi(self, made: MultiLevel, level: int) -> Element:
        form = made.forms.get(level, Form("none", "", ()))
        style = f"Heading{level}" if made is self.main and level in made.forms else None
        return _level(level - 1, form, made.starts.get(level, 1), "nothing", style)


def _level(index: int, form: Form, start: int, suffix: str, style: str | None = None) -> Element:
    return el(
        "w:lvl",
        {"ilvl": index},
        val("w:start", start),
        val("w:numFmt", form.format),
        val("w:pStyle", style) if style else None,
        val("w:suff", suffix),
        val("w:lvlText", form.text),
        val("w:lvlJc", "left"),
        el("w:rPr", None, el("w:rFonts", {"hint": "eastAsia"})),
    )
