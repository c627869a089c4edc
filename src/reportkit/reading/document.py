"""Reads the JSON form: one document with everything in it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportkit.model.base import Place
from reportkit.model.blocks import Chapter, Paragraph, Raw, Section
from reportkit.model.data import Dataset, Observation
from reportkit.model.diagnostic import Severity
from reportkit.model.submission import Asset, Contents, Submission

from . import csv_table, images
from .files import decode, megabytes, nearest, tidy, unsafe
from .folder import CONTENTS, INDICATORS, MANIFEST, is_sources, repeated
from .headings import DEEPEST
from .json_text import parse
from .markdown import PARAGRAPH_LIMIT
from .result import ReadResult
from .review import bodies, inner, pictures, review, sections
from .source import Log, Source
from .validate import build

DOCUMENT_LIMIT = 400_000_000
"""Bytes that a document may have; its pictures are in it."""


def read_document(path: Path) -> ReadResult:
    """Read the JSON document at ``path``. Never raises for bad input."""
    log = Log()
    sources: dict[str, str] = {}
    submission = None
    source = _source(path, log)
    if source is not None:
        sources[source.file] = source.text
        submission = _submission(source)
    return ReadResult(submission, path.parent, "json", tuple(log.findings), sources)


def _source(path: Path, log: Log) -> Source | None:
    place = Place(file=path.name)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= DOCUMENT_LIMIT else None
    except OSError:
        log.add("RK101", place, path=path.name, reason="无法读取，请检查权限")
        return None
    if content is None:
        log.add(
            "RK115", place, what=path.name, size=megabytes(size), limit=megabytes(DOCUMENT_LIMIT)
        )
        return None
    text = decode(content, path.name, log)
    return Source(path.name, text, log) if text is not None else None


def _submission(source: Source) -> Submission | None:
    parsed = parse(source.text)
    log = source.log
    if parsed.fault:
        place = source.place(parsed.mark.line, parsed.mark.column)
        rest = source.line(parsed.mark.line)[parsed.mark.column - 1 :]
        log.add("RK125", place, quote=rest[:40].strip(), reason=parsed.fault)
        return None
    for key, mark, first in parsed.repeated:
        log.add(
            "RK105",
            source.place(mark.line, mark.column),
            quote=key,
            key=key,
            related=[source.place(first.line, first.column)],
        )
    submission = build(Submission, parsed.tree, source, convert=False)
    if submission is None:
        return None
    submission = _Checked(submission, source).submission()
    review(submission, log)
    return submission


class _Checked:
    """Brings a document to the same state in which the folder form is read."""

    def __init__(self, submission: Submission, source: Source) -> None:
        self.given = submission
        self.log = source.log
        self.whole = source.place(1)

    def submission(self) -> Submission:
        """The submission with safe paths, checked pictures and data without blank edges."""
        chapters = tuple(self._chapter(chapter) for chapter in self.given.chapters)
        for chapter in chapters:
            self._blocks(chapter)
        assets = tuple(sorted(self._assets(), key=lambda asset: asset.path))
        observations = tuple(_observation(item) for item in self.given.data.observations)
        repeated(observations, self.log)
        tables = {
            path: csv_table.trim(rows)
            for path, rows in self.given.data.tables.items()
            if self._safe(path, self.whole)
        }
        self._wanted(chapters, {asset.path for asset in assets}, tables)
        return self.given.model_copy(
            update={
                "chapters": chapters,
                "contents": _contents(self.given.contents),
                "data": Dataset(observations=observations, tables=tables),
                "assets": assets,
            }
        )

    def _safe(self, path: str, place: Place) -> bool:
        reason = unsafe(path)
        if path in (MANIFEST, INDICATORS, CONTENTS):
            reason = "这个文件名另有用途"
        if reason is not None:
            self.log.add("RK114", place, quote=path, path=path, reason=reason)
        return reason is None

    def _chapter(self, chapter: Chapter) -> Chapter:
        inside = tuple(self._shallow(chapter.sections, 2))
        if inside != chapter.sections:
            chapter = chapter.model_copy(update={"sections": inside})
        if chapter.file is None or self._safe(chapter.file, chapter.place_of("file") or self.whole):
            return chapter
        return chapter.model_copy(update={"file": None})

    def _shallow(self, given: Iterable[Section], level: int) -> Iterator[Section]:
        """Sections below the last level stand beside it instead, so that nothing is lost."""
        for section in given:
            if level < DEEPEST:
                inside = tuple(self._shallow(section.sections, level + 1))
                yield section.model_copy(update={"sections": inside})
                continue
            yield section.model_copy(update={"sections": ()})
            if section.sections:
                place = section.sections[0].place or self.whole
                reason = f"标题最多 {DEEPEST} 级"
                self.log.add("RK109", place, key="sections", value="", reason=reason, owner="节")
            yield from self._shallow(section.sections, level)

    def _blocks(self, chapter: Section) -> None:
        for section in sections([chapter]):
            for block in inner(section.blocks):
                if isinstance(block, Raw):
                    what = block.reason or "未能识别的内容"
                    self.log.add("RK126", block.place or self.whole, quote=block.text, what=what)
                elif isinstance(block, Paragraph) and len(block.text) > PARAGRAPH_LIMIT:
                    self.log.add(
                        "RK115",
                        block.place or self.whole,
                        quote=block.text[:40],
                        severity=Severity.WARNING,
                        subject=block.text,
                        what="段落",
                        size=f"{len(block.text)} 字",
                        limit=f"{PARAGRAPH_LIMIT} 字",
                    )

    def _assets(self) -> Iterable[Asset]:
        seen: set[str] = set()
        for index, asset in enumerate(self.given.assets):
            place = self.whole.model_copy(update={"pointer": f"/assets/{index}"})
            if asset.path in seen:
                self.log.add("RK112", place, quote=asset.path, file=asset.path, related=[])
                continue
            seen.add(asset.path)
            if not self._safe(asset.path, place):
                continue
            if found := images.problem(asset.path, asset.content):
                code, reason = found
                self.log.add(code, place, quote=asset.path, path=asset.path, reason=reason)
                continue
            yield asset

    def _wanted(
        self, chapters: tuple[Chapter, ...], assets: set[str], tables: Iterable[str]
    ) -> None:
        """Pictures and bodies of tables that are named but not in the document."""
        given = {asset.path for asset in self.given.assets}
        seen: set[str] = set()
        for name, place in pictures(chapters):
            if name not in given and name not in seen and self._safe(name, place):
                self.log.add(
                    "RK117", place, quote=name, path=name, suggestion=nearest(name, assets)
                )
            seen.add(name)
        bodies_given = self.given.data.tables
        for name, place in bodies(chapters):
            if name not in bodies_given and name not in seen and self._safe(name, place):
                self.log.add(
                    "RK136", place, quote=name, path=name, suggestion=nearest(name, tables)
                )
            seen.add(name)
        used = {tidy(name) for name, _ in [*pictures(chapters), *bodies(chapters)]}
        for path in sorted([*assets, *tables]):
            if path not in used and not is_sources(path):
                self.log.add("RK113", self.whole, at=path, quote=path, file=path)


def _observation(item: Observation) -> Observation:
    names = ("indicator", "period", "scope", "unit", "source", "missing")
    values = {name: (getattr(item, name) or "").strip() for name in names}
    changed = {n: v or None if n == "missing" else v for n, v in values.items()}
    if all(getattr(item, name) == value for name, value in changed.items()):
        return item
    return item.model_copy(update=changed)


def _contents(given: tuple[Contents, ...]) -> tuple[Contents, ...]:
    """One list of each kind."""
    lists: dict[str, Contents] = {}
    for item in given:
        first = lists.get(item.kind)
        entries = (*first.entries, *item.entries) if first else item.entries
        lists[item.kind] = (first or item).model_copy(update={"entries": entries})
    return tuple(lists.values())
