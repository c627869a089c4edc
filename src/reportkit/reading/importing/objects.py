"""Captions with the tables, pictures and charts that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportkit.model.base import Place, Places
from reportkit.model.blocks import Block, Chart, Figure, FigurePart, Note, Table

from .captions import Label
from .grids import Rows, from_grid, from_lines
from .pieces import Piece
from .stream import Grid, Picture, Plot
from .units import AGAIN, Unit

Render = Callable[[Piece], tuple[str, Place]]
Save = Callable[[Picture], str | None]

_SOURCE = re.compile(r"(?:数据|资料)来源\s*[:：]")
_KNOWN = re.compile(r"注\s*(?P<n>\d{1,2})?\s*[:：]|图片来源\s*[:：]")
_LABEL = re.compile(r"([^:：]{1,20})[:：]\s*")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*")
_CONTINUED = re.compile(
    r"^\s*[（(]?\s*续(?:表|上表)?\s*[）)]?\s*$|[（(]\s*续\s*(?:表)?\s*[）)]\s*$"
)
_CELL_LIMIT = 20_000
_LONGEST_UNIT = 6
"""Characters of a chart's own title that is only its unit."""


@dataclass(slots=True)
class Made:
    """Collects the fields of a block with their places."""

    render: Render
    fields: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    left: list[tuple[Piece, str]] = field(default_factory=list)
    apart: list[Unit] = field(default_factory=list)
    """Notes with other labels than those that are printed under an object."""

    def text(self, name: str, piece: Piece | None) -> None:
        """A field of inline Markdown."""
        if piece is not None and piece:
            self.fields[name], self.places[name] = self.render(piece)

    def bare(self, name: str, piece: Piece | None) -> None:
        """A field of plain text."""
        if piece is not None and piece:
            self.fields[name], self.places[name] = piece.text, piece.place

    def label(self, label: Label | None, title: str = "caption") -> None:
        """Number, title and owner of a caption."""
        if label is None:
            return
        self.bare("number", label.number)
        self.text(title, label.title.without_look())
        self.bare("owner", label.owner)
        self.left += ((piece, "编号后的标点、单位名称的括号" + AGAIN) for piece in label.left)

    def notes(self, units: Sequence[Unit]) -> None:
        """Note and source lines with the labels that authors gave them."""
        notes: list[str] = []
        for unit in units:
            known = _KNOWN.match(unit.text)
            if _SOURCE.match(unit.text) and "source" not in self.fields:
                self.text("source", unit.piece)
            elif known is None:
                self.apart.append(unit)
            else:
                start = known.end() if known["n"] else 0
                self.left.append((unit.piece.cut(0, start), "注的编号" + AGAIN))
                text, place = self.render(unit.piece.cut(start).strip())
                self.places[f"notes.{len(notes)}"] = place
                notes.append(text)
        if notes:
            self.fields["notes"] = tuple(notes)

    def of(self, kind: type[Table] | type[Figure] | type[Chart], place: Place) -> Block:
        """The block."""
        whole = self.places.get("caption") or self.places.get("number") or place
        return kind(**self.fields, place=whole.bare, places=Places(self.places))


def table(
    render: Render,
    label: Label | None,
    body: Sequence[Unit],
    notes: Sequence[Unit],
    unit_line: Unit | None,
    place: Place,
) -> tuple[Table, Rows | None, Made]:
    """A table of rows as lines, or of a grid of the source; None without any body."""
    made = Made(render)
    made.label(label)
    if unit_line is not None:
        found = _UNIT.match(unit_line.text)
        end = found.end() if found else 0
        inner = unit_line.piece.cut(end)
        closing = len(inner.text.rstrip("）) "))
        made.bare("unit", inner.cut(0, closing))
        made.left += [(unit_line.piece.cut(0, end), "“单位：”" + AGAIN),
                      (inner.cut(closing), "“单位：”" + AGAIN)]  # fmt: skip
    rows = _rows(body)
    if rows is not None:
        cells = []
        for r, row in enumerate(rows.rows):
            texts = []
            for c, piece in enumerate(row):
                text, where = (piece.text, piece.place) if piece.text in ("^^", "<<") else render(
                    piece
                )  # fmt: skip
                texts.append(text[:_CELL_LIMIT])
                made.places[f"rows.{r}.{c}"] = where
            cells.append(tuple(texts))
        made.fields["rows"] = tuple(cells)
        made.fields["header_rows"] = rows.header
        made.left += ((piece, "表格线" + AGAIN) for piece in rows.left)
    made.notes(notes)
    built = made.of(Table, place)
    assert isinstance(built, Table)
    return built, rows, made


