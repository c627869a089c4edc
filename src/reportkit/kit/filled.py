"""A filled template → submission: sections by their tags, facts, what was left unfilled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from ..model.base import Place, Places
from ..model.blocks import Block, Chapter, Paragraph, Section, Table
from ..model.diagnostic import Finding
from ..model.standard import Standard
from ..model.submission import Cover, DataPeriod, Metadata, Organisation, Submission
from ..reading.importing.recognise import recognise
from ..reading.importing.stream import Aside, Stream
from ..reading.source import Log
from ..standards.match import match_outline, walk
from ..standards.scaffold import MARKER, new_submission
from . import words
from .sheet import Sheet, read_sheet, settle

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_GUESS = "RK154"
_S = TypeVar("_S", bound=Section)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a template held. ``submission`` is None where it had no text at all."""

    submission: Submission | None
    findings: tuple[Finding, ...]
    asides: tuple[Aside, ...]


def read_filled(stream: Stream, standard: Standard) -> Filled:
    """The submission in a filled template."""
    log = Log()
    log.findings += stream.findings
    sheet = read_sheet(stream, standard)
    made = recognise(sheet.stream, log, settle=partial(settle, sheet, standard))
    if made is None:
        return Filled(None, tuple(log.findings), sheet.stream.asides)
    chapters = _Chapters(sheet, standard).run(made.submission.chapters)
    metadata = made.submission.metadata.model_copy(update={"standard": standard.id})
    if sheet.facts:
        log.findings = [finding for finding in log.findings if finding.code != _GUESS]
        metadata = _Facts(sheet, standard, metadata, log).metadata()
    _tell_outside(sheet, log)
    submission = made.submission.model_copy(update={"metadata": metadata, "chapters": chapters})
    return Filled(submission, tuple(log.findings), made.asides)


def _tell_outside(sheet: Sheet, log: Log) -> None:
    if sheet.outside:
        first, *others = sheet.outside
        log.add(
            "RK160",
            first.place,
            quote=first.text[:60],
            related=[item.place for item in others[:20]],
            count=len(sheet.outside),
        )


