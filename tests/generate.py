"""Valid submissions of any size under any standard, made from a seed.

Every number in them agrees with every other: totals are sums, shares and growth are computed, and
each subject is named once. Used by the benchmark, by the mutation tests and for load.
"""

import io
import random
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reportkit.composing.facts import Facts, NoValueError, Wanted, rounded
from reportkit.composing.values import Values
from reportkit.model.blocks import (
    Block,
    Case,
    Chapter,
    Chart,
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
    Table,
)
from reportkit.model.data import Dataset, Observation
from reportkit.model.standard import Content, SectionSpec, Standard
from reportkit.model.submission import (
    Asset,
    Cover,
    DataPeriod,
    Metadata,
    Organisation,
    Submission,
)

ACTORS = (
    "各校",
    "教务部门",
    "专业教研组",
    "实训中心",
    "校企合作办公室",
    "学生工作部门",
    "质量管理部门",
)
ACTIONS = (
    "按年度计划推进{topic}",
    "围绕{topic}完善制度和流程",
    "会同行业企业研究{topic}的具体做法",
    "把{topic}纳入日常检查和学期总结",
    "组织教师就{topic}开展专题研讨",
    "依据学生和家长的意见改进{topic}",
    "将{topic}与课程建设结合起来安排",
)
RESULTS = (
    "形成了可以检查的工作台账",
    "参与面比过去更广",
    "学生的学习体验有所改善",
    "相关经验在教研活动中作了交流",
    "存在的不足已列入下一阶段的改进清单",
    "制度执行情况由专人跟踪",
    "工作节奏与教学进程保持一致",
)
LINKS = ("，", "；同时，", "，并且", "，在此基础上")
PROBLEMS = (
    "当前面临的主要问题和挑战是资源分布不均、专业更新偏慢，"
    "今后将采取调整布局、加强培训等改进措施和对策。"
)
ITEMS = (
    "课程标准",
    "实训项目",
    "教学案例",
    "校本讲义",
    "微课资源",
    "竞赛作品",
    "技术服务",
    "培训班次",
)

_WINDOW = DataPeriod(start=date(2023, 1, 1), end=date(2023, 12, 31))


