"""The parts of a report in the order of its standard: cover, lists, chapters, sign-off …

A part that the standard requires is made from what there is; an optional one only where the author
gave something for it. Empty lists are left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from reportkit.model.blocks import Chapter, Section, SignOff
from reportkit.model.report import Entry, Heading, Part, RBlock
from reportkit.model.standard import Need, PartKind, PartSpec
from reportkit.model.submission import Metadata

from .blocks import section
from .captions import one_line
from .context import Context
from .numbering import SectionNumber
from .outline import OutlinedChapter

Line = tuple[str, str]
Lines = tuple[Line, ...]
_TITLES = {
    PartKind.TOC: "目录",
    PartKind.LIST_OF_TABLES: "表目录",
    PartKind.LIST_OF_FIGURES: "图目录",
    PartKind.LIST_OF_CASES: "案例目录",
}
_LISTED: dict[PartKind, Literal["table", "figure", "case"]] = {
    PartKind.LIST_OF_TABLES: "table",
    PartKind.LIST_OF_FIGURES: "figure",
    PartKind.LIST_OF_CASES: "case",
}
_TYPED = {
    PartKind.TOC: "toc",
    PartKind.LIST_OF_TABLES: "tables",
    PartKind.LIST_OF_FIGURES: "figures",
    PartKind.LIST_OF_CASES: "cases",
}
CHAPTERS = frozenset({PartKind.PREFACE, PartKind.BODY, PartKind.ANNEX})
_FIELD = re.compile(r"\{(\w+)\}")
_DATE = re.compile(r"(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?")


def parts(context: Context, chapters: Sequence[OutlinedChapter]) -> tuple[Part, ...]:
    """All parts; ``chapters`` stand in print order."""
    order = _order(context.standard.parts)
    composed = [
        (each.part, _chapter(context, each, number, order))
        for each, number in zip(chapters, context.plan.chapters, strict=True)
    ]
    made: list[Part] = []
    for spec in order:
        if spec.part in CHAPTERS:
            made += [part for kind, part in composed if kind is spec.part]
        elif spec.part not in _TITLES:
            lines = _LINES[spec.part](context, spec)
            if lines:
                title = spec.title if spec.part is not PartKind.COVER else None
                anchor = f"part-{spec.part.value}"
                made.append(Part(kind=spec.part, title=title, anchor=anchor, lines=lines))
        elif spec.need is not Need.FORBIDDEN and _wanted(context, spec):
            made.append(_contents(context, spec, [part for _, part in composed]))
    return tuple(part for part in made if part.lines or part.entries or part.blocks)


def _order(specs: Sequence[PartSpec]) -> list[PartSpec]:
    """The standard's parts, with the chapters where it does not name them."""
    named = {spec.part for spec in specs}
    missing = [PartSpec(part=kind) for kind in PartKind if kind in CHAPTERS - named]
    first = [spec for spec in missing if spec.part is PartKind.PREFACE]
    return [*first, *specs, *(spec for spec in missing if spec.part is not PartKind.PREFACE)]


def _chapter(
    context: Context, each: OutlinedChapter, number: SectionNumber, order: Sequence[PartSpec]
) -> Part:
    """One chapter. Headings that print before the table of contents do not stand in it."""
    kinds = [spec.part for spec in order]
    toc = kinds.index(PartKind.TOC) if PartKind.TOC in kinds else -1
    context.notes, context.noted = each.chapter.footnotes, set()
    blocks = tuple(section(context, each.match.section, kinds.index(each.part) > toc))
    _unused(context, each.chapter)
    return Part(
        kind=each.part,
        anchor=f"part-{number.anchor}",
        blocks=blocks,
        chapter=number.chapter,
        section=each.chapter.id or (each.match.spec.id if each.match.spec else None),
        place=each.chapter.place,
    )


def _unused(context: Context, chapter: Chapter) -> None:
    for label, note in chapter.footnotes.items():
        if label not in context.noted:
            context.report("RK327", note.place, f"[^{label}]", label=label)


def _wanted(context: Context, spec: PartSpec) -> bool:
    """Whether a list prints: required, or optional and typed by the author as well."""
    typed = any(each.kind == _TYPED[spec.part] for each in context.submission.contents)
    return spec.need is Need.REQUIRED or typed


