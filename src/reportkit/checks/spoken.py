"""Places as writers speak of them: the paragraph below a heading, the row of a table.

Lines and columns lead to the place in a file; a letter to the writer says 第 2 段, or
表3-1“合计”一行.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..model.base import Place
from ..model.blocks import Block, Case, Chart, Figure, ListBlock, Note, SignOff, Table
from ..model.diagnostic import Diagnostic
from .context import Context, plain

if TYPE_CHECKING:
    from ..model.report import Report
    from ..model.standard import Standard
    from ..reading import ReadResult

_Spot = tuple[str, int | None, int | None, int | None, str | None]
_Key = tuple[int, int]
_LONGEST = 24
_FILES = {
    "report.yaml": "报告信息",
    "contents.csv": "目录",
    "data/indicators.csv": "指标数据",
}
_LISTS = {"toc": "目录", "tables": "表目录", "figures": "图目录", "cases": "案例目录"}
_PARTS = {"notes": "的注", "source": "的来源", "unit": "的单位"}
_TITLES = {Table: "的表题", Figure: "的图题", Chart: "的图题", Case: "的标题"}


def spoken_places(
    result: ReadResult,
    standard: Standard | None,
    report: Report | None,
    diagnostics: Iterable[Diagnostic],
) -> tuple[tuple[str, ...], ...]:
    """For each diagnostic its place in words, and those of what it is related to.

    The heading is not repeated: ``Diagnostic.section`` has it. Words are empty where the heading
    or the whole is meant.
    """
    speaker = _Speaker(Context(result, standard, report))
    return tuple(
        (speaker.say(found.place), *(speaker.say(other.place) for other in found.related))
        for found in diagnostics
    )


class _Speaker:
    """Knows for each file what begins where, and how it is called."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.labels = self._labels()
        self.bodies: dict[str, str] = {}
        known: dict[str, dict[_Key, str]] = {}
        if context.result.submission is not None:
            for place, words in self._everything():
                if (key := _key(place)) is not None:
                    known.setdefault(place.file, {}).setdefault(key, words)
        self.known = {file: sorted(marks.items()) for file, marks in known.items()}

    def say(self, place: Place) -> str:
        """The place in words."""
        if place.page is not None:
            return f"第 {place.page} 页"
        key = _key(place)
        marks = self.known.get(place.file)
        if marks and key is not None:
            at = bisect_right(marks, key, key=lambda mark: mark[0]) - 1
            if at >= 0:
                return marks[at][1]
        if place.cell:
            return f"{place.file} 单元格 {place.cell}"
        if place.file in ("", "."):
            return ""
        name = self.bodies.get(place.file) or _FILES.get(place.file)
        name = f"{name}（{place.file}）" if name else f"{place.file} "
        return f"{name}第 {place.line} 行" if place.line is not None else name.rstrip()

    def _labels(self) -> dict[_Spot, str]:
        if not self.context.has_report:
            return {}
        labels = (label for label in self.context.report.labels if label.label and label.place)
        return {_spot(label.place): label.label for label in labels if label.place}

    def _everything(self) -> Iterator[tuple[Place, str]]:
        for node in self.context.nodes:
            yield node.place, ""
            yield from self._blocks(node.section.blocks, "", [0])
        for chapter in self.context.submission.chapters:
            for mark, note in chapter.footnotes.items():
                if note.place:
                    yield note.place, f"脚注 {mark}"
        for listed in self.context.submission.contents:
            for number, entry in enumerate(listed.entries, 1):
                if entry.place:
                    yield entry.place, f"{_LISTS[listed.kind]}第 {number} 条"
        names = {i.id: i.name for i in self.context.submission.metadata.indicators}
        if self.context.has_standard:
            names = {i.id: i.name for i in self.context.standard.indicators} | names
        for value in self.context.submission.data.observations:
            if value.place:
                name = names.get(value.indicator, value.indicator)
                yield value.place, f"指标数据“{name}”{value.period}"

    def _blocks(
        self, blocks: Iterable[Block], before: str, count: list[int]
    ) -> Iterator[tuple[Place, str]]:
        """Blocks below one heading, or in one case; ``count`` is that of paragraphs so far."""
        for block in blocks:
            if isinstance(block, ListBlock):
                for item in block.items:
                    yield from self._blocks(item.blocks, before, count)
            elif isinstance(block, Table | Figure | Chart | Case):
                yield from self._object(block)
            elif block.place:
                if isinstance(block, Note | SignOff):
                    words = "注" if isinstance(block, Note) else "落款"
                else:
                    count[0] += 1
                    words = f"第 {count[0]} 段"
                yield block.place, before + words

    def _object(self, block: Table | Figure | Chart | Case) -> Iterator[tuple[Place, str]]:
        title = "title" if isinstance(block, Case) else "caption"
        name = self._name(block, title)
        if isinstance(block, Table | Chart) and block.data:
            self.bodies[block.data] = name
        if block.place:
            yield block.place, name
        for part, place in block.places.items() if block.places else ():
            kind, _, rest = part.partition(".")
            if kind == title:
                yield place, f"{name}{_TITLES[type(block)]}"
            elif kind in _PARTS:
                yield place, f"{name}{_PARTS[kind]}"
            elif kind == "rows" and isinstance(block, Table | Chart):
                row, _, column = rest.partition(".")
                start = place.model_copy(update={"column": 0}) if column == "0" else place
                yield start, name + _row(block, int(row))
        if isinstance(block, Case):
            yield from self._blocks(block.blocks, f"{name} ", [0])

    def _name(self, block: Table | Figure | Chart | Case, title: str) -> str:
        """The number that it is printed with, or its title."""
        place = block.place_of(title)
        label = self.labels.get(_spot(place)) if place else None
        kind = {"Table": "表", "Case": "案例"}.get(type(block).__name__, "图")
        said = _short(plain(getattr(block, title)))
        return label or block.number or (f"{kind}“{said}”" if said else kind)


def _row(block: Table | Chart, row: int) -> str:
    """A row of a table by what its first cell says."""
    if row < getattr(block, "header_rows", 1):
        return "的表头" if isinstance(block, Table) else ""
    cells = block.rows[row] if row < len(block.rows) else ()
    name = _short(plain(cells[0])) if cells else ""
    return f"第 {row + 1} 行" if name in ("", "^^", "<<") else f"“{name}”一行"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _spot(place: Place | None) -> _Spot:
    if place is None:
        return "", None, None, None, None
    return place.file, place.line, place.column, place.paragraph, place.pointer


def _key(place: Place) -> _Key | None:
    row = place.line if place.line is not None else place.paragraph
    return None if row is None else (row, 1 if place.column is None else place.column)
