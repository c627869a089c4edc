"""What was added to an edited document or moved in it: where it goes in the files, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportkit.model.base import Placed
from reportkit.model.blocks import Case, Paragraph, Section, SignOff, Table
from reportkit.reading import claims
from reportkit.reading.importing.inline import render
from reportkit.reading.importing.pieces import Piece
from reportkit.reading.importing.stream import Grid, Text

from .grids import source_text
from .origin import Origin
from .rewrite import opening, returns, written
from .texts import TextFile
from .units import NOTE, Unit

if TYPE_CHECKING:
    from .compare import Comparison

_FIXED = "这里由 report.yaml 或编制规范的固定文字印出，正文之外的内容请写进 report.yaml"
_PICTURE = "新增的图片没有取回：请把图片放进 figures/，再在报送件中写图"
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(\s+)")
_TYPED = re.compile(r"^(?:[•●■·▪◆–-]|\d{1,2}[.)、])\s+")
_LABELS = re.compile(r"(?<!\\)\[\^([^\s\[\]^]+)\]")
_CASE_STYLES = ("CaseBody", "CaseHeading")


@dataclass(frozen=True)
class _Spot:
    """Where new text goes: an offset in a file, and whether it follows or precedes its anchor."""

    file: TextFile
    at: int
    origin: Origin
    item: str = ""
    before: bool = False


class Inserter:
    """Puts new and moved units into the files."""

    def __init__(self, work: Comparison) -> None:
        self.work = work
        self._made: dict[int, int] = {}
        self._caption: tuple[str, str | None] | None = None

    def new(self, n: int, unit: Unit) -> None:
        """A unit that the document as built does not have."""
        said = unit.text.replace(NOTE, "")
        if unit.kind == "text" and not unit.words:
            return
        spot = self._spot(n, unit)
        if unit.kind == "picture" or spot is None:
            self._tell(spot, said, "left", _PICTURE if unit.kind == "picture" else _FIXED)
            return
        units = self.work.edited.units
        follows = n + 1 < len(units) and units[n + 1].kind == "grid"
        if follows and self.work.paired.edited[n + 1] is None and isinstance(unit.item, Text):
            split = claims.caption(said.strip(), "table")
            if split.number is not None:
                self._caption = (said.strip()[split.offset :], split.number)
                return
        self._put(spot, self._text(unit, spot))
        self._tell(spot, said, "apply", "")

    def move(self, n: int) -> None:
        """A unit that stands in another place than it was built in."""
        unit = self.work.built.units[self.work.paired.edited[n] or 0]
        origin = self.work.origin(unit)
        source = (origin.item or origin.block) if origin else None
        if origin is None or source is None or unit.mark is None:
            return
        if unit.mark.role not in ("text", "grid") or isinstance(source, Case | SignOff):
            return
        spot = self._spot(n, self.work.edited.units[n])
        span = self.work.item_span(origin) if origin.item else self.work.rewriter.span(source)
        file = self.work.rewriter.file(source)
        if spot is None or span is None or file is None or (spot.item and not origin.item):
            self._tell(spot, unit.text.replace(NOTE, ""), "left", "换了位置，请在报送件中移动")
            return
        between = file.text[spot.at : file.starts[span[0]]]
        if spot.file is file and not between.strip() and spot.at <= file.starts[span[0]]:
            return  # it stands there already, behind the object that it was put into
        if self.work.opens_file(source):
            self._tell(spot, unit.text, "left", "章的标题换了位置，请在报送件中移动")
            return
        text = file.excerpt(*span)
        file.drop(*span)
        if spot.item:
            spot.file.replace(spot.at, spot.at, "\n" + text, 1)
        else:
            self._put(spot, text)
        section = self.work.paths.section(spot.origin.block)
        said = unit.text.replace(NOTE, "")
        self.work.tell("移动", origin.block, source.place, old=said, new=f"移到“{section}”：{said}")

    def footnote(self, origin: Origin, text: str) -> str:
        """Add a footnote beside the block; give its label."""
        known = self.work.origins.notes.get(id(origin.block), {})
        count = self._made.get(id(known), 0) + 1
        while f"注{count}" in known:
            count += 1
        self._made[id(known)] = count
        label = f"注{count}"
        block = self._outermost(origin.block)
        file, span = self.work.rewriter.file(block), self.work.rewriter.span(block)
        if file is not None and span is not None:
            line = " ".join(text.split("\n"))
            file.insert(file.behind(span[1]), f"[^{label}]: {line}", 3)
        return label

    def _outermost(self, block: Placed | None) -> Placed:
        """The block under a heading that holds a block."""
        assert block is not None
        above = self.work.origins.parents.get(id(block))
        while above is not None and not isinstance(above, Section):
            block, above = above, self.work.origins.parents.get(id(above))
        return block

    def _tell(self, spot: _Spot | None, said: str, state: str, reason: str) -> None:
        block = spot.origin.block if spot else None
        place = block.place if block else None
        self.work.tell("新增", block, place, new=said.strip(), state=state, reason=reason)

    def _put(self, spot: _Spot, text: str) -> None:
        if spot.before:
            spot.file.replace(spot.at, spot.at, f"{text}\n\n", 1)
        elif spot.item:
            spot.file.replace(spot.at, spot.at, f"\n{text}", 1)
        else:
            spot.file.insert(spot.at, text)

    def _spot(self, n: int, unit: Unit) -> _Spot | None:
        """Behind what stands before it in the edited document, or before what follows."""
        paired, moved = self.work.paired.edited, self.work.moved
        steady = [m for m, b in enumerate(paired) if b is not None and m not in moved]
        before = [m for m in steady if m < n]
        after = [m for m in steady if m > n]
        origins = {m: self._origin(m) for m in (*before[-1:], *after[:1])}
        first = origins.get(before[-1]) if before else None
        second = origins.get(after[0]) if after else None
        if first is None and second is None:
            return None
        if first is not None:
            return self._behind(first, second, unit, n)
        file, span = self.work.rewriter.file(second.block), None  # type: ignore[union-attr,arg-type]
        if second is not None and second.block is not None:
            span = self.work.rewriter.span(second.block)
        if file is None or span is None or second is None:
            return None
        return _Spot(file, file.starts[span[0]], second, before=True)

    def _origin(self, n: int) -> Origin | None:
        b = self.work.paired.edited[n]
        origin = self.work.origin(self.work.built.units[b]) if b is not None else None
        return origin if origin is not None and origin.block is not None else None

    def _behind(self, origin: Origin, following: Origin | None, unit: Unit, n: int) -> _Spot | None:
        block: Placed = origin.block  # type: ignore[assignment]
        file = self.work.rewriter.file(block)
        if file is None:
            return None
        role = unit.item.role if isinstance(unit.item, Text) else ""
        if origin.item is not None:
            among = following is not None and following.block is block
            span = self.work.item_span(origin)
            if span is not None and (among or role == "list"):
                marker = _ITEM.match(file.lines[span[0]])
                return _Spot(file, file.behind(span[1]), origin, marker[0] if marker else "- ")
        if isinstance(block, Case):
            span = self.work.rewriter.span(block)
            return None if span is None else _Spot(file, file.behind(span[0] + 1), origin)
        block = self._container(block, following, unit)
        span = self.work.rewriter.span(block)
        return None if span is None else _Spot(file, file.behind(span[1]), origin)

    def _container(self, block: Placed, following: Origin | None, unit: Unit) -> Placed:
        """The block behind which new text stands: after its list; after its case unless in it."""
        parents = self.work.origins.parents
        inside = unit.style in _CASE_STYLES
        after = parents.get(id(following.block)) if following and following.block else None
        above = parents.get(id(block))
        while above is not None and not isinstance(above, Section):
            if isinstance(above, Case) and (inside or after is above):
                break
            block, above = above, parents.get(id(above))
        return block

    def _text(self, unit: Unit, spot: _Spot) -> str:
        """A new unit as Markdown."""
        if isinstance(unit.item, Grid):
            return self._table(unit.item)
        assert isinstance(unit.item, Text)
        item = unit.item
        notes = {key: self.footnote(spot.origin, self.work.edited.notes[key].text)
                 for key in unit.notes if key in self.work.edited.notes}  # fmt: skip
        piece = Piece.of(unit.lines[0])
        for line in unit.lines[1:]:
            piece = piece.pad(" ") + Piece.of(line)
        piece = piece.strip()
        if item.role == "heading":
            level = min(max(item.level or 1, 1), 6)
            title = piece.cut(claims.heading(piece.text).offset)  # the program numbers
            return "#" * level + " " + render(title.without_look(), notes)[0]
        if spot.item or item.role == "list":
            typed = None if item.number else _TYPED.match(piece.text)
            piece = piece.cut(typed.end()) if typed else piece
            return (spot.item or "- ") + opening(render(piece, notes)[0])
        text = render(piece, notes)[0]
        alone = _LABELS.sub("", text)  # footnotes are defined elsewhere
        if returns(alone, Paragraph(text=alone)):
            return text
        text, alone = opening(text), opening(alone)
        return text if returns(alone, Paragraph(text=alone)) else written(Paragraph(text=text))

    def _table(self, grid: Grid) -> str:
        rows = [["" for _ in range(grid.columns)] for _ in range(grid.rows)]
        for cell in grid.cells:
            text = source_text(cell)
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    left, above = column > cell.column, row > cell.row
                    rows[row][column] = "<<" if left else "^^" if above else text
        caption, number = self._caption or ("", None)
        self._caption = None
        header = min(grid.header_rows if grid.header_rows is not None else 1, 5, grid.rows)
        made: Sequence[Sequence[str]] = rows
        return written(
            Table(caption=caption, number=number, header_rows=header, rows=tuple(map(tuple, made)))
        )