def _contents(context: Context, spec: PartSpec, chapters: Sequence[Part]) -> Part:
    """The table of contents, or the list of one kind of captions."""
    kind = _LISTED.get(spec.part)
    if kind is None:
        entries = [
            Entry(level=each.level, text=each.text, anchor=each.anchor, place=each.place)
            for part in chapters
            for each in _headings(part.blocks)
            if each.in_toc
        ]
    else:
        entries = [
            Entry(text=each.text, anchor=each.anchor, place=each.place)
            for each in context.labels
            if each.kind == kind and each.text
        ]
    return Part(
        kind=spec.part,
        title=spec.title or _TITLES[spec.part],
        anchor=f"part-{spec.part.value}",
        entries=tuple(entries),
    )


def _headings(blocks: Sequence[RBlock]) -> Iterator[Heading]:
    return (block for block in blocks if isinstance(block, Heading))


def _cover(context: Context, spec: PartSpec) -> Lines:
    metadata = context.submission.metadata
    cover = metadata.cover
    given = (cover.subtitle, cover.issuer, cover.date, cover.url)
    if not _prints(spec, any(given)):
        return ()
    year = str(metadata.title_year)
    lines = [
        ("year", year if year not in metadata.title else ""),
        ("title", metadata.title),
        ("subtitle", cover.subtitle or ""),
        ("issuer", cover.issuer or metadata.organisation.name),
        ("date", cover.date or _month(metadata)),
        ("url", cover.url or ""),
        *_fixed(context, spec),
    ]
    return _printed(lines)


def _statement(context: Context, spec: PartSpec) -> Lines:
    filled = bool(context.submission.metadata.statement)
    return _fixed(context, spec) if _prints(spec, filled) else ()


def _sign_off(context: Context, spec: PartSpec) -> Lines:
    """The lines given, or name and date, unless the author signed in the text."""
    metadata = context.submission.metadata
    lines: tuple[str, ...] = metadata.sign_off
    if not lines and spec.need is Need.REQUIRED and not _signed(context):
        lines = tuple(filter(None, (metadata.organisation.name, _day(metadata))))
    if not _prints(spec, bool(lines)) or not lines:
        return ()
    own = (("date" if _DATE.fullmatch(line.strip()) else "issuer", line) for line in lines)
    return (*_printed(own), *_fixed(context, spec))


def _colophon(context: Context, spec: PartSpec) -> Lines:
    text = context.submission.metadata.colophon
    if not _prints(spec, bool(text)):
        return ()
    own = (("text", line) for line in (text or "").splitlines())
    return (*_printed(own), *_fixed(context, spec))


_LINES: dict[PartKind, Callable[[Context, PartSpec], Lines]] = {
    PartKind.COVER: _cover,
    PartKind.STATEMENT: _statement,
    PartKind.SIGN_OFF: _sign_off,
    PartKind.COLOPHON: _colophon,
}


def _printed(lines: Iterable[Line]) -> Lines:
    """The lines that say something, each without line breaks."""
    return tuple((role, one_line(text)) for role, text in lines if text.strip())


def _prints(spec: PartSpec, given: bool) -> bool:
    return spec.need is Need.REQUIRED or (spec.need is not Need.FORBIDDEN and given)


def _fixed(context: Context, spec: PartSpec) -> Lines:
    """The fixed text of a part with its blanks filled, and its fields, filled or left empty."""
    values = _filled(context)
    text = _FIELD.sub(lambda match: values.get(match[1], match[0]), spec.text or "")
    given = context.submission.metadata.statement
    fields = (("field", f"{name}：{given.get(name, '')}") for name in spec.fields)
    return _printed([*(("text", line) for line in text.splitlines()), *fields])


def _filled(context: Context) -> dict[str, str]:
    """What the blanks of fixed texts are filled with."""
    metadata = context.submission.metadata
    return {
        "organisation": metadata.organisation.name,
        "title": metadata.title,
        "year": str(metadata.title_year),
        "date": _day(metadata),
        **metadata.statement,
    }


def _signed(context: Context) -> bool:
    """Whether the last chapter ends with a sign-off."""
    last: Section = context.submission.chapters[-1]
    while last.sections:
        last = last.sections[-1]
    return bool(last.blocks) and isinstance(last.blocks[-1], SignOff)


def _month(metadata: Metadata) -> str:
    day = metadata.filed_on
    return f"{day.year}年{day.month}月" if day else ""


def _day(metadata: Metadata) -> str:
    day = metadata.filed_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
