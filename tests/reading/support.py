"""Small submissions on disk, and their findings in a form that is easy to compare."""

from pathlib import Path

from reportkit.model.diagnostic import Finding
from reportkit.reading import ReadResult, read

MANIFEST = """\
standard: bj-district-2020
title: 某区中等职业教育质量年度报告（2023）
title_year: 2023
data_period: {start: 2022-01-01, end: 2022-12-31}
organisation: {name: 某区教育委员会}
chapters: [chapters/1.md]
"""


def submission(root: Path, files: dict[str, str | bytes]) -> ReadResult:
    """Read a folder with these files; manifest and one chapter are there unless given."""
    for name, content in {"report.yaml": MANIFEST, "chapters/1.md": "# 章\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(root)


def chapter(root: Path, text: str | bytes) -> ReadResult:
    """Read a folder with one chapter file."""
    return submission(root, {"chapters/1.md": text})


def codes(result: ReadResult) -> list[str]:
    """The codes of all findings."""
    return [finding.code for finding in result.findings]


def only(result: ReadResult, code: str) -> Finding:
    """The one finding, which must have this code."""
    assert codes(result) == [code], result.findings
    return result.findings[0]


def at(finding: Finding) -> tuple[str, int | None, int | None]:
    """File, line and column of a finding."""
    return finding.place.file, finding.place.line, finding.place.column