class Generator:
    """Makes one submission; the same seed gives the same submission."""

    def __init__(self, standard: Standard, characters: int, seed: int = 0) -> None:
        self.standard = standard
        self.characters = characters
        self.random = random.Random(seed)
        self.count = 0
        self.assets: list[Asset] = []

    def submission(self) -> Submission:
        """The submission, of about ``characters`` characters."""
        specs = [s for s in self.standard.outline if s.need.value != "forbidden"]
        leaves = sum(1 for spec in specs for _ in _leaves(spec))
        self.budget = max(120, self.characters // max(1, leaves))
        chapters = tuple(self._chapter(i, spec) for i, spec in enumerate(specs, 1))
        observations = self._observations()
        return Submission(
            metadata=self._metadata(),
            chapters=chapters,
            data=Dataset(observations=observations),
            assets=tuple(self.assets),
        )

    def _observations(self) -> tuple[Observation, ...]:
        """A value for each required indicator; what has a formula is computed."""
        given = [self._observation(r.id) for r in self.standard.required_indicators]
        work = Values(Facts(Dataset(observations=tuple(given)), self.standard.indicators, _WINDOW))
        for at, each in enumerate(given):
            formula = work.facts.indicators[each.indicator].formula
            try:
                value = formula and work.computed(formula, Wanted("", above=(each.indicator,)))
            except NoValueError:
                continue
            if isinstance(value, Decimal):
                given[at] = each.model_copy(update={"value": rounded(value, 2)})
        return tuple(given)

    def _observation(self, indicator: str) -> Observation:
        value = self.random.randint(60, 95)
        return Observation(indicator=indicator, period="2023", value=Decimal(value))

    def _metadata(self) -> Metadata:
        offset = self.standard.year_offset
        year = next(y for y in (2023, 2024) if y - (offset.at(y) if offset else 0) == 2023)
        return Metadata(
            standard=self.standard.id,
            title=f"示例单位年度报告（{year}）",
            title_year=year,
            data_period=_WINDOW,
            filed_on=date(2023, 12, 31),
            organisation=Organisation(name="示例单位"),
            cover=Cover(issuer="示例单位", date="2023年12月"),
            sign_off=("示例单位", "2023年12月31日"),
            statement={f: "示例" for p in self.standard.parts for f in p.fields},
        )

    def _chapter(self, number: int, spec: SectionSpec) -> Chapter:
        section = self._section(spec)
        return Chapter(**dict(section), file=f"chapters/{number:02}-{spec.id}.md")

    def _section(self, spec: SectionSpec) -> Section:
        children = tuple(self._section(s) for s in spec.sections if s.need.value != "forbidden")
        blocks = () if children else tuple(self._blocks(spec))
        aspects = "、".join(words[0] for words in spec.covers)
        lead = f"本章依次说明{aspects}。{PROBLEMS}" if aspects else ""
        if not blocks or lead:
            blocks = (self._paragraph(spec.title, 60, lead), *blocks)
        return Section(
            id=spec.id,
            title=spec.title,
            numbered=spec.numbered,
            blocks=(*blocks, *self._expected(spec)),
            sections=children,
        )

    def _expected(self, spec: SectionSpec) -> Iterator[Block]:
        """What the standard asks for besides prose: kinds of content, and mandated tables."""
        make = {
            Content.TABLE: self._table,
            Content.FIGURE: self._figure,
            Content.CASE: self._case,
            Content.LIST: self._list,
        }
        for content in spec.expects:
            if content in make:
                self.count += 1
                yield from make[content](spec)
        for table in self.standard.tables:
            if table.section == spec.id and table.need.value != "forbidden":
                width = max(map(len, (*table.header, *table.rows)), default=2)
                header = table.header or (("项目", *("内容",) * (width - 1)),)
                rows = tuple(
                    (*row, *("——",) * (width - len(row))) for row in table.rows or (("项目一",),)
                )
                filled = tuple(tuple(cell or "——" for cell in row) for row in rows)
                yield Table(
                    id=f"tbl:{table.id}",
                    caption=table.title,
                    header_rows=len(header),
                    rows=(*header, *filled),
                )

    def _blocks(self, spec: SectionSpec) -> Iterator[Block]:
        left, n = self.budget, 0
        while left > 0:
            size = self.random.randint(120, 320)
            yield self._paragraph(spec.title, size)
            left -= size
            n += 1
            if n % 3 == 0:
                yield from self._object(spec)
                left -= 120

    def _paragraph(self, topic: str, size: int, lead: str = "") -> Paragraph:
        text = lead
        choose = self.random.choice
        while len(text) < size:
            action = choose(ACTIONS).format(topic=topic)
            text += f"{choose(ACTORS)}{action}{choose(LINKS)}{choose(RESULTS)}。"
        return Paragraph(text=text)

    def _object(self, spec: SectionSpec) -> Iterator[Block]:
        self.count += 1
        make = (self._table, self._case, self._chart, self._figure, self._list)[self.count % 5]
        yield from make(spec)

    def _table(self, spec: SectionSpec) -> Iterator[Block]:
        name = f"{spec.title}工作统计（第{self.count}组）"
        rows, sums = [], [0, 0]
        for item in self.random.sample(ITEMS, 6):
            old = self.random.randint(100, 900)
            new = old * self.random.randint(70, 140) // 100
            sums = [sums[0] + old, sums[1] + new]
            rows.append(_growth(item, old, new))
        yield Paragraph(text=f"有关情况见 @tbl:t{self.count}。")
        yield Table(
            id=f"tbl:t{self.count}",
            caption=name,
            unit="项",
            rows=(
                ("项目", "2022年", "2023年", "增长量", "增长率（%）"),
                *rows,
                _growth("合计", *sums),
            ),
        )

    def _case(self, spec: SectionSpec) -> Iterator[Block]:
        yield Case(
            id=f"case:c{self.count}",
            title=f"{spec.title}的做法（之{self.count}）",
            owner="示例单位",
            blocks=(self._paragraph(spec.title, 200), self._paragraph(spec.title, 120)),
        )

    def _chart(self, spec: SectionSpec) -> Iterator[Block]:
        values = [(str(y), str(self.random.randint(20, 90))) for y in range(2019, 2024)]
        yield Paragraph(text=f"变化趋势见 @fig:g{self.count}。")
        yield Chart(
            id=f"fig:g{self.count}",
            caption=f"{spec.title}近年情况（第{self.count}组）",
            unit="项",
            rows=(("年度", "数量"), *values),
        )

    def _figure(self, spec: SectionSpec) -> Iterator[Block]:
        path = f"figures/f{self.count}.png"
        self.assets.append(Asset(path=path, content=_picture(self.count)))
        yield Paragraph(text=f"现场情况见 @fig:f{self.count}。")
        yield Figure(
            id=f"fig:f{self.count}",
            caption=f"{spec.title}示意（第{self.count}组）",
            owner="示例单位",
            image=path,
            alt="示意图",
        )

    def _list(self, spec: SectionSpec) -> Iterator[Block]:
        texts = self.random.sample(RESULTS, 3)
        items = tuple(ListItem(blocks=(Paragraph(text=f"{t}。"),)) for t in texts)
        yield ListBlock(ordered=True, items=items)


def generate(standard: Standard, characters: int, seed: int = 0) -> Submission:
    """A valid submission of about ``characters`` characters."""
    return Generator(standard, characters, seed).submission()


def _leaves(spec: SectionSpec) -> Iterator[SectionSpec]:
    if not spec.sections:
        yield spec
    for child in spec.sections:
        yield from _leaves(child)


def _growth(name: str, old: int, new: int) -> tuple[str, ...]:
    rate = (Decimal(new - old) * 100 / old).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (name, str(old), str(new), str(new - old), str(rate))


def _picture(n: int) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (800, 450), (235, 240 - n % 40, 245))
    ImageDraw.Draw(image).rectangle((60, 60, 740, 390), outline=(120, 140, 160), width=6)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
