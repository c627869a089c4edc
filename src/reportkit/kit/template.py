"""Standard → Word template: the outline in place, a tagged control wherever something goes.

Headings, numbering and tables come from the DOCX writer, so that the template looks like the
report. Nothing here can be told apart by its look alone: controls have tags (``section:talent``),
and for programs that drop them every fixed line is known by its words (``words``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..composing import compose
from ..model.blocks import Case, Chapter, Paragraph, Section, Table
from ..model.report import Heading, Label, RCell, RTable, Run
from ..model.standard import Content, Need, SectionSpec, Standard
from ..model.style import Style
from ..model.submission import Metadata, Submission
from ..standards.scaffold import MARKER, new_submission
from ..writing.docx.blocks import block
from ..writing.docx.context import Context
from ..writing.docx.counting import read
from ..writing.docx.fields import look, paragraph, plain_paragraph, text_run
from ..writing.docx.frames import TOP, Where, frame
from ..writing.docx.sections import Sections
from ..writing.docx.styles import NORMAL_INDENT
from ..writing.docx.tables import table
from ..writing.docx.writer import assemble
from ..writing.docx.xml import Element, el, qname
from . import words
from .controls import Controls, Lock, prompt_run
from .looks import GUIDANCE_STYLE, NOTE_STYLE, custom_properties, kit_styles

_CASE = Where(case=True)
_TYPED = ("body", "case_body", "list", "table")


def template(standard: Standard, organisation: str | None, year: int, style: Style) -> bytes:
    """The bytes of the Word template."""
    submission = new_submission(standard, organisation or "单位", year)
    titles = {spec.id: spec.title for spec in standard.outline}
    chapters = tuple(_hollow(chapter, titles) for chapter in submission.chapters)
    outline = submission.model_copy(update={"chapters": chapters})
    context = Context(compose(outline, standard), _open_lines(style), {})
    _number_deeper(context, standard)
    body = _Body(standard, submission, context, organisation).element()
    custom_properties(context.package, standard)
    return assemble(context, body, kit_styles(style))


def _hollow(chapter: Chapter, titles: Mapping[str, str]) -> Chapter:
    """The headings alone; chapters that print without title show where they begin."""

    def emptied(section: Section) -> Section:
        below = tuple(map(emptied, section.sections))
        return section.model_copy(update={"blocks": (), "sections": below})

    made = emptied(chapter)
    assert isinstance(made, Chapter)
    return made.model_copy(update={"title": made.title or titles.get(made.id or "", "")})


def _number_deeper(context: Context, standard: Standard) -> None:
    """Let Word number the levels too that only the writer's own headings will have."""
    main = context.numbering.main
    for level, pattern in enumerate(standard.numbering.heading, start=1):
        path = ".".join("1" * level)
        samples = {"n": "1", "cn": "一", "roman": "I", "circled": "①", "path": path, "chapter": "1"}
        taken = read(pattern.format(**samples), level)
        if taken is not None and level not in main.forms and main.makes(taken.form):
            main.learn(level, taken)


def _open_lines(style: Style) -> Style:
    """The look with lines of automatic pitch: an exact one cuts off pictures that are pasted."""
    texts = {
        name: text.model_copy(update={"line": None}) if name in _TYPED else text
        for name, text in style.texts.items()
    }
    return style.model_copy(update={"texts": texts})


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


