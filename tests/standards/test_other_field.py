"""A mandated report of another field works by data alone, from new folder to printed numbers."""

from pathlib import Path

import pytest

from reportkit.checks import check
from reportkit.composing import compose
from reportkit.model.blocks import Chapter, Paragraph, Table
from reportkit.model.data import Dataset, Observation
from reportkit.model.report import Heading, RTable
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.reading import ReadResult
from reportkit.standards import load
from reportkit.standards.scaffold import new_submission

from .tools import DATA

TEXTS = {
    "overview": "全年主动公开、依申请公开、信息管理、平台建设和监督保障各项工作均按要求完成。",
    "problems": "存在的不足是公开形式较为单一，下一步改进措施是增加图解和问答。",
    "other": "本单位全年没有收取信息处理费，也没有其他需要报告的事项。",
}


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("information-disclosure-2021", extra=DATA)


def written(standard: Standard) -> Submission:
    """A new submission with its guidance replaced and its numbers given."""
    draft = new_submission(standard, "某某局".replace("某某", "示例"), 2023)
    values = {"requests.received": 12, "requests.carried_over": 3}
    values |= {"requests.handled": 14, "requests.left": 1}
    observations = tuple(
        Observation(indicator=name, period="2023", value=value)  # type: ignore[arg-type]
        for name, value in values.items()
    )
    metadata = draft.metadata.model_copy(update={"sign_off": ("示例局", "2024年1月20日")})
    return draft.model_copy(
        update={
            "metadata": metadata,
            "chapters": tuple(_chapter(item) for item in draft.chapters[1:]),
            "data": Dataset(observations=observations),
        }
    )


def _chapter(chapter: Chapter) -> Chapter:
    text = TEXTS.get(chapter.id or "", "本年度各类数量见下列表格，数据截至年末。")
    tables = [_table(block) for block in chapter.blocks if isinstance(block, Table)]
    if tables:
        text = f"本年度各类数量见@{tables[0].id}，数据截至年末，与上年口径一致。"
    return chapter.model_copy(update={"blocks": (Paragraph(text=text), *tables)})


def _table(table: Table) -> Table:
    body = tuple(tuple(cell or "0" for cell in row) for row in table.rows[table.header_rows :])
    if table.rows[table.header_rows - 1][-1] in ("总计", "^^"):
        body = tuple((*row[:-1], row[1]) for row in body)
    return table.model_copy(update={"rows": (*table.rows[: table.header_rows], *body)})


def findings(submission: Submission, standard: Standard) -> list[str]:
    report = compose(submission, standard)
    result = ReadResult(submission, Path(), "json")
    return sorted(finding.code for finding in check(result, standard, report))


def test_a_written_report_is_in_order(standard: Standard) -> None:
    assert findings(written(standard), standard) == []


def test_it_is_numbered_as_the_standard_says(standard: Standard) -> None:
    report = compose(written(standard), standard)
    blocks = [block for part in report.parts for block in part.blocks]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    tables = [block for block in blocks if isinstance(block, RTable)]
    assert len(tables) == 3
    assert any(cell.runs and cell.runs[0].text == "14" for cell in tables[1].cells)


@pytest.mark.parametrize(
    ("index", "code"), [(0, "RK201"), (1, "RK201"), (2, "RK201"), (4, "RK201"), (5, "RK201")]
)
def test_a_missing_section_is_found(standard: Standard, index: int, code: str) -> None:
    full = written(standard)
    chapters = full.chapters[:index] + full.chapters[index + 1 :]
    assert code in findings(full.model_copy(update={"chapters": chapters}), standard)


def test_a_missing_table_is_found(standard: Standard) -> None:
    full = written(standard)
    chapters = list(full.chapters)
    text = Paragraph(text="本年度没有制发规章和规范性文件，也没有废止，现行有效件数不变。")
    chapters[1] = chapters[1].model_copy(update={"blocks": (text,)})
    found = findings(full.model_copy(update={"chapters": tuple(chapters)}), standard)
    assert "RK216" in found