def is_continued(label: Label | None) -> bool:
    """Whether a caption only says that the table before goes on: 续表1-1, 表1-1（续）."""
    return label is not None and _CONTINUED.search(label.title.text) is not None


def continued(first: Table, second: Table) -> Table | None:
    """Both as one, the repeated header left out; None if they have not the same columns."""
    if not first.rows or not second.rows or len(first.rows[0]) != len(second.rows[0]):
        return None
    skip = 0
    head = first.rows[: first.header_rows]
    if second.rows[: len(head)] == head:
        skip = len(head)
    places = dict(first.places.items()) if first.places else {}
    for r in range(skip, len(second.rows)):
        for c in range(len(second.rows[r])):
            where = second.place_of(f"rows.{r}.{c}")
            if where is not None:
                places[f"rows.{len(first.rows) + r - skip}.{c}"] = where
    return first.model_copy(
        update={
            "rows": (*first.rows, *second.rows[skip:]),
            "notes": (*first.notes, *second.notes),
            "source": first.source or second.source,
            "places": Places(places),
        }
    )


def _rows(body: Sequence[Unit]) -> Rows | None:
    if not body:
        return None
    if isinstance(body[0].item, Grid):
        return from_grid(body[0].item)
    return from_lines([unit.piece for unit in body])


def figure(
    render: Render,
    save: Save,
    label: Label | None,
    pictures: Sequence[Unit],
    notes: Sequence[Unit],
    place: Place,
) -> tuple[Figure, Made]:
    """A figure with its pictures; without any where the file does not hold them."""
    made = Made(render)
    made.label(label)
    shown = [(unit, unit.item) for unit in pictures if isinstance(unit.item, Picture)]
    saved = [(unit, picture, save(picture)) for unit, picture in shown]
    images = [(picture, path) for _, picture, path in saved if path]
    if len(images) == 1:
        picture, path = images[0]
        made.fields |= {"image": path, "alt": picture.alt[:1000]}
        if picture.width:
            made.fields["width"] = max(10, min(100, picture.width))
    elif images:
        made.fields["parts"] = tuple(
            _figure_part(render, unit.part, picture, path) for unit, picture, path in saved if path
        )
    made.notes(notes)
    built = made.of(Figure, place)
    assert isinstance(built, Figure)
    return built, made


def _figure_part(render: Render, caption: Piece | None, picture: Picture, path: str) -> FigurePart:
    text, place = render(caption) if caption else ("", picture.place)
    return FigurePart(image=path, alt=picture.alt[:1000], caption=text, place=place)


def chart(
    render: Render, label: Label | None, plot: Plot, notes: Sequence[Unit]
) -> tuple[Chart, Made]:
    """A chart with its data; an owner in its caption goes back to the title."""
    made = Made(render)
    made.label(label)
    owner = made.fields.pop("owner", None)
    if owner:
        made.fields["caption"] = f"{made.fields.get('caption', '')}（{owner}）"
    if plot.title and label is None:
        made.fields["caption"] = plot.title
    elif plot.title and len(plot.title) <= _LONGEST_UNIT:
        made.fields["unit"] = plot.title
    elif plot.title:
        title = Piece(plot.title, ((0, plot.place),))
        made.left.append((title, "图内的标题"))
    made.fields |= {"kind": plot.kind, "rows": plot.rows, "alt": plot.alt[:1000]}
    made.notes(notes)
    built = made.of(Chart, plot.place)
    assert isinstance(built, Chart)
    return built, made


def note(render: Render, unit: Unit) -> tuple[Note, Piece]:
    """A note that stands by itself, and the colon behind its label."""
    found = _LABEL.match(unit.text)
    body = unit.piece.cut(found.end()) if found else unit.piece
    text, place = render(body)
    colon = unit.piece.cut(found.end(1), found.end()) if found else unit.piece.cut(0, 0)
    label = found[1] if found else ""
    return Note(label=label, text=text, place=place, places=Places({"text": place})), colon
