"""How sentences are read: subjects, scopes, periods, roles, parts; and that nothing ever fails."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.claims.claim import Claim, Role
from reportkit.claims.families import covers, cross, disjoint
from reportkit.claims.names import organisations, scopes
from reportkit.claims.parts import Mark
from reportkit.claims.periods import Kind, periods
from reportkit.claims.sentences import sentences
from reportkit.claims.subjects import subject
from reportkit.claims.units import words

from .support import book, findings


def claims(text: str) -> dict[str, Claim]:
    """The claims of a paragraph by the words of their numbers."""
    return {claim.quantity.text: claim for claim in book(text).claims}


@pytest.mark.parametrize(
    ("text", "number", "role", "sign"),
    [
        ("招生253人", "253人", Role.COUNT, 0),
        ("较上年增加58人", "58人", Role.CHANGE, 1),
        ("比2021年减少58人", "58人", Role.CHANGE, -1),
        ("增幅达12.8%", "12.8%", Role.GROWTH, 1),
        ("同比下降3%", "3%", Role.GROWTH, -1),
        ("占教师总数的21%", "21%", Role.SHARE, 0),
        ("双师型教师占比21%", "21%", Role.SHARE, 0),
        ("就业率98.2%", "98.2%", Role.RATE, 0),
        ("合格率提高到98.2%", "98.2%", Role.RATE, 0),
        ("提高1.2个百分点", "1.2个百分点", Role.POINTS, 1),
        ("新增专业3个", "3个", Role.COUNT, 0),
        ("新增3个专业", "3个", Role.COUNT, 0),
        ("增长2倍", "2倍", Role.TIMES, 1),
        ("生师比12:1", "12:1", Role.RATIO, 0),
        ("约80%的毕业生选择就业", "80%", Role.SHARE, 0),
    ],
)
def test_roles(text: str, number: str, role: Role, sign: int) -> None:
    claim = claims(text)[number]
    assert (claim.role, claim.sign) == (role, sign)


@pytest.mark.parametrize(
    ("text", "number", "core"),
    [
        ("专任教师共有297人", "297人", "专任教师"),
        ("教师总数达到297人", "297人", "教师"),
        ("行业导师数量持续扩充，达293人", "293人", "行业导师"),
        ("建成31个市级专业群", "31个", "建成市级专业群"),
        ("20个紧缺专业和2个前瞻方向", "2个", "前瞻方向"),
        ("生均图书36册", "36册", "生均图书"),
    ],
)
def test_subjects(text: str, number: str, core: str) -> None:
    assert claims(text)[number].subject.core == core


def test_word_order_does_not_matter() -> None:
    assert subject("“双师型”专任教师").key == subject("专任教师“双师”人数（人）").key
    assert subject("校外兼课教师").key != subject("校内兼课教师").key


def test_changes_belong_to_the_value_before() -> None:
    found = claims("高职院校招生362人，比上年增加41人，增幅12.8%；中职学校招生133人，减少9人。")
    assert found["41人"].of is found["362人"]
    assert found["12.8%"].of is found["362人"]
    assert found["9人"].of is found["133人"]
    assert found["133人"].whom.scopes == {"中职"}


def test_respective_numbers_find_their_counts() -> None:
    found = claims("校内基地96个、校外基地41个，分别较上年增加8个和5个。")
    assert found["8个"].of is found["96个"]
    assert (found["5个"].of, found["5个"].role) == (found["41个"], Role.CHANGE)


def test_periods_hold_until_the_next() -> None:
    found = claims("2022年招生253人，比2021年增加58人。毕业182人。2019届上线率90%。")
    assert found["253人"].period is not None
    assert found["253人"].period.year == 2022
    assert found["58人"].against is not None
    assert found["58人"].against.year == 2021
    assert found["182人"].period is not None
    assert found["182人"].period.year == 2022
    assert found["90%"].period is not None
    assert found["90%"].period.kind is Kind.CLASS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("近三年", Kind.SPAN),
        ("自2015年以来", Kind.SPAN),
        ("2024-2025学年度", Kind.SCHOOL_YEAR),
        ("2023届", Kind.CLASS),
        ("计划到2027年", Kind.TARGET),
        ("较上年", Kind.BASE),
        ("去年", Kind.LAST),
    ],
)
def test_kinds_of_periods(text: str, kind: Kind) -> None:
    assert [p.kind for p in periods(text, 0, len(text))] == [kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲城财贸职业学院与乙市商业学校联合开展", ["甲城财贸职业学院", "乙市商业学校"]),
        ("全区中等职业学校共有", []),
        ("6所高职院校", []),
        ("该校是国家级重点职业学校", []),
        ("示例区中等职业学校招生", []),
    ],
)
def test_organisations(text: str, names: list[str]) -> None:
    found = organisations(text, 0, len(text), ("示例区",))
    assert [name.text for name in found] == names


def test_scopes() -> None:
    assert scopes("高职院校专任教师") == {"高职"}
    assert scopes("其中专任教师") == frozenset()
    assert scopes("中高职院校") == frozenset()


def test_exclusions_set_no_scope() -> None:
    found = claims("公办学校教职工379人（不含附设中职班），其中专任教师313人。")
    assert found["313人"].whom.scopes == {"公办"}


@pytest.mark.parametrize(
    ("text", "parts", "mark", "complete"),
    [
        ("教师60人，其中男教师20人、女教师40人。", 2, Mark.OF_THEM, True),
        ("经费90万元，其中拨款60万元，其他30万元。", 2, Mark.OF_THEM, True),
        ("面积70万平方米（含自有56万平方米，租用14万平方米）。", 2, Mark.BRACKETS, False),
        ("在校生60人（男生20人，女生40人）。", 2, Mark.BRACKETS, True),
        ("共有8名学员结业，2人升学、3人就业、3人参军。", 3, Mark.LIST, True),
        ("教师30人、职员10人，共40人。", 2, Mark.SUM, True),
        ("学校76所。其中，高职25所，中专51所。", 2, Mark.OF_THEM, False),
        ("获奖31项，其中一等奖4项、二等奖27项，同比增加5项。", 2, Mark.OF_THEM, False),
    ],
)
def test_wholes_and_parts(text: str, parts: int, mark: Mark, complete: bool) -> None:
    (found,) = (group for passage in book(text).passages for group in passage.groups)
    assert (len(found.parts), found.mark, found.complete) == (parts, mark, complete)


def test_families() -> None:
    assert disjoint(["一等奖", "二等奖", "三等奖"])
    assert disjoint(["男教师", "女教师"])
    assert not disjoint(["硕士及以上学历", "博士学历"])
    assert len(covers(2, "硕士及以上")) == 2
    assert cross(["双师型教师", "高级职称教师"])
    assert not cross(["副高级", "中级"])


def test_marks_inside_quotes_and_numbers_part_nothing() -> None:
    (passage,) = book("开展“甲、乙，丙”活动1,234次、比例1：2.5。").texts.passages
    (sentence,) = sentences(passage)
    assert [passage.text[i.start : i.end] for i in sentence.items] == [
        "开展“甲、乙，丙”活动1,234次",
        "比例1：2.5",
    ]


FRAGMENTS = st.sampled_from(
    sorted(
        words(
            "其中 共 占 占比 的 比 较上年 增加 减少 增长 提高到 分别 为 、 ， 。 ； （ ） ：",
            "等 由 到 12人 3.5% 1.2万元 5个百分点 2倍 1:3 教师 学生 高职院校 2022年 2023届",
            "9月31日 一等奖3项 二等奖5项 合计 三个方面 一是 二是 “甲” 与上年持平 生均 人次",
            "亿 不足 近 余 以上 甲城职业学校 该校 —— 百分之",
        )
    )
)


@settings(max_examples=300)
@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_any_prose_is_read_without_failing(text: str) -> None:
    for finding in findings(text):
        assert finding.quote
        assert finding.quote in text
        assert finding.place.line == 1


@settings(max_examples=100)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_is_read_without_failing(texts: list[str]) -> None:
    findings(*texts)
