"""A new submission under a standard, with guidance in every section.

Guidance stands in paragraphs that begin with ``MARKER``; a check reports those that are left.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from reportkit.model.blocks import Block, Case, Chapter, Paragraph, Section, Table
from reportkit.model.data import Dataset, Observation
from reportkit.model.standard import (
    Content,
    Need,
    PartKind,
    PartSpec,
    SectionSpec,
    Standard,
    TableSpec,
)
from reportkit.model.submission import DataPeriod, Metadata, Organisation, Submission

MARKER = "〔填写提示〕"
"""How a paragraph of guidance begins."""
_DATE = "××××年××月××日"
_NOTES = {
    Need.REQUIRED: "",
    Need.OPTIONAL: "可选，不写就删去本节。",
    Need.CONDITIONAL: "有条件时写：{condition}；不适用就删去本节。",
}


def new_submission(standard: Standard, organisation: str, year: int) -> Submission:
    """A submission of ``organisation`` for the report titled ``year``, still to be filled in.

    It has every section that the standard allows, each with its guidance and its mandated tables
    as empty tables, and a row without value for every indicator that is asked for.
    """
    period = period_of(standard, year)
    return Submission(
        metadata=_metadata(standard, organisation, year, period),
        chapters=tuple(_chapters(standard, organisation)),
        data=Dataset(observations=tuple(_observations(standard, str(period.end.year)))),
    )


def _metadata(standard: Standard, organisation: str, year: int, period: DataPeriod) -> Metadata:
    example = standard.title_example or f"{{organisation}}{standard.title}（{{year}}）"
    title = example.replace("{organisation}", organisation).replace("{year}", str(year))
    parts = {spec.part: spec for spec in standard.parts if spec.need is not Need.FORBIDDEN}
    statement, sign_off = parts.get(PartKind.STATEMENT), parts.get(PartKind.SIGN_OFF)
    colophon = parts.get(PartKind.COLOPHON)
    return Metadata(
        standard=standard.id,
        title=title[:100],
        title_year=year,
        data_period=period,
        organisation=Organisation(name=organisation),
        statement=dict.fromkeys(statement.fields, "") if statement else {},
        sign_off=(organisation, _DATE) if sign_off and _asked(sign_off) else (),
        colophon=f"《{title}》"[:300] if colophon and colophon.need is Need.REQUIRED else None,
    )


def _asked(spec: PartSpec) -> bool:
    return spec.need is Need.REQUIRED or spec.guidance is not None


def period_of(standard: Standard, year: int) -> DataPeriod:
    """The year of the data: from the usual first day, ending in the data year."""
    last = year - (standard.year_offset.at(year) if standard.year_offset else 0)
    window = standard.data_window
    month, day = map(int, window.start.split("-")) if window else (1, 1)
    first = last if (month, day) == (1, 1) else last - 1
    label = window.label if window else None
    if label:
        label = label.replace("{from}", str(first)).replace("{to}", str(last))
    return DataPeriod(
        start=date(first, month, day),
        end=date(first + 1, month, day) - timedelta(days=1),
        label=label,
    )


def _chapters(standard: Standard, organisation: str) -> Iterator[Chapter]:
    specs = [spec for spec in standard.outline if spec.need is not Need.FORBIDDEN]
    printed = {spec.part.value: spec.title for spec in standard.parts}
    for index, spec in enumerate(specs, 1):
        untitled = "" in spec.variants and printed.get(spec.part) is None
        section = _section(spec, standard, organisation)
        yield Chapter(
            id=spec.id,
            title="" if untitled else spec.title,
            numbered=spec.numbered,
            blocks=section.blocks,
            sections=section.sections,
            file=f"chapters/{index:02d}-{spec.id}.md",
        )


def _section(spec: SectionSpec, standard: Standard, organisation: str) -> Section:
    below = tuple(
        _section(child, standard, organisation)
        for child in spec.sections
        if child.need is not Need.FORBIDDEN
    )
    return Section(
        id=spec.id,
        title=spec.title,
        numbered=spec.numbered,
        blocks=tuple(_blocks(spec, standard, organisation)),
        sections=below,
    )


def _blocks(spec: SectionSpec, standard: Standard, organisation: str) -> Iterator[Block]:
    yield Paragraph(text=MARKER + _guidance(spec))
    for table in standard.tables:
        if table.section == spec.id and table.need in (Need.REQUIRED, Need.CONDITIONAL):
            if table.guidance:
                yield Paragraph(text=f"{MARKER}{table.title}：{table.guidance}")
            yield _table(table)
    if Content.CASE in spec.expects:
        yield Case(
            title="【请填写案例标题】",
            owner=organisation,
            blocks=(Paragraph(text=MARKER + _case_guidance(standard)),),
        )


def _guidance(spec: SectionSpec) -> str:
    note = _NOTES[spec.need].format(condition=spec.condition or "")
    least = f"下列各节至少写 {spec.at_least} 节。" if spec.at_least else ""
    return f"{note}{spec.guidance or '写本节的内容。'}{least}"


def _case_guidance(standard: Standard) -> str:
    limit = standard.limits.case
    most = f"，不超过 {limit.at_most} 字" if limit and limit.at_most else ""
    return f"写背景、做法和成效{most}；写完删去本行，没有案例就删去整个案例块。"


def _table(spec: TableSpec) -> Table:
    """The mandated table; values are taken from the data where its rows name indicators."""
    indicators = spec.indicators or ("",) * len(spec.rows)
    rows = tuple(
        _valued(row, indicator) for row, indicator in zip(spec.rows, indicators, strict=True)
    )
    width = max((len(row) for row in (*spec.header, *rows)), default=1)
    return Table(
        id=f"tbl:{spec.id}",
        caption=spec.title,
        header_rows=len(spec.header),
        rows=(*spec.header, *rows) if rows else (*spec.header, ("",) * width),
    )


def _valued(row: tuple[str, ...], indicator: str) -> tuple[str, ...]:
    """The row with the indicator's value in its first empty cell."""
    if not indicator or "" not in row:
        return row
    at = row.index("")
    return (*row[:at], f"{{{{ {indicator} }}}}", *row[at + 1 :])


def asked_indicators(standard: Standard) -> list[str]:
    """Ids of the indicators that a submission is asked for, by the list or by a table's row."""
    wanted = [spec.id for spec in standard.required_indicators if spec.need is not Need.FORBIDDEN]
    for table in standard.tables:
        if table.need in (Need.REQUIRED, Need.CONDITIONAL):
            wanted += filter(None, table.indicators)
    return list(dict.fromkeys(wanted))


def _observations(standard: Standard, period: str) -> Iterator[Observation]:
    units = {indicator.id: indicator.unit for indicator in standard.indicators}
    for name in asked_indicators(standard):
        yield Observation(indicator=name, period=period, unit=units[name])
