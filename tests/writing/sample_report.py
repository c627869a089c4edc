"""A composed report that holds every block and every awkward case, for the tests of both writers.

``sample()`` numbers its chapters 一、（一）1.; ``sample("decimal")`` numbers them 1 / 1.1 / 1.1.1.
"""

import io
from decimal import Decimal

from reportkit.model.report import (
    Entry,
    FootnoteText,
    Heading,
    Label,
    Para,
    Part,
    Picture,
    RBlock,
    RCase,
    RCell,
    RChart,
    Report,
    RFigure,
    RList,
    RListItem,
    RowKind,
    RTable,
    Run,
    Runs,
    Series,
)
from reportkit.model.standard import PartKind
from reportkit.model.submission import Asset

CN = "零一二三四五六七八九十"


def runs(text: str) -> Runs:
    """Plain runs; ``**x**`` is bold."""
    pieces = text.split("**")
    return tuple(
        Run(text=piece, bold=index % 2 == 1) for index, piece in enumerate(pieces) if piece
    )


def para(text: str) -> Para:
    return Para(runs=runs(text))


def picture(width: int, height: int, colour: str, form: str = "PNG", **options: object) -> bytes:
    """A drawn placeholder picture."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, 8, width - 9, height - 9), outline="white", width=4)
    draw.line((8, 8, width - 9, height - 9), fill="white", width=3)
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def table(label: Label, *, landscape: bool = False, notes: tuple[Runs, ...] = ()) -> RTable:
    """A table with a two-level header, a group row, 其中 rows and a total."""
    head = [
        RCell(row=0, column=0, rowspan=2, runs=runs("项目")),
        RCell(row=0, column=1, colspan=2, runs=runs("人数（人）")),
        RCell(row=0, column=3, colspan=2, runs=runs("与上年相比")),
        RCell(row=1, column=1, runs=runs("2021年")),
        RCell(row=1, column=2, runs=runs("2022年")),
        RCell(row=1, column=3, runs=runs("增长量（人）")),
        RCell(row=1, column=4, runs=runs("增长率（%）")),
    ]
    body: list[tuple[RowKind, list[str]]] = [
        ("group", ["学生规模"]),
        ("data", ["招生数", "1204", "1262", "58", "4.82"]),
        ("part", ["其中：女生", "560", "601", "41", "7.32"]),
        ("data", ["在校生数", "3410", "3522", "112", "3.28"]),
        ("total", ["合计", "4614", "4784", "170", "3.68"]),
    ]
    kinds: list[RowKind] = ["header", "header"]
    for kind, texts in body:
        row = len(kinds)
        kinds.append(kind)
        if kind == "group":
            head.append(RCell(row=row, column=0, colspan=5, runs=runs(texts[0])))
            continue
        head += [
            RCell(row=row, column=column, runs=runs(text), numeric=column > 0)
            for column, text in enumerate(texts)
        ]
    return RTable(
        caption=label,
        unit="单位：人",
        columns=5,
        header_rows=2,
        row_kinds=tuple(kinds),
        cells=tuple(head),
        landscape=landscape,
        notes=notes,
    )


def simple_table(label: Label, header: list[str], rows: list[list[str]]) -> RTable:
    """A table of strings; all columns but the first are numeric."""
    cells = [RCell(row=0, column=c, runs=runs(text)) for c, text in enumerate(header)]
    cells += [
        RCell(row=r, column=c, runs=runs(text), numeric=c > 0)
        for r, texts in enumerate(rows, start=1)
        for c, text in enumerate(texts)
    ]
    return RTable(
        caption=label,
        columns=len(header),
        header_rows=1,
        row_kinds=("header", *(["data"] * len(rows))),
        cells=tuple(cells),
    )


class Composer:
    """Numbers headings and captions as a standard would, and collects lists and footnotes."""

    def __init__(self, decimal: bool) -> None:
        self.decimal = decimal
        self.chapter: int | None = None
        self.path: list[int] = []
        self.counts: dict[str, int] = {}
        self.headings: list[Heading] = []
        self.labels: list[Label] = []
        self.footnotes: list[FootnoteText] = []

    def open_chapter(self, number: int | None) -> None:
        self.chapter, self.path, self.counts = number, [number or 0], {}

    def heading(
        self, level: int, title: str, *, numbered: bool = True, number: str | None = None
    ) -> Heading:
        self.path = [*self.path[: level - 1], *([0] * (level - len(self.path)))]
        if numbered and level > 1:
            self.path[level - 1 :] = [self.path_count(level) + 1]
            self.counts[self.path_key(level)] = self.path[level - 1]
        elif level == 1:
            self.path = [self.chapter or 0]
        text = number if number is not None else (self.number(level) if numbered else "")
        made = Heading(
            level=level,
            number=text,
            runs=runs(title),
            anchor=f"h{len(self.headings) + 1}",
        )
        self.headings.append(made)
        return made

    def path_key(self, level: int) -> str:
        return "h" + ".".join(map(str, self.path[: level - 1])) + f"/{level}"

    def path_count(self, level: int) -> int:
        return self.counts.get(self.path_key(level), 0)

    def number(self, level: int) -> str:
        n = self.path[level - 1]
        if self.decimal:
            return ".".join(map(str, self.path)) + " "
        return (f"{CN[n]}、", f"（{CN[n]}）", f"{n}. ", f"（{n}）")[level - 1]

    def label(self, kind: str, title: str, owner: str | None = None, note: str = "") -> Label:
        names = {"table": "表", "figure": "图", "case": "案例"}
        n = self.counts[kind] = self.counts.get(kind, 0) + 1
        label = f"{names[kind]}{self.chapter}-{n}"
        made = Label(
            kind=kind,  # type: ignore[arg-type]
            anchor=f"{kind}-{self.chapter}-{n}",
            label=label,
            label_print=f"【{label}】" if kind == "case" else f"{label} ",
            chapter=self.chapter,
            n=n,
            title=(*runs(title), *(self.note(note) if note else ())),
            owner=owner,
        )
        self.labels.append(made)
        return made

    def note(self, text: str) -> Runs:
        mark = "①②③④⑤⑥⑦⑧⑨⑩"[len(self.footnotes)]
        self.footnotes.append(FootnoteText(mark=mark, runs=runs(text)))
        return (Run(footnote=len(self.footnotes) - 1),)

    def refer(self, label: Label) -> Run:
        return Run(text=label.label, link=f"#{label.anchor}")


LONG = (
    "各校围绕人才培养方案的修订、课程标准的更新与实训条件的改善开展工作，"
    "全年组织教研活动46次，参与教师1180人次，形成教学案例312个；"
    "与企业共同开发的课程占专业课程总数的38.6%，比上年提高2.4个百分点。"
)


def sample(numbering: str = "chinese", *, draft: bool = False) -> Report:
    """The whole sample report."""
    make = Composer(numbering == "decimal")
    chapters = [
        _highlights(make),
        _basics(make),
        _training(make),
        _challenges(make),
    ]
    annex = _annex(make)
    parts = [*_front(make), *chapters, annex, *_back()]
    return Report(
        title="示例区职业教育质量年度报告",
        title_year=2023,
        organisation="示例区教育委员会",
        issuer="示例区教育委员会",
        standard="sample",
        standard_title="示例编制规范",
        date="2023-12-20",
        draft=draft,
        parts=tuple(parts),
        footnotes=tuple(make.footnotes),
        labels=tuple(make.labels),
        assets=(
            Asset(path="figures/wide.png", content=picture(1200, 500, "#3A6EA5")),
            Asset(path="figures/tall.jpg", content=picture(400, 1900, "#7A5C58", "JPEG")),
            Asset(path="figures/still.gif", content=picture(640, 480, "#557A46", "GIF")),
        ),
    )


def _front(make: Composer) -> list[Part]:
    toc = tuple(
        Entry(level=h.level, text=h.text, anchor=h.anchor) for h in make.headings if h.level <= 3
    )

    def entries(kind: str) -> tuple[Entry, ...]:
        return tuple(Entry(text=x.text, anchor=x.anchor) for x in make.labels if x.kind == kind)

    return [
        Part(
            kind=PartKind.COVER,
            anchor="cover",
            lines=(
                ("year", "2023"),
                ("title", "示例区职业教育质量年度报告"),
                ("subtitle", "（中等职业教育）"),
                ("issuer", "示例区教育委员会"),
                ("date", "2023年12月"),
                ("url", "https://www.example.org/report/2023"),
            ),
        ),
        Part(
            kind=PartKind.STATEMENT,
            title="内容真实性责任声明",
            anchor="statement",
            lines=(
                (
                    "text",
                    "本单位对《示例区职业教育质量年度报告》及其附件的真实性、完整性和准确性负责。",
                ),
                ("text", "特此声明。"),
                ("field", "单位名称（盖章）：示例区教育委员会"),
                ("field", "法定代表人（签名）："),
                ("date", "2023年12月20日"),
            ),
        ),
        Part(
            kind=PartKind.PREFACE,
            title="前言",
            anchor="preface",
            blocks=(
                para(f"本报告的数据所属时期为2022年1月1日至2022年12月31日。{LONG}"),
                para(LONG * 3),
                Para(role="sign_off", runs=runs("示例区教育委员会")),
                Para(role="sign_off", runs=runs("2023年12月")),
            ),
        ),
        Part(kind=PartKind.TOC, title="目录", anchor="toc", entries=toc),
        Part(kind=PartKind.LIST_OF_TABLES, title="表目录", anchor="lot", entries=entries("table")),
        Part(
            kind=PartKind.LIST_OF_FIGURES, title="图目录", anchor="lof", entries=entries("figure")
        ),
        Part(kind=PartKind.LIST_OF_CASES, title="案例目录", anchor="loc", entries=entries("case")),
    ]


def _body(make: Composer, blocks: list[RBlock], number: int | None = None) -> Part:
    first = blocks[0]
    assert isinstance(first, Heading)
    return Part(
        kind=PartKind.BODY,
        anchor=f"part-{first.anchor}",
        blocks=tuple(blocks),
        chapter=number,
    )


def _highlights(make: Composer) -> Part:
    make.open_chapter(None)
    blocks: list[RBlock] = [make.heading(1, "改革与发展亮点", numbered=False)]
    for n, title in enumerate(("思政课协同创新", "产教融合共同体", "数字化教学资源"), start=1):
        blocks.append(make.heading(2, title, number=f"{CN[n]}、"))
        blocks.append(para(LONG))
    return _body(make, blocks)


def _basics(make: Composer) -> Part:
    make.open_chapter(1)
    head = make.heading(1, "基本概况")
    head = head.model_copy(update={"runs": head.runs + make.note("统计范围不含技工学校。")})
    scale = make.label("table", "招生、在校生规模与上年相比", note="数据取自事业统计。")
    chart = make.label("figure", "2021—2022年在校生数")
    noted = table(
        scale,
        notes=(
            runs("注：增长率按增长量除以上年数计算，保留两位小数。"),
            runs("数据来源：全国中等职业学校管理信息系统。"),
        ),
    )
    blocks: list[RBlock] = [
        head,
        make.heading(2, "办学规模"),
        Para(
            runs=(
                *runs("2022年招生1262人，比上年增加58人，见"),
                make.refer(scale),
                *runs("；在校生的变化见"),
                make.refer(chart),
                *runs("。**喆堃昇珺**四位教师获“区级骨干教师”称号——这是连续第三年"),
                *make.note("骨干教师的认定办法见https://www.example.org/rules。"),
                *runs("。"),
            )
        ),
        noted,
        para(LONG * 2),
        RChart(
            caption=chart,
            kind="column",
            unit="单位：人",
            categories=("招生数", "在校生数", "毕业生数"),
            series=(
                Series(
                    name="2021年",
                    values=(Decimal(1204), Decimal(3410), Decimal(1102)),
                    shown=("1204", "3410", "1102"),
                ),
                Series(
                    name="2022年",
                    values=(Decimal(1262), Decimal(3522), None),
                    shown=("1262", "3522", "—"),
                ),
            ),
            alt="柱形图：2021、2022两年招生数、在校生数和毕业生数。",
            notes=(runs("数据来源：区教育委员会。"),),
        ),
        make.heading(2, "教师队伍"),
        para(LONG),
    ]
    return _body(make, blocks, 1)


def _training(make: Composer) -> Part:
    make.open_chapter(2)
    head = make.heading(1, "人才培养")
    sections: list[RBlock] = [make.heading(2, "立德树人")]
    wide = make.label("figure", "实训基地平面示意", owner="示例职业学校")
    pair = make.label("figure", "技能大赛掠影")
    story = make.label("case", "把车间搬进课堂", owner="示例职业学校")
    inner = make.label("table", "课程开发情况")
    sections += [
        make.heading(3, "思政教育"),
        Para(
            runs=(
                *runs("一是**健全机制**。"),
                *runs(LONG),
                *runs("详见"),
                Run(text="教育部网站", link="https://www.example.org/moe"),
                *runs("和"),
                make.refer(story),
                *runs("。"),
            )
        ),
        RFigure(
            caption=wide,
            pictures=(Picture(asset="figures/wide.png", alt="实训基地的平面布置。"),),
            notes=(runs("图片来源：示例职业学校"),),
        ),
        make.heading(3, "实践育人"),
        RList(
            ordered=True,
            items=tuple(
                RListItem(marker=f"{n}.", blocks=(para(f"第{CN[n]}项工作。{LONG}"),))
                for n in range(1, 4)
            ),
        ),
        RList(
            ordered=False,
            items=(
                RListItem(marker="•", blocks=(para("校内实践教学场所128个"),)),
                RListItem(
                    marker="•",
                    blocks=(
                        para("校外实践教学场所96个，其中："),
                        RList(
                            ordered=False,
                            items=(
                                RListItem(marker="•", blocks=(para("企业提供61个"),)),
                                RListItem(marker="•", blocks=(para("社区提供35个"),)),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        RCase(
            caption=story,
            heading=runs("**【案例2-1】把车间搬进课堂（示例职业学校）**"),
            blocks=(
                para(f"**做法。**{LONG}"),
                simple_table(
                    inner,
                    ["类别", "门数", "学时"],
                    [["专业课", "12", "864"], ["实训课", "8", "640"]],
                ),
                para(f"**成效。**{LONG}"),
            ),
        ),
        make.heading(2, "技能大赛"),
        Para(number="（1）" if not make.decimal else "2.2.1", runs=runs(f"组织校级比赛。{LONG}")),
        RFigure(
            caption=pair,
            pictures=(
                Picture(asset="figures/still.gif", alt="比赛现场", caption=runs("（a）比赛现场")),
                Picture(asset="figures/tall.jpg", alt="获奖证书", caption=runs("（b）获奖证书")),
            ),
            width=90,
        ),
    ]
    quick = make.label("case", "以赛促教", owner="示例职业学校")
    sections += [
        RCase(
            caption=quick,
            heading=runs("**【案例2-2】以赛促教（示例职业学校）。**"),
            run_in=True,
            blocks=(para(LONG), para(LONG)),
        ),
        RFigure(
            caption=make.label("figure", "遗失的照片"),
            pictures=(Picture(asset=None, alt="学生在实训基地操作设备"),),
        ),
    ]
    return _body(make, [head, *sections], 2)


def _challenges(make: Composer) -> Part:
    make.open_chapter(3)
    blocks: list[RBlock] = [
        make.heading(1, "面临挑战"),
        para(LONG),
        make.heading(2, "师资结构" + "与" * 96),
        Para(
            runs=(
                Run(text="😀表情、公式 E=mc² 与 "),
                Run(text="斜体", italic=True),
                Run(text="\x07。"),
            )
        ),
        table(make.label("table", "各项指标一览（横排）"), landscape=True),
        make.heading(2, "改进措施"),
        para(LONG * 2),
        Para(role="note", runs=runs("注：本章数据截至2022年12月31日。")),
        Para(role="sign_off", runs=runs("示例区教育委员会")),
    ]
    return _body(make, blocks, 3)


def _annex(make: Composer) -> Part:
    make.open_chapter(4)
    rows = [[f"第{n}项指标", str(n * 3), str(n * 4), f"{n / 7:.2f}"] for n in range(1, 61)]
    label = Label(kind="table", anchor="annex-1", title=runs("指标一览表"))
    heading = make.heading(1, "附件 指标表", numbered=False)
    long = simple_table(label, ["指标", "2021年", "2022年", "比值"], rows)
    return Part(kind=PartKind.ANNEX, anchor="annex", blocks=(heading, long))


def _back() -> list[Part]:
    return [
        Part(
            kind=PartKind.SIGN_OFF,
            anchor="sign-off",
            lines=(("organisation", "示例区教育委员会"), ("date", "2023年12月20日")),
        ),
        Part(
            kind=PartKind.COLOPHON,
            anchor="colophon",
            lines=(("text", "示例区教育委员会编印"),),
        ),
    ]
