"""This year's draft from last year's report, for every pair of standards and examples."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportkit.checks.content import LAST_YEAR
from reportkit.exchange import roll_forward
from reportkit.model.blocks import Block, Case, Chart, Figure, ListBlock, Paragraph, Section, Table
from reportkit.model.submission import Submission
from reportkit.reading import read
from reportkit.refusals import CannotDo
from reportkit.rolling import UNPLACED
from reportkit.rolling.content import Year, blank
from reportkit.rolling.years import moved_date, shifted
from reportkit.standards import available
from reportkit.workflow import open_submission, write_text

ROOT = Path(__file__).parents[2]
EXAMPLES = [path.parent for path in sorted((ROOT / "submissions").glob("*/*/report.yaml"))]
STANDARDS = [standard.id for standard in available()]
pairs = pytest.mark.parametrize("old", EXAMPLES, ids=lambda path: path.name)
targets = pytest.mark.parametrize("standard", STANDARDS)


def sections(items: tuple[Section, ...]) -> Iterator[Section]:
    for item in items:
        yield item
        yield from sections(item.sections)


def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Case):
            yield from inside(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from inside(item.blocks)


def every(submission: Submission) -> Iterator[Block]:
    for section in sections(submission.chapters):
        yield from inside(section.blocks)


def solid(text: str) -> str:
    """A text as it is compared: without blanks, marks of footnotes, names of sections, values."""
    text = re.sub(r"\[\^[^\]]+\]|@sec:[\w.-]+|\{\{.*?\}\}", "", text)
    return "".join(text.replace(LAST_YEAR, "").split())


def words(submission: Submission) -> list[str]:
    made = []
    for block in every(submission):
        match block:
            case Paragraph():
                made.append(block.text)
            case Table() | Chart() | Figure():
                made += list(block.notes)
            case Case():
                made.append(block.title)
    made += [note.text for c in submission.chapters for note in c.footnotes.values()]
    return [solid(text) for text in made if text.strip()]


@targets
@pairs
def test_nothing_is_lost_and_the_draft_can_be_read(
    old: Path, standard: str, tmp_path: Path
) -> None:
    out = tmp_path / "draft"
    last = read(old).submission
    assert last is not None
    roll_forward(old, standard, out)
    result = read(out)
    draft = result.submission
    assert draft is not None
    codes = {f.code for f in result.findings}
    assert codes <= {"RK113"}, result.findings
    kept = "\n".join(words(draft))
    rest = solid((out / UNPLACED).read_text(encoding="utf-8")) if (out / UNPLACED).exists() else ""
    lost = [text for text in words(last) if text not in kept and text not in rest]
    assert lost == []
    assert {a.path for a in draft.assets} == {a.path for a in last.assets}
    before = {(o.indicator, o.period, o.scope, o.value) for o in last.data.observations}
    assert before <= {(o.indicator, o.period, o.scope, o.value) for o in draft.data.observations}
    opened = open_submission(out)
    errors = {d.code for d in opened.diagnostics if d.severity == "error"}
    known = {"RK131", "RK136", "RK213", "RK228", "RK230", "RK321"}
    assert {code for code in errors if code[:3] in ("RK1", "RK2")} <= known, errors


@pairs
def test_under_the_same_standard_all_has_its_place(old: Path, tmp_path: Path) -> None:
    last = read(old).submission
    assert last is not None
    made = roll_forward(old, last.metadata.standard, tmp_path / "draft")
    assert made.unplaced == ""
    draft = made.submission
    titles = [section.title for section in sections(draft.chapters)]
    assert {section.title for section in sections(last.chapters)} <= set(titles)
    prose = [b for b in every(draft) if isinstance(b, Paragraph) and b.text[0] != "〔"]
    assert prose == []
    metadata = draft.metadata
    assert metadata.title_year == last.metadata.title_year + 1
    assert str(metadata.title_year) in metadata.title
    assert metadata.data_period.start.year == last.metadata.data_period.start.year + 1


def test_a_paragraph_that_was_rewritten_is_no_longer_told(tmp_path: Path) -> None:
    old, out = EXAMPLES[0], tmp_path / "draft"
    last = read(old).submission
    assert last is not None
    roll_forward(old, last.metadata.standard, out)
    count = sum(d.code == "RK230" for d in open_submission(out).diagnostics)
    assert count > 5
    for file in (out / "chapters").glob("*.md"):
        write_text(file, file.read_text(encoding="utf-8").replace(LAST_YEAR, ""))
    assert "RK230" not in {d.code for d in open_submission(out).diagnostics}


def test_values_are_compared_with_last_year(tmp_path: Path) -> None:
    last = read(EXAMPLES[0]).submission
    assert last is not None
    made = roll_forward(EXAMPLES[0], last.metadata.standard, tmp_path / "draft").submission
    year = str(made.metadata.data_period.end.year)
    current = {
        (o.indicator, o.scope) for o in last.data.observations if o.period == str(int(year) - 1)
    }
    new = [o for o in made.data.observations if o.period == year]
    assert current <= {(o.indicator, o.scope) for o in new}
    assert all(o.value is None and o.missing for o in new)


def test_no_earlier_year(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="之后"):
        roll_forward(EXAMPLES[0], STANDARDS[0], tmp_path / "draft", year=2000)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("有", encoding="utf-8")
    with pytest.raises(CannotDo, match="已经存在"):
        roll_forward(EXAMPLES[0], STANDARDS[0], tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


YEAR = Year(1, "2022", "2023", frozenset({2021, 2022}))


def test_a_table_of_two_years_moves_on() -> None:
    rows = (("项目", "2021年", "2022年"), ("在校生", "10", "12"), ("说明", "甲", "乙"))
    assert blank(rows, 1, YEAR) == (
        ("项目", "2022年", "2023年"),
        ("在校生", "12", ""),
        ("说明", "乙", "乙"),
    )


def test_a_table_of_one_year_keeps_words_and_loses_numbers() -> None:
    rows = (("单位", "人数", "负责人"), ("甲", "1,200", "某人"), ("乙", "{{ x }}", "^^"))
    assert blank(rows, 1, YEAR) == (
        ("单位", "人数", "负责人"),
        ("甲", "", "某人"),
        ("乙", "{{ x }}", "^^"),
    )


def test_years() -> None:
    from datetime import date

    assert shifted("2021—2022学年，编号120221", 1) == "2022—2023学年，编号120221"
    assert shifted("2018年起到2022年", 1, {2022}) == "2018年起到2023年"
    assert moved_date(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_expressions_ask_for_a_year_later(tmp_path: Path) -> None:
    """Last year's column holds last year's values by their period, not this year's."""
    old = ROOT / "submissions" / "2024" / "example-school"
    roll_forward(old, "moe-2024-school", tmp_path / "draft")
    draft = read(tmp_path / "draft").submission
    assert draft is not None
    table = next(b for b in every(draft) if isinstance(b, Table) and b.id == "tbl:faculty")
    assert table.rows[1][2:] == ("{{ teachers.total['2023—2024学年'] }}", "{{ teachers.total }}")
    prose = "".join(b.text for b in every(draft) if isinstance(b, Paragraph))
    assert "比上届的{{ graduates.income['2023—2024学年'] }}元" in prose
    rows = draft.data.tables["data/articulation.csv"]
    assert rows[0][4] == "2025年"
    assert rows[-1][4] == "{{ articulation | sum('2025年计划') }}"
    own = {each.id: each.formula for each in draft.metadata.indicators}
    assert own["转段计划人数"] == "articulation | sum('2025年计划')"


def test_a_year_that_the_text_names_stays() -> None:
    year = Year(1, "2022", "2023", frozenset({2021, 2022}))
    for text, moved in (
        ("2021年{{ a['2021'] }}项", "2021年{{ a['2021'] }}项"),
        ("上年{{ a['2021'] }}项", "上年{{ a['2022'] }}项"),
        ("{{ a['2021—2022学年'] }}项", "{{ a['2022—2023学年'] }}项"),
        ("2020年{{ a['2020'] }}项", "2020年{{ a['2020'] }}项"),
    ):
        assert year.expressions(text) == moved
