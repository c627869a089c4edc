"""Short ways to say submissions and standards in tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from reportkit.model.blocks import Block, Chapter, Footnote, Paragraph, Section
from reportkit.model.data import Dataset, Indicator, Observation
from reportkit.model.report import Para, RBlock, Report, Run, plain
from reportkit.model.standard import Need, Numbering, PartKind, PartSpec, SectionSpec, Standard
from reportkit.model.submission import Asset, DataPeriod, Metadata, Organisation, Submission

DECIMAL = Numbering(
    heading=("{n} ", "{path} ", "{path} "),
    table="表{chapter}-{n}",
    figure="图{chapter}-{n}",
    case="案例{chapter}-{n}",
    case_heading="【{label}】{title}{owner}",
)
CHINESE = Numbering(
    heading=("{cn}、", "（{cn}）", "{n}. "),
    table="表{chapter}-{n}",
    figure="图{chapter}-{n}",
    case="案例{chapter}-{n}",
)


def standard(
    *outline: SectionSpec,
    numbering: Numbering = DECIMAL,
    parts: Sequence[PartSpec | PartKind] = (PartKind.TOC, PartKind.BODY),
    **more: Any,
) -> Standard:
    """A standard of the given outline; parts named by kind alone are required."""
    specs = tuple(PartSpec(part=part) if isinstance(part, PartKind) else part for part in parts)
    return Standard(
        id="test",
        title="测试规范",
        level="other",
        parts=specs,
        numbering=numbering,
        outline=outline,
        **more,
    )


def optional(part: PartKind, **more: Any) -> PartSpec:
    return PartSpec(part=part, need=Need.OPTIONAL, **more)


def para(text: str) -> Paragraph:
    return Paragraph(text=text)


def section(title: str, *content: Block | Section | str, **more: Any) -> Section:
    """A section; strings are paragraphs, sections go below it."""
    return Section(title=title, **_content(content), **more)


def chapter(
    title: str,
    *content: Block | Section | str,
    notes: Mapping[str, str] | None = None,
    **more: Any,
) -> Chapter:
    """A chapter; strings are paragraphs, ``notes`` are footnotes."""
    footnotes = {label: Footnote(text=text) for label, text in (notes or {}).items()}
    return Chapter(title=title, footnotes=footnotes, **_content(content), **more)


def _content(content: Sequence[Block | Section | str]) -> dict[str, Any]:
    return {
        "blocks": tuple(
            para(each) if isinstance(each, str) else each
            for each in content
            if not isinstance(each, Section)
        ),
        "sections": tuple(each for each in content if isinstance(each, Section)),
    }


def observation(indicator: str, period: str, value: str | None, **more: Any) -> Observation:
    number = None if value is None else Decimal(value)
    return Observation(indicator=indicator, period=period, value=number, **more)


def submission(
    *chapters: Chapter,
    indicators: Sequence[Indicator] = (),
    observations: Sequence[Observation] = (),
    tables: Mapping[str, Sequence[Sequence[str]]] | None = None,
    assets: Sequence[str] = (),
    contents: Sequence[Any] = (),
    **metadata: Any,
) -> Submission:
    """A submission of the year 2022; further keys go into its metadata."""
    given: dict[str, Any] = {
        "standard": "test",
        "title": "示例单位年度报告",
        "title_year": 2022,
        "data_period": DataPeriod(start=date(2022, 1, 1), end=date(2022, 12, 31)),
        "organisation": Organisation(name="示例单位"),
        "indicators": tuple(indicators),
        **metadata,
    }
    rows = {name: tuple(tuple(row) for row in body) for name, body in (tables or {}).items()}
    return Submission(
        metadata=Metadata(**given),
        chapters=chapters,
        contents=tuple(contents),
        data=Dataset(observations=tuple(observations), tables=rows),
        assets=tuple(Asset(path=path, content=b"") for path in assets),
    )


def body(report: Report) -> list[RBlock]:
    """The blocks of all chapters, in print order."""
    return [block for part in report.parts for block in part.blocks]


def texts(report: Report) -> list[str]:
    """The text of headings and paragraphs, in print order, numbers included."""
    found: list[str] = []
    for block in body(report):
        if block.type == "heading":
            found.append(block.text)
        elif isinstance(block, Para):
            found.append(block.number + plain(block.runs))
    return found


def paragraph_runs(report: Report) -> list[Run]:
    """The runs of all paragraphs."""
    return [run for block in body(report) if isinstance(block, Para) for run in block.runs]
