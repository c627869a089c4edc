"""Digests: what is in them, that they travel, and that odd input does no harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.checks.between import Digest, check_between, digest
from reportkit.checks.between.passages import texts
from reportkit.checks.between.pictures import distance, looked_at, same_greys
from reportkit.composing import compose
from reportkit.model.base import Place
from reportkit.model.blocks import Paragraph
from reportkit.model.diagnostic import Severity
from reportkit.model.submission import Submission
from reportkit.reading.result import ReadResult
from reportkit.standards import load
from reportkit.workflow import open_submission

from ...strategies import submissions
from .. import gatherings
from ..examples import opened as opened_example
from ..examples import picture
from . import area

EXAMPLE = Path(__file__).parents[3] / "submissions" / "2023" / "dongcheng"


def of(example: str, root: Path) -> Digest:
    found = opened_example(example, root)
    return digest("甲", found.result, found.standard, found.report)


def test_an_example_submission() -> None:
    opened = open_submission(EXAMPLE)
    found = digest("x", opened.result, opened.standard, opened.report)
    assert found.level == "district"
    assert [c.spec for c in found.chapters][:2] == ["preface", "basics"]
    assert found.cases[0].number == "案例1-1"
    assert found.cases[0].owner
    given = next(v for v in found.values if v.indicator == "schools.total")
    assert (given.value, given.unit, given.adds, given.place.cell) == (4, "所", True, "C2")
    assert len(texts(found)) == len(found.passages)
    cases = [p.case for p in found.passages if p.case is not None]
    assert cases == sorted(cases)


def broken(digests: dict[str, Digest]) -> list[Digest]:
    """The digests of the area, one with a paragraph of another."""
    one, other = (digests[area.NAMES[n]] for n in (2, 5))
    copied = {"passages": one.passages, "words": one.words}
    return [*digests.values(), other.model_copy(update={"item": "又一家", **copied})]


def test_a_digest_travels_as_json() -> None:
    there = {
        name: Digest.model_validate_json(each.model_dump_json(exclude_defaults=True))
        for name, each in area.digests().items()
    }
    found = check_between(broken(there), area.roster())
    assert found == check_between(broken(area.digests()), area.roster())
    assert {d.code for d in found["又一家"]} >= {"RK821", "RK801"}


def test_the_order_of_digests_does_not_matter() -> None:
    one = broken(area.digests())
    assert list(check_between(one).items()) == list(check_between(one[::-1]).items())


def test_only_a_submission_has_a_digest() -> None:
    with pytest.raises(ValueError, match="no submission"):
        digest("x", ReadResult(None, Path("x"), "folder"), None, None)


def test_items_have_names_each_its_own() -> None:
    one = area.digests()[area.NAMES[0]]
    with pytest.raises(ValueError, match="names"):
        check_between([one, one])


@pytest.mark.parametrize(
    "text",
    [
        "〔填写提示〕" + "写本单位的情况。" * 20,
        "〔上年文字，请改写〕" + "写本单位的情况。" * 20,
        "短短一段话。",
        "依据《" + "关于进一步做好各项工作的若干意见" * 4 + "》开展工作。",
    ],
)
def test_what_is_nobodys_own_is_no_passage(text: str, tmp_path: Path) -> None:
    found = of(f"# 工作\n\n## 服务\n\n{text}\n", tmp_path)
    assert found.passages == ()


def test_the_wording_of_the_standard_is_no_passage() -> None:
    standard = load("moe-2024-school")
    statement = next(part.text for part in standard.parts if part.text) or ""
    made = area.area()[0]
    for text, count in ((statement, 0), (statement + area.prose(random.Random(1), 300), 1)):
        last = made.chapters[-1].model_copy(update={"blocks": (Paragraph(text=text),)})
        alone = made.model_copy(update={"chapters": (last,)})
        found = digest("甲", area.in_memory(alone), standard, None)
        assert len(found.passages) == count


def test_values_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    """A text that takes its numbers from the data is another one when these change."""
    text = "清晨检修班的灯已经亮了，徒弟们逐台查看泵机的油位和震动，把读数写在挂板上。" * 2
    body = f"# 工作\n\n## 服务\n\n共有 {{{{ staff.total }}}} 人。{text}\n"
    head = "\n=== data/indicators.csv\nindicator,period,value\nstaff.total,2023,%d\n"
    one, other = (of(body + head % n, tmp_path / str(n)) for n in (50, 51))
    assert one.passages[0].key != other.passages[0].key
    assert one.passages[0].marks == other.passages[0].marks
    assert "50" in texts(one)[0]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_broken_pictures_have_no_looks(content: bytes) -> None:
    assert looked_at(content) == (0, 0, "", "")


def test_looks_of_pictures() -> None:
    one, other = looked_at(picture(320, 200, 1)), looked_at(picture(320, 200, 2))
    larger = looked_at(picture(640, 400, 1))
    assert distance(one.look, larger.look) < 10
    assert same_greys(one.small, larger.small)
    assert distance(one.look, other.look) > 60
    assert not same_greys(one.small, other.small)
    assert looked_at(picture(320, 200)).look == ""
    assert looked_at(picture(320, 200, 1), left=100).look == ""


def test_last_years_submission_by_its_path(tmp_path: Path) -> None:
    """``previous`` is compared although it is not among the submissions."""
    text = "清晨检修班的灯已经亮了，徒弟们逐台查看泵机的油位和震动，把读数写在挂板上。" * 2
    body = f"# 工作\n\n## 服务\n\n{text}\n"
    gatherings.opened(f"== 旧\n{body}", tmp_path)
    found = of("=== report.yaml\nprevious: ../旧\n=== chapters/2.md\n" + body, tmp_path / "新")
    assert [(r.kind, r.index, r.place.file) for r in found.repeats] == [
        ("passage", 0, "chapters/2.md")
    ]
    (told,) = check_between([found])["甲"]
    assert told.code == "RK824"
    assert told.related[0].item == "../旧"
    assert told.related[0].place == Place(file="chapters/2.md", line=5, column=1)


REPORT = """\
# 第一实训学校职业教育质量年度报告（2024年度）