class _Chapters:
    """Gives recognised sections the ids of the outline, and tables those of the standard."""

    def __init__(self, sheet: Sheet, standard: Standard) -> None:
        self.sheet, self.standard = sheet, standard
        self.specs = {spec.id: spec for spec, _ in words.outline(standard.outline)}
        self.tables = {spec.id: spec for spec in standard.tables}
        self.guidance = words.guidance(standard)
        usual = new_submission(standard, "单位", 2000).chapters
        self.untitled = {chapter.id for chapter in usual if not chapter.title}
        self.known: dict[int, str] = {}

    def run(self, chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
        """The chapters as the standard knows them."""
        made = tuple(map(self._told, chapters))
        for match in walk(match_outline(made, self.standard)):
            if match.spec is not None and not match.misplaced:
                self.known[id(match.section)] = match.spec.id
        return tuple(map(self._finished, made))

    def _told(self, section: _S) -> _S:
        """Ids by tag or title; numbers that Word counted are no claims of the writer."""
        paragraph = (section.place and section.place.paragraph) or 0
        spec = self.specs.get(self.sheet.headings.get(paragraph, ""))
        update: dict[str, object] = {"sections": tuple(map(self._told, section.sections))}
        update["blocks"] = tuple(map(self._block, section.blocks))
        if spec is not None:
            update |= {"id": spec.id, "numbered": spec.numbered}
            if spec.id in self.untitled and section.title == spec.title:
                update["title"] = ""
        elif paragraph in self.sheet.styled:
            update["numbered"] = True
        if paragraph in self.sheet.styled:
            update["number"] = None
        return section.model_copy(update=update)

    def _block(self, block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        first = block.place_of("rows.0.0")
        spec = self.tables.get(self.sheet.tables.get((first and first.paragraph) or 0, ""))
        if spec is None:
            return block
        update: dict[str, object] = {"id": f"tbl:{spec.id}", "number": None}
        update["header_rows"] = len(spec.header)
        if not block.caption:
            update["caption"] = spec.title
        return block.model_copy(update=update)

    def _finished(self, section: _S) -> _S:
        """With the guidance of what is still to be written, so that the check tells it."""
        identity = self.known.get(id(section), "")
        update: dict[str, object] = {"sections": tuple(map(self._finished, section.sections))}
        if identity and section.id is None:
            update["id"] = identity
        prompt = self.sheet.prompts.get(identity)
        wanted = prompt is not None and words.wants_text(self.specs[identity])
        if wanted and not section.sections and not any(map(_is_text, section.blocks)):
            text = next(iter(self.guidance.get(identity, ())), MARKER)
            update["blocks"] = (Paragraph(text=text, place=prompt), *section.blocks)
        return section.model_copy(update=update)


def _is_text(block: Block) -> bool:
    return not isinstance(block, Table)


class _Facts:
    """The sheet of facts → metadata, each with the place of its cell."""

    def __init__(self, sheet: Sheet, standard: Standard, guessed: Metadata, log: Log) -> None:
        self.facts, self.standard, self.guessed, self.log = sheet.facts, standard, guessed, log
        self.file = sheet.stream.file

    def metadata(self) -> Metadata:
        """The metadata; what was left empty is taken from what the standard says is usual."""
        name = self._text("organisation") or "【请填写单位全称】"
        year = self._year()
        usual = new_submission(self.standard, name[:100], year).metadata
        filed, printed = self._date("filed_on"), self._text("date")
        places = {key: place for key, (_, place) in self.facts.items()}
        signed = (name, _day(filed) if filed else printed) if usual.sign_off else ()
        title = self._text("title") or usual.title
        return usual.model_copy(
            update={
                "title": title[:100],
                "organisation": Organisation(
                    name=name[:100],
                    code=self._text("code")[:20] or None,
                    place=places.get("organisation"),
                    places=Places({k: v for k, v in places.items() if k == "code"}),
                ),
                "data_period": self._period(usual.data_period, places),
                "filed_on": filed,
                "cover": Cover(date=printed[:40] or None, place=places.get("date")),
                "statement": {n: self._text(f"statement.{n}") for n in usual.statement},
                "sign_off": self.guessed.sign_off or tuple(filter(None, signed)),
                "colophon": usual.colophon and f"《{title}》"[:300],
                "place": places.get("title", Place(file=self.file)),
                "places": Places(places),
            }
        )

    def _text(self, key: str) -> str:
        text = self.facts.get(key, ("", None))[0]
        return "" if words.is_prompt(text) else " ".join(text.split())

    def _year(self) -> int:
        for text in (self._text("title_year"), self._text("title"), self._text("end")):
            if found := _YEAR.search(text):
                return int(found[1])
        if text := self._text("title_year"):
            self._wrong("title_year", text, "应是四位数的年份，如 2024")
        return self.guessed.title_year

    def _period(self, usual: DataPeriod, places: dict[str, Place]) -> DataPeriod:
        start, end = self._date("start") or usual.start, self._date("end") or usual.end
        moved = (start, end) != (usual.start, usual.end)
        label = None if moved else usual.label
        where: dict[str, Place] = {k: places[k] for k in ("start", "end") if k in places}
        return DataPeriod(
            start=start, end=end, label=label, place=places.get("start"), places=Places(where)
        )

    def _date(self, key: str) -> date | None:
        text = self._text(key)
        found = _DATE.fullmatch(text)
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass
        if text:
            self._wrong(key, text, "应是日期，如 2024年12月20日")
        return None

    def _wrong(self, key: str, text: str, reason: str) -> None:
        place = self.facts[key][1]
        label = next(fact.label for fact in words.facts(self.standard) if fact.key == key)
        self.log.add("RK109", place, quote=text, key=label, value=text, reason=reason,
                     owner=words.FACTS_HEADER[0])  # fmt: skip


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
