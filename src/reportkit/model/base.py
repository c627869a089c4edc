"""Common ground of all models: immutable, closed, and able to say where they were written."""

from bisect import bisect_right
from collections.abc import ItemsView, Mapping

from pydantic import BaseModel, ConfigDict, Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema


class Model(BaseModel):
    """An immutable value; unknown keys are refused so that a typing slip is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Model):
    """Where something stands in the file that its author wrote.

    Text files are addressed by ``line`` and ``column`` (both from 1, in characters), Word files by
    ``paragraph`` (from 1, in document order), tables and sheets by ``cell``, JSON by ``pointer``
    (RFC 6901) besides its line. ``file`` is relative to the submission, with ``/``. In a PDF
    ``line`` counts the lines of its text and ``page`` the sheets.
    """

    file: str = ""
    line: int | None = None
    column: int | None = None
    paragraph: int | None = None
    cell: str | None = None
    pointer: str | None = None
    page: int | None = None
    columns: tuple[int, ...] = Field(
        default=(),
        repr=False,
        description="Column at which each line of a multi-line text begins; empty if the text "
        "does not stand letter by letter in the file.",
    )
    steps: tuple[tuple[int, "Place"], ...] = Field(
        default=(),
        repr=False,
        description="Where stretches of the text stand that were joined or marked up when it was "
        "imported: offset in the text, place of that character. In order of the offsets.",
    )

    def at(self, text: str, offset: int) -> "Place":
        """The place of character ``offset`` of ``text``, where ``text`` begins at this place.

        Falls back to the place itself where the text does not stand letter by letter in the file.
        """
        if self.steps:
            return self.stepped(offset)
        if offset <= 0 or not self.columns or self.line is None:
            return self
        row = text.count("\n", 0, offset)
        within = offset - (text.rfind("\n", 0, offset) + 1)
        if row >= len(self.columns):
            return self
        return Place(
            file=self.file,
            line=self.line + row,
            column=self.columns[row] + within,
            paragraph=self.paragraph,
            cell=self.cell,
            pointer=self.pointer,
        )

    def stepped(self, offset: int) -> "Place":
        """The place of character ``offset`` by ``steps``, of which there must be one."""
        start, place = self.steps[max(0, bisect_right(self.steps, offset, key=_offset) - 1)]
        if offset <= start or place.column is None:
            return place
        return place.model_copy(update={"column": place.column + offset - start})

    @property
    def bare(self) -> "Place":
        """The place alone, without what tells the places of later characters."""
        if not (self.columns or self.steps):
            return self
        return self.model_copy(update={"columns": (), "steps": ()})


def _offset(step: tuple[int, Place]) -> int:
    return step[0]


class Places:
    """Where the parts of a block stand, by name: ``caption``, ``notes.0``, ``rows.2.3``."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, Place]) -> None:
        self._parts = dict(parts)

    def get(self, part: str) -> Place | None:
        """The place of ``part``, if it is known."""
        return self._parts.get(part)

    def items(self) -> ItemsView[str, Place]:
        """All parts with their places."""
        return self._parts.items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and self._parts == other._parts

    def __hash__(self) -> int:
        return len(self._parts)


class Placed(Model):
    """A model that remembers its place. The place is never part of the exchanged document.

    ``place`` is where the whole begins: the text of a paragraph, the title of a section, the
    opening line of a fence. ``places`` knows the parts.
    """

    place: SkipJsonSchema[InstanceOf[Place] | None] = Field(default=None, exclude=True, repr=False)
    places: SkipJsonSchema[InstanceOf[Places] | None] = Field(
        default=None, exclude=True, repr=False
    )

    def place_of(self, part: str) -> Place | None:
        """The place of a part, or of the whole where that is not known.

        A part is a field (``caption``), an item of it (``notes.0``) or a cell (``rows.2.3``, row
        and column from 0).
        """
        return (self.places and self.places.get(part)) or self.place
