"""Units, each known for what it is, → chapters with their blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from reportkit.model.base import Place, Places
from reportkit.model.blocks import (
    Block,
    Case,
    Chapter,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    SignOff,
    Table,
)
from reportkit.model.diagnostic import Severity

from ..source import Log
from . import objects
from .captions import Label
from .inline import plain
from .media import Media
from .numbers import Form
from .pieces import Piece
from .stream import Grid, Picture, Plot
from .tree import Tree
from .units import AGAIN, Kind, Unit, Work
from .wrap import is_bullet, without_bullet

_PARAGRAPH_LIMIT = 100_000
_LIST_NUMBER = "列表的编号" + AGAIN


def assemble(work: Work, media: Media, log: Log) -> tuple[Chapter, ...]:
    """The chapters that the units make."""
    return _Assembler(work, media, log).run()


class _Assembler:
    def __init__(self, work: Work, media: Media, log: Log) -> None:
        self.work, self.media, self.log = work, media, log
        self.units = [u for u in work.units if u.kind is not Kind.BREAK]
        self.tree = Tree(work)
        self.case: list[Block] | None = None
        self.case_label: tuple[Label, Unit] | None = None
        self.position = 0

    def run(self) -> tuple[Chapter, ...]:
        while self.position < len(self.units):
            unit = self.units[self.position]
            self._handlers[unit.kind](self, unit)
        self._close_case()
        self._unused_notes()
        return self.tree.freeze()

    # -- where blocks go ---------------------------------------------------------------------

    def _put(self, block: Block, place: Place) -> None:
        if self.case is not None:
            self.case.append(block)
        else:
            self.tree.block(block, place)

    def _close_case(self) -> None:
        if self.case is None or self.case_label is None:
            return
        label, unit = self.case_label
        made = objects.Made(self.tree.render)
        made.label(label, "title")
        self._leave(made)
        where = made.places.get("title") or unit.piece.place
        case = Case(
            **made.fields,
            run_in=label.body is not None,
            blocks=tuple(self.case),
            place=where.bare,
            places=Places(made.places),
        )
        self.case = self.case_label = None
        self.tree.block(case, where)

    def _leave(self, made: objects.Made) -> None:
        for piece, reason in made.left:
            self.work.aside(piece, reason)

    def _take(self, *kinds: Kind) -> list[Unit]:
        """The next units of these kinds."""
        start = self.position
        while self.position < len(self.units) and self.units[self.position].kind in kinds:
            self.position += 1
        return self.units[start : self.position]

    # -- what each kind becomes --------------------------------------------------------------

    def _heading(self, unit: Unit) -> None:
        self.position += 1
        self._close_case()
        rest = self.tree.heading(unit)
        if rest:
            self._paragraph(rest)

    def _body(self, unit: Unit) -> None:
        if is_bullet(unit.text) or _is_list(unit):
            self._list(unit)
            return
        self.position += 1
        piece = unit.piece
        number = unit.hint.number if unit.hint else ""
        if number:  # an automatic number that is neither a heading's nor a list's
            piece = Piece(number, ((0, piece.place),)) + piece
        self._paragraph(piece)

    def _paragraph(self, piece: Piece) -> None:
        for start in range(0, max(1, len(piece.text)), _PARAGRAPH_LIMIT):
            text, place = self.tree.render(piece.cut(start, start + _PARAGRAPH_LIMIT))
            if text:
                self._put(Paragraph(text=text, place=place), place)

    def _list(self, first: Unit) -> None:
        """Consecutive items with bullets, or that the source knows as items of one list."""
        ordered = bool(first.hint and first.hint.ordered and not is_bullet(first.text))
        start = first.number.own if ordered and first.number else 1
        items: list[ListItem] = []
        while self.position < len(self.units):
            unit = self.units[self.position]
            if unit.kind is not Kind.BODY or not (is_bullet(unit.text) or _is_list(unit)):
                break
            if items and bool(unit.hint and unit.hint.ordered) != ordered:
                break
            self.position += 1
            piece = unit.piece
            if is_bullet(unit.text):
                bullet, piece = without_bullet(piece)
                self.work.aside(bullet, "项目符号" + AGAIN)
            self._leave_number(unit)
            items.append(self._item(piece))
        place = first.piece.place
        self._put(ListBlock(ordered=ordered, start=start, items=tuple(items), place=place), place)

    def _items(self, first: Unit) -> None:
        """A list with typed numbers that go up by one."""
        units = [first]
        self.position += 1
        while self.position < len(self.units):
            unit, last = self.units[self.position], units[-1].number
            follows = unit.number and last and unit.number.own == last.own + 1
            if unit.kind is not Kind.ITEM or not follows:
                break
            units.append(unit)
            self.position += 1
        items = []
        for unit in units:
            end = unit.number.end if unit.number else 0
            self.work.aside(unit.piece.cut(0, end), _LIST_NUMBER)
            self._leave_number(unit)
            items.append(self._item(unit.piece.cut(end)))
        start = first.number.own if first.number else 1
        place = first.piece.place
        self._put(ListBlock(ordered=True, start=start, items=tuple(items), place=place), place)

    def _leave_number(self, unit: Unit) -> None:
        """The automatic number of an item is printed anew."""
        if unit.hint and unit.hint.number:
            self.work.aside(Piece(unit.hint.number, ((0, unit.piece.place),)), _LIST_NUMBER)

    def _item(self, piece: Piece) -> ListItem:
        text, place = self.tree.render(piece)
        return ListItem(blocks=(Paragraph(text=text, place=place),), place=place.bare)

    def _caption(self, unit: Unit) -> None:
        label = unit.label
        assert label is not None
        self.position += 1
        if label.kind == "case":
            self._close_case()
            self.case, self.case_label = [], (label, unit)
            if label.body:
                self._paragraph(label.body)
        elif label.kind == "table":
            self._table(label, unit.piece.place)
        else:
            self._figure(label, [], [], unit.piece.place)

    def _rows(self, unit: Unit) -> None:
        self._table(None, unit.piece.place)

    def _table(self, label: Label | None, place: Place) -> None:
        """A table with the lines around it. 单位：人 without a table stays as a note."""
        units = self._take(Kind.UNIT_LINE)
        body = self._body_of_table()
        notes = self._take(Kind.NOTE) if body else []
        if label is None and not body:
            for unit in units:
                self._note(unit)
            return
        if label is None:
            label = self._caption_below("table")
        made, rows, parts = objects.table(
            self.tree.render, label, body, notes, units[0] if units else None, place
        )
        self._leave(parts)
        if objects.is_continued(label) and label is not None and self._goes_on(made, label):
            return
        if rows is not None and not rows.rebuilt:
            self._not_rebuilt(made, "未能还原：各格的文字连在一起，按行保留")
        self._put(made, place)
        for extra in [*units[1:], *parts.apart]:
            self._note(extra)

    def _goes_on(self, made: Table, label: Label) -> bool:
        """Add the rows of a table that goes on behind a break of page to those before it."""
        blocks = self.case if self.case else self.tree.open_blocks()
        before = blocks[-1] if blocks else None
        whole = objects.continued(before, made) if isinstance(before, Table) else None
        if whole is None or not isinstance(before, Table):
            return False
        blocks[-1] = whole
        for piece in (label.number, label.title):
            if piece is not None:
                self.work.aside(piece, "续表的表题" + AGAIN)
        again = len(before.rows) + len(made.rows) - len(whole.rows)
        for text in (cell for row in made.rows[:again] for cell in row if cell):
            place = made.place or Place()
            self.work.aside(Piece(plain(text), ((0, place),)), "续表重复的表头" + AGAIN)
        return True

    def _body_of_table(self) -> list[Unit]:
        following = self.units[self.position] if self.position < len(self.units) else None
        if following is not None and isinstance(following.item, Grid):
            self.position += 1
            return [following]
        return self._take(Kind.ROW)

    def _caption_below(self, kind: str) -> Label | None:
        """The caption that follows an object, if it is not that of another one behind it."""
        if self.position >= len(self.units):
            return None
        unit = self.units[self.position]
        label = unit.label if unit.kind is Kind.CAPTION else None
        following = self.units[self.position + 1 : self.position + 2]
        if label is None or label.kind != kind:
            return None
        if kind == "table" and any(
            u.kind in (Kind.ROW, Kind.UNIT_LINE) or isinstance(u.item, Grid) for u in following
        ):
            return None
        self.position += 1
        return label

    def _not_rebuilt(self, table: Table, reason: str) -> None:
        place = table.place or Place(file=self.work.stream.file)
        self.log.add(
            "RK156",
            place,
            quote=table.caption or (table.rows[0][0] if table.rows else ""),
            number=table.number or "",
            reason=reason,
            severity=Severity.INFO,
        )

    def _object(self, unit: Unit) -> None:
        """A table, picture or chart of the source, with the caption next to it."""
        if isinstance(unit.item, Grid):
            self._table(None, unit.piece.place)
        elif isinstance(unit.item, Plot):
            self.position += 1
            self._chart(unit.item)
        else:
            pictures = self._take_pictures()
            notes = self._take(Kind.NOTE)
            label = self._caption_below("figure")
            self._figure(label, pictures, notes, unit.piece.place)

    def _take_pictures(self) -> list[Unit]:
        start = self.position
        while self.position < len(self.units) and isinstance(
            self.units[self.position].item, Picture
        ):
            self.position += 1
        return self.units[start : self.position]

    def _chart(self, plot: Plot) -> None:
        notes = self._take(Kind.NOTE)
        label = self._caption_below("figure")
        made, parts = objects.chart(self.tree.render, label, plot, [*notes, *self._take(Kind.NOTE)])
        self._leave(parts)
        self._put(made, plot.place)
        for extra in parts.apart:
            self._note(extra)

    def _figure(
        self, label: Label | None, pictures: list[Unit], notes: list[Unit], place: Place
    ) -> None:
        """A figure. A caption above its picture is one that no picture came before."""
        if label is not None and not pictures and not self._captioned_below():
            pictures = self._take_pictures()
        notes = [*notes, *self._take(Kind.NOTE)] if not self._notes_of_next() else notes
        made, parts = objects.figure(
            self.tree.render, self.media.save, label, pictures, notes, place
        )
        self._leave(parts)
        self._put(made, place)
        for extra in parts.apart:
            self._note(extra)

    def _captioned_below(self) -> bool:
        """Whether the pictures that follow have a caption of their own below them."""
        index = self.position
        while index < len(self.units) and isinstance(self.units[index].item, Picture):
            index += 1
        return index < len(self.units) and self._is_figure_caption(self.units[index])

    def _is_figure_caption(self, unit: Unit) -> bool:
        return unit.kind is Kind.CAPTION and unit.label is not None and unit.label.kind == "figure"

    def _notes_of_next(self) -> bool:
        """Whether the notes that follow stand above the caption of another figure."""
        index = self.position
        while index < len(self.units) and self.units[index].kind is Kind.NOTE:
            index += 1
        found = index > self.position and index < len(self.units)
        return found and self._is_figure_caption(self.units[index])

    def _notes(self, unit: Unit) -> None:
        """Notes above the caption of a figure belong to it; others stand by themselves."""
        if self._notes_of_next():
            notes = self._take(Kind.NOTE)
            caption = self.units[self.position]
            self.position += 1
            self._figure(caption.label, [], notes, caption.piece.place)
            return
        self.position += 1
        self._note(unit)

    def _note(self, unit: Unit) -> None:
        made, colon = objects.note(self.tree.render, unit)
        self.work.aside(colon, "冒号" + AGAIN)
        self._put(made, unit.piece.place)

    def _sign_off(self, unit: Unit) -> None:
        self._close_case()
        lines, parts = [], {}
        for index, each in enumerate(self._take(Kind.SIGN_OFF)):
            text, parts[f"lines.{index}"] = self.tree.render(each.piece)
            lines.append(text)
        place = unit.piece.place
        self._put(SignOff(lines=tuple(lines), place=place, places=Places(parts)), place)

    def _unused_notes(self) -> None:
        """Footnotes that no text refers to stay as notes."""
        for key, piece in self.work.notes.items():
            if key not in self.tree.used and piece:
                text, place = self.tree.render(piece)
                self._put(Note(label="脚注", text=text, place=place), place)

    _handlers: ClassVar[dict[Kind, Callable[[_Assembler, Unit], None]]] = {
        Kind.HEADING: _heading,
        Kind.BODY: _body,
        Kind.CAPTION: _caption,
        Kind.ROW: _rows,
        Kind.UNIT_LINE: _rows,
        Kind.NOTE: _notes,
        Kind.ITEM: _items,
        Kind.SIGN_OFF: _sign_off,
        Kind.OBJECT: _object,
    }


def _is_list(unit: Unit) -> bool:
    """Whether the source knows the paragraph as an item of a list that can be printed anew."""
    hint = unit.hint
    if hint is None or hint.role != "list":
        return False
    return not hint.ordered or (unit.number is not None and unit.number.form is Form.ARABIC)
