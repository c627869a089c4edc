"""A submission folder that a feature is tried in, and the register of features."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

from reportkit.composing import compose
from reportkit.model.report import Part, Report, RTable, plain
from reportkit.model.standard import Numbering, PartKind, SectionSpec, Standard
from reportkit.reading import read
from tests.builders import body, standard

MANIFEST = """\
standard: test
title: 示例区职业教育质量年度报告（2023）
title_year: 2023
data_period: {start: 2022-01-01, end: 2022-12-31}
organisation: {name: 示例区教育委员会}
"""
BOOK = (
    PartKind.COVER, PartKind.PREFACE, PartKind.TOC, PartKind.LIST_OF_TABLES,
    PartKind.LIST_OF_FIGURES, PartKind.LIST_OF_CASES, PartKind.BODY, PartKind.ANNEX,
)  # fmt: skip
PREFACE = SectionSpec(id="preface", title="前言", part="preface", numbered=False)
SPACELESS = Numbering(heading=("{n}.", "{path}", "{path}"), table="表{chapter}-{n}")


class Folder:
    """A submission folder that a feature is tried in."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def compose(
        self, *chapters: str, rules: Standard | None = None, more: str = "", **files: str | bytes
    ) -> Report:
        """Write ``chapters`` and further files (name with ``__`` for ``/``), read and compose."""
        names = [f"chapters/{index}.md" for index in range(1, len(chapters) + 1)]
        listed = "chapters:\n" + "".join(f"  - {name}\n" for name in names)
        contents: dict[str, str | bytes] = {"report.yaml": MANIFEST + dedent(more) + listed}
        contents |= {name: dedent(text) for name, text in zip(names, chapters, strict=True)}
        contents |= {name.replace("__", "/").replace("_", "."): files[name] for name in files}
        for name, content in contents.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        result = read(self.root)
        assert [(f.code, f.quote) for f in result.findings] == []
        assert result.submission is not None
        report = compose(result.submission, rules or standard())
        assert [(problem.code, problem.quote) for problem in report.problems] == []
        return report


Trial = Callable[[Folder], None]
FEATURES: dict[int, tuple[str, Trial]] = {}


def feature(number: int, name: str) -> Callable[[Trial], Trial]:
    def register(trial: Trial) -> Trial:
        assert number not in FEATURES
        FEATURES[number] = (name, trial)
        return trial

    return register


def part(report: Report, kind: PartKind) -> Part:
    return next(each for each in report.parts if each.kind is kind)


def only(report: Report, kind: type[Any]) -> Any:
    """The only block of a kind."""
    found = [block for block in body(report) if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def labels(report: Report) -> list[str]:
    return [label.text for label in report.labels]


def rows(table: RTable) -> list[str]:
    """The rows as text; a cell that spans ends with its rows×columns."""
    return [
        " ".join(
            plain(cell.runs)
            + (f"({cell.rowspan}×{cell.colspan})" if (cell.rowspan, cell.colspan) != (1, 1) else "")
            for cell in row
        )
        for row in table.rows()
    ]


TABLE = """\
::: table {caption="规模"}
| 校 | 数 |
|---|---|
| 甲 | 1 |
:::
"""