class _Body:
    """The document body, from the note on the first page to the samples on the last."""

    def __init__(
        self, standard: Standard, submission: Submission, context: Context, name: str | None
    ) -> None:
        self.standard, self.submission, self.context = standard, submission, context
        self.name = name
        self.controls = Controls()
        self.specs = {spec.id: spec for spec, _ in words.outline(standard.outline)}
        self.sections = {each.id or "": each for each in _sections(submission.chapters)}

    def element(self) -> Element:
        """The whole body."""
        made = el("w:body", None, *self._opening())
        fresh = True
        for part in self.context.report.parts:
            for heading in part.blocks:
                if isinstance(heading, Heading):
                    made.extend(self._section(heading.id or "", heading, new_page=fresh))
                    fresh = False
        made.extend(self._samples())
        made.append(Sections(self.context).properties("body"))
        return made

    # -- first page --------------------------------------------------------------------------

    def _opening(self) -> list[Element]:
        first, *rest = words.notes(self.standard)
        note = [
            plain_paragraph("PartTitle", "填报模板"),
            paragraph(NOTE_STYLE, [text_run(first, look(bold=True))]),
            *[plain_paragraph(NOTE_STYLE, text) for text in rest],
        ]
        tag = f"{words.FIXED}{self.standard.id}@{self.standard.version}"
        return [
            self.controls.block(note, tag, "填写说明", lock="contentLocked"),
            plain_paragraph(NOTE_STYLE, ""),
            self._facts(),
            plain_paragraph(NOTE_STYLE, ""),
        ]

    def _facts(self) -> Element:
        values = _known_facts(self.submission.metadata, self.name)
        rows: list[tuple[str, ...]] = [words.FACTS_HEADER]
        facts = words.facts(self.standard)
        rows += [(fact.label, "") for fact in facts]
        made = self._table("报告信息", rows, 1, widths=(1.0, 2.2))
        cells = [row.findall(qname("w:tc"))[1] for row in made.iter(qname("w:tr"))][1:]
        for cell, fact in zip(cells, facts, strict=True):
            known = values.get(fact.key, "")
            line = cell.find(qname("w:p"))
            assert line is not None
            run = text_run(known) if known else prompt_run(fact.asks)
            tag = words.FACT + fact.key
            line.append(self.controls.field(run, tag, fact.label, prompt=not known))
        return made

    # -- sections ----------------------------------------------------------------------------

    def _section(self, identity: str, heading: Heading, *, new_page: bool) -> Iterator[Element]:
        """Heading, guidance, the place for the text, mandated tables, a case."""
        spec, section = self.specs.get(identity), self.sections.get(identity)
        if spec is None or section is None:
            return
        line = block(heading, self.context, TOP)
        if new_page:
            _begin_page(line[0])
        lock: Lock = "sdtContentLocked" if spec.need is Need.REQUIRED else "contentLocked"
        tag, name = words.HEADING + identity, f"标题：{spec.title}"
        yield self.controls.block(line, tag, name, lock=lock)
        first, *rest = section.blocks or (None,)
        if isinstance(first, Paragraph):
            yield self._guidance(first.text, identity)
        yield self._text(spec, section)
        for item in rest:
            if isinstance(item, Paragraph):
                yield self._guidance(item.text, identity)
            elif isinstance(item, Table):
                yield from self._mandated(item)
            elif isinstance(item, Case) and Content.CASE in spec.expects:
                yield self._case(identity, spec)

    def _guidance(self, text: str, identity: str) -> Element:
        line = plain_paragraph(GUIDANCE_STYLE, text)
        return self.controls.block([line], words.GUIDANCE + identity, "填写提示，可以删去")

    def _text(self, spec: SectionSpec, section: Section) -> Element:
        prompt = words.prompt(section, spec)
        return self.controls.block(
            [self._prompt(NORMAL_INDENT, prompt)],
            words.SECTION + spec.id,
            spec.title,
            lock="sdtLocked" if spec.need is Need.REQUIRED else None,
        )

    def _prompt(self, style: str, text: str, *looks: Element) -> Element:
        return paragraph(style, [self.controls.prompt(text)], *looks)

    def _mandated(self, item: Table) -> Iterator[Element]:
        identity = (item.id or "").removeprefix("tbl:")
        spec = next(each for each in self.standard.tables if each.id == identity)
        if any(spec.indicators):
            yield self._guidance(MARKER + words.TABLE_NOTE, identity)
        caption = paragraph("Caption", [text_run(f"【表】{item.caption}")], el("w:keepNext"))
        yield self.controls.block(
            [caption], words.CAPTION + identity, f"表题：{item.caption}", lock="contentLocked"
        )
        rows = [tuple("" if "{{" in cell else cell for cell in row) for row in item.rows]
        made = self._table(item.caption, rows, item.header_rows)
        yield self.controls.block([made], words.TABLE + identity, item.caption)
        yield plain_paragraph(NORMAL_INDENT, "")

    def _case(self, identity: str, spec: SectionSpec) -> Element:
        owner = f"（{self.name}）" if self.name else "（单位名称）"
        lines = [
            paragraph(
                "CaseHeading",
                [text_run("【案例】"), self.controls.prompt(words.CASE_TITLE), text_run(owner)],
                *frame(self.context, _CASE, "case_heading"),
            ),
            self._prompt("CaseBody", words.CASE_TEXT, *frame(self.context, _CASE, "case_body")),
        ]
        return self.controls.block(lines, words.CASE + identity, f"案例：{spec.title}")

    def _table(
        self,
        caption: str,
        rows: list[tuple[str, ...]],
        header: int,
        widths: tuple[float, ...] = (),
    ) -> Element:
        columns = max(map(len, rows))
        cells = [
            RCell(row=r, column=c, runs=(Run(text=text),) if text else ())
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        shown = RTable(
            caption=Label(kind="table", anchor="", title=(Run(text=caption),)),
            columns=columns,
            header_rows=header,
            row_kinds=("header",) * header + ("data",) * (len(rows) - header),
            cells=tuple(cells),
            widths=widths,
        )
        return table(shown, self.context)[0]

    # -- last page ---------------------------------------------------------------------------

    def _samples(self) -> list[Element]:
        title = plain_paragraph("PartTitle", words.SAMPLE_TITLE)
        _begin_page(title)
        parts: tuple[tuple[str, list[Element]], ...] = (
            ("title", [title]),
            (
                "table",
                [
                    plain_paragraph("Caption", words.SAMPLE_TABLE_CAPTION),
                    self._table("样例", list(words.SAMPLE_TABLE), 1),
                    plain_paragraph("TableNote", words.SAMPLE_SOURCE),
                ],
            ),
            (
                "figure",
                [
                    paragraph("Picture", [prompt_run(words.SAMPLE_PICTURE)]),
                    plain_paragraph("FigureCaption", words.SAMPLE_FIGURE_CAPTION),
                ],
            ),
            (
                "case",
                [
                    paragraph(
                        "CaseHeading",
                        [text_run(words.SAMPLE_CASE)],
                        *frame(self.context, _CASE, "case_heading"),
                    ),
                    paragraph(
                        "CaseBody",
                        [text_run(words.SAMPLE_CASE_TEXT)],
                        *frame(self.context, _CASE, "case_body"),
                    ),
                ],
            ),
        )
        made: list[Element] = []
        for name, lines in parts:
            tag = f"{words.FIXED}sample-{name}"
            made += [
                self.controls.block(lines, tag, "样例，可复制"),
                plain_paragraph(NORMAL_INDENT, ""),
            ]
        return made


def _known_facts(metadata: Metadata, name: str | None) -> dict[str, str]:
    period = metadata.data_period
    title = metadata.title if name else ""
    return {
        "title": title,
        "title_year": str(metadata.title_year),
        "organisation": name or "",
        "start": day(period.start),
        "end": day(period.end),
    }


def day(value: date) -> str:
    """A date as it is printed."""
    return f"{value.year}年{value.month}月{value.day}日"


def _begin_page(line: Element) -> None:
    """Let a paragraph begin a page."""
    properties = line[0]
    before = [qname("w:pStyle"), qname("w:keepNext"), qname("w:keepLines")]
    place = sum(child.tag in before for child in properties)
    properties.insert(place, el("w:pageBreakBefore"))