## 一、人才培养

全年组织实训十二批。

表1-1 办学规模

| 项目 | 2023年 | 2024年 |
|---|---|---|
| 在校生人数（人） | 780 | 812 |
| 专任教师数（人） | 61 | 64 |

表1-2 各校区情况

| 学校 | 在校生人数（人） |
|---|---|
| 第二实训学校 | 300 |
| 第三实训学校 | 512 |
"""


def test_a_report_as_it_stands_has_the_values_of_its_tables(tmp_path: Path) -> None:
    file = tmp_path / "报告.md"
    file.write_text(REPORT, encoding="utf-8")
    opened = open_submission(file, standard="moe-2024-school")
    found = digest("x", opened.result, opened.standard, opened.report)
    own = {(v.indicator, v.period): (v.value, v.adds) for v in found.values}
    assert own["students.total", "2024"] == (812, True)
    assert own["teachers.total", "2023"] == (61, True)
    assert [(v.scope, v.indicator, v.value) for v in found.told] == [
        ("第二实训学校", "students.total", 300),
        ("第三实训学校", "students.total", 512),
    ]


def test_a_standard_may_set_severities() -> None:
    standard = load("moe-2024-school").model_copy(
        update={"severities": {"RK801": Severity.INFO, "RK201": Severity.INFO}}
    )
    made = area.in_memory(area.area()[0])
    one, other = (digest(name, made, standard, None) for name in "甲乙")
    assert one.severities == {"RK801": Severity.INFO}
    found = check_between([one, other.model_copy(update={"severities": {}})])
    assert [d.severity for d in found["甲"]] == [Severity.INFO]
    assert [d.severity for d in found["乙"]] == [Severity.WARNING]


@settings(deadline=None, max_examples=6, suppress_health_check=list(HealthCheck))
@given(st.lists(submissions(), min_size=2, max_size=3))
def test_any_submissions_can_be_compared(made: list[Submission]) -> None:
    """Whatever a model allows has a digest, which travels, and rules that do not fail."""
    standard = load("moe-2024-school")
    found = []
    for at, each in enumerate(made):
        report = compose(each, standard)
        own = digest(f"第{at}份", area.in_memory(each), standard, report)
        found.append(Digest.model_validate_json(own.model_dump_json(exclude_defaults=True)))
    check_between(found, area.roster(), strict=True)
