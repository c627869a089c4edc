"""A small batch worded by hand, so that its summary changes only when the summary does."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from reportkit.batch.outcome import Item, Outcome, State
from reportkit.batch.summary.figures import Summary, summarise
from reportkit.checks.between import Chapter, Digest, Value
from reportkit.model.base import Place
from reportkit.model.data import IndicatorKind
from reportkit.model.diagnostic import Diagnostic, Related
from reportkit.model.standard import Need, PartKind, SectionSpec, Standard
from reportkit.model.submission import DataPeriod, Explanation, Organisation
from tests.batch.outcomes import diagnostic, files, unread
from tests.builders import optional, standard

WINDOW = DataPeriod(start=date(2024, 1, 1), end=date(2024, 12, 31))
STANDARD = standard(
    SectionSpec(id="overview", title="概况"),
    SectionSpec(id="work", title="工作"),
    SectionSpec(id="outlook", title="展望", need=Need.OPTIONAL),
    parts=(optional(PartKind.TOC), PartKind.BODY),
)
STANDARDS: dict[str, Standard] = {STANDARD.id: STANDARD}
CHANGE = diagnostic(
    "RK412",
    "“合计”的增长率（%）为 12.00，按两期数应为 25%",
    Place(file="chapters/2.md", line=14, column=9),
    section="二、工作 › （一）服务",
    quote="12.00",
    expected="按两期数计算：(25 − 20) ÷ 20 × 100% = 25%",
    hint="核对两期的数和增长率。",
    source="通行做法：增长率 = 增长量 ÷ 上期",
    related=(
        Related(place=Place(file="chapters/2.md", line=14), section="二、工作 › （一）服务"),
        Related(place=Place(file="chapters/1.md", line=3), section="一、概况", quote="20"),
    ),
)
MISSING = diagnostic(
    "RK201",
    "缺少“概况”一章",
    Place(file="report.yaml", line=9),
    expected="有“概况”",
    hint="补写这一章。",
)
ROUND = diagnostic(
    "RK235",
    "案例标题像是句子",
    Place(file="chapters/2.md", line=30),
    section="二、工作 › （二）案例",
    quote="我们做了很多{{ n }}",
)
ANSWERED = ROUND.model_copy(update={"explained": "标题沿用活动的名称。"})
NOTE = diagnostic("RK225", "封面没有写网址", Place(file="report.yaml"), hint="补写网址。")
COPIED = diagnostic(
    "RK821",
    "有 2 段（180 字）与“乙处”的相同或相近（96%）",
    Place(file="chapters/2.md", line=20),
    section="工作",
    quote="逐台查看油位",
    hint="改写为本单位的情况。",
    related=(
        Related(
            place=Place(file="chapters/2.md", line=22),
            section="工作",
            quote="逐台查看油位",
            item="乙",
        ),
    ),
)
TURNED = COPIED.model_copy(
    update={
        "message": "有 2 段（180 字）与“甲处”的相同或相近（96%）",
        "place": Place(file="chapters/2.md", line=22),
        "related": (
            COPIED.related[0].model_copy(
                update={"place": Place(file="chapters/2.md", line=20), "item": "甲"}
            ),
        ),
    }
)
ABSENT = diagnostic("RK803", "名录中的“丁处”没有报送", Place(file="名录.csv", line=5))


def outcome(
    name: str,
    *diagnostics: Diagnostic,
    state: State = State.FAILED,
    region: str | None = "东区",
    chapters: Iterable[Chapter] = (),
    **more: object,
) -> Outcome:
    """An item of the organisation ``name``处."""
    digest = Digest(
        item=name,
        organisation=Organisation(name=f"{name}处", region=region),
        standard=STANDARD.id,
        level="other",
        title=f"{name}处年度报告（2025）",
        title_year=2025,
        data_period=WINDOW,
        current="2024",
        values=VALUES,
        chapters=tuple(chapters),
    )
    facts = {
        "item": Item(name=name, paths=(name,), form="folder"),
        "key": name,
        "state": state,
        "title": digest.title,
        "pages": 12 if state is State.PASSED else None,
        "diagnostics": diagnostics,
        "digest": digest,
        "files": files(name, digest.title, state is State.PASSED),
        **more,
    }
    return Outcome.model_validate(facts)


VALUES = (
    Value(
        indicator="visits",
        name="来访",
        kind=IndicatorKind.COUNT,
        unit="人",
        period="2024",
        value=Decimal("120"),
        source="登记表",
    ),
    Value(
        indicator="visits.rate",
        name="增长率",
        kind=IndicatorKind.RATE,
        unit="%",
        period="2024",
        scope="全部",
        value=Decimal("12.5"),
        source="visits / before * 100",
        computed=True,
    ),
    Value(
        indicator="funds",
        name="经费",
        kind=IndicatorKind.AMOUNT,
        unit="元",
        period="2023",
        missing="不公开",
        own=True,
    ),
)
BOTH = (
    Chapter(title="概况", spec="overview", hanzi=900, tables=1),
    Chapter(title="工作", spec="work", hanzi=3000, cases=2),
)


def batch() -> tuple[list[Outcome], dict[str, list[Diagnostic]]]:
    """Outcomes of every kind, and what is found between them."""
    made = [
        outcome("甲", state=State.PASSED, chapters=BOTH),
        outcome("乙", NOTE, state=State.PASSED, region="西区", chapters=BOTH[1:]),
        outcome(
            "丙",
            *(MISSING, CHANGE, ROUND, ANSWERED, NOTE),
            chapters=(Chapter(title="工作", spec="work"), Chapter(title="另写的", hanzi=20)),
            spots=(
                ("报告信息（report.yaml）第 9 行",),
                ("表2-1“合计”一行", "表2-1“合计”一行", "第 1 段"),
                ("案例2-1的标题",),
                ("案例2-1的标题",),
                ("报告信息（report.yaml）",),
            ),
            explanations=(
                Explanation(rule="RK235", at="case:x", reason="标题沿用活动的名称。"),
                Explanation(rule="RK444", at="case:y", reason="已经不在了的说明。"),
            ),
        ),
        outcome("戊", state=State.PASSED, region=None, chapters=BOTH),
        unread("坏 文件", State.UNREADABLE, "文件不完整，打不开。"),
        unread("慢文件", State.TIMEOUT, "检查用时超过 300 秒"),
    ]
    between = {"甲": [COPIED], "乙": [TURNED], "": [ABSENT]}
    return made, between


def summary(letters: bool = True) -> Summary:
    """All that is shown of the batch."""
    made, between = batch()
    paths = {each.item.name: f"审核意见/{each.item.name}.docx" for each in made}
    return summarise(made, between, STANDARDS, paths if letters else {})
