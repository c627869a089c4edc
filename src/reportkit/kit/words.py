"""The words that a kit prints, in one place: whoever reads it back must know them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.blocks import Paragraph, Section
from ..model.standard import Content, Need, SectionSpec, Standard, TableSpec
from ..standards.scaffold import MARKER, new_submission

TEMPLATE, WORKBOOK = "填报模板.docx", "填报数据.xlsx"
STANDARD_PROPERTY, VERSION_PROPERTY = "reportkit.standard", "reportkit.version"
SECTION, HEADING, TABLE, CAPTION = "section:", "heading:", "table:", "caption:"
GUIDANCE, CASE, FACT, FIXED = "guidance:", "case:", "fact:", "kit:"
"""How the tags of content controls begin; the id follows."""

CASE_TITLE, CASE_TEXT = "【请填写案例标题】", "【请填写案例正文】"
_PLACEHOLDER = re.compile(
    r"【请(?:填写|放入|插入)[^】]{0,80}】|（(?:本章|本节)概述，可以不写）"
    r"|(?:单击或点击|单击|点击)此处输入文字。?|Click or tap here to enter text\.?"
)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the sheet of facts: the key of the metadata, its label, what it asks for."""

    key: str
    label: str
    asks: str
    needed: bool = True


FACTS = (
    Fact("title", "报告标题", "【请填写报告标题】"),
    Fact("title_year", "标题年度", "【请填写年度】"),
    Fact("organisation", "单位全称", "【请填写单位全称】"),
    Fact("code", "学校（机构）标识码", "【请填写标识码，没有的不填】", needed=False),
    Fact("start", "数据起始日期", "【请填写日期】"),
    Fact("end", "数据截止日期", "【请填写日期】"),
    Fact("date", "封面编制年月", "【请填写年月，如 2024年12月】", needed=False),
    Fact("filed_on", "报送日期", "【请填写日期，如 2024年12月20日】"),
)
FACTS_HEADER = ("报告信息", "填写内容")


def facts(standard: Standard) -> tuple[Fact, ...]:
    """The facts that a kit asks for: those of every report, and the fields of the statement."""
    fields = [
        name
        for part in standard.parts
        if part.part.value == "statement" and part.need is not Need.FORBIDDEN
        for name in part.fields
    ]
    return FACTS + tuple(
        Fact(f"statement.{name}", f"声明：{name}", "【请填写，留待签字盖章的不填】", needed=False)
        for name in fields
    )


def notes(standard: Standard) -> tuple[str, ...]:
    """The lines of the note on the first page."""
    return (
        f"编制规范：{standard.title}（标识 {standard.id}，版本 {standard.version}）",
        "一、先填下面的“报告信息”，再逐节填写；数字填在同一文件夹的“填报数据.xlsx”里。",
        "二、标题已按规范排好，不能改动；在灰色的“请填写”处直接打字，也可以粘贴文字、表格和图片。",
        "三、需要增加下一级标题时，套用“标题 2”“标题 3”等样式，编号自动生成。"
        "可选的节不写，就连标题一起删去。",
        f"四、以“{MARKER}”开头的小字是提示，删不删都可以，不会印进报告。",
        "五、表题、图题、案例标题的写法见文末“样例”，复制后改成自己的内容；编号由程序统一编排，不用填。",
        "六、封面、声明、目录、页码由程序生成。填好后把两个文件一起交给负责汇总的人，"
        "或运行 reportkit import 填报模板.docx 填报数据.xlsx --out 我的报告。",
    )


SAMPLE_TITLE = "样例（复制使用，本页不会印进报告）"
SAMPLE_TABLE_CAPTION = "【表】表题写在表的上方"
SAMPLE_TABLE = (("项目", "上年", "本年"), ("甲", "0", "0"), ("乙", "0", "0"))
SAMPLE_SOURCE = "数据来源：写明出处"
SAMPLE_PICTURE = "【请插入图片】"
SAMPLE_FIGURE_CAPTION = "【图】图题写在图的下方（单位名称）"
SAMPLE_CASE = "【案例】案例标题（单位名称）"
SAMPLE_CASE_TEXT = "案例正文写背景、做法和成效，可以分几段，也可以插入图片。"
_SAMPLE = (
    SAMPLE_TITLE,
    SAMPLE_TABLE_CAPTION,
    SAMPLE_SOURCE,
    SAMPLE_FIGURE_CAPTION,
    SAMPLE_CASE,
    SAMPLE_CASE_TEXT,
)
TABLE_NOTE = "数值填在“填报数据.xlsx”的“指标”表，导入时自动写入；填在这里也可以，两处都填的须一致。"


def prompt(section: Section, spec: SectionSpec) -> str:
    """The placeholder of a section's text."""
    if not wants_text(spec):
        return "（本节概述，可以不写）"
    return f"【请填写“{section.title or spec.title}”的内容】"


def wants_text(spec: SectionSpec) -> bool:
    """Whether prose must stand directly under the heading."""
    return Content.PROSE in spec.expects and not spec.sections


def outline(specs: tuple[SectionSpec, ...], level: int = 1) -> Iterator[tuple[SectionSpec, int]]:
    """All sections of an outline that may be written, with their levels, in order."""
    for spec in specs:
        if spec.need is not Need.FORBIDDEN:
            yield spec, level
            yield from outline(spec.sections, level + 1)


def mandated(standard: Standard) -> tuple[TableSpec, ...]:
    """The tables that stand ready in the template."""
    return tuple(t for t in standard.tables if t.need in (Need.REQUIRED, Need.CONDITIONAL))


def guidance(standard: Standard) -> dict[str, tuple[str, ...]]:
    """What each section's guidance says, by the section's id."""
    made: dict[str, tuple[str, ...]] = {}

    def visit(sections: tuple[Section, ...]) -> None:
        for section in sections:
            texts = (b.text for b in section.blocks if isinstance(b, Paragraph))
            made[section.id or ""] = tuple(texts)
            visit(section.sections)

    visit(new_submission(standard, "单位", 2000).chapters)
    return made


def bare(text: str) -> str:
    """A text as it is compared: without blanks."""
    return _BLANK.sub("", text)


def is_prompt(text: str) -> bool:
    """Whether a text is nothing but a placeholder."""
    return not bare(_PLACEHOLDER.sub("", text)) and bool(text.strip())


def fixed(standard: Standard) -> frozenset[str]:
    """All lines that a kit prints and its reader does not take for content, in bare form."""
    lines = [*notes(standard), *_SAMPLE, TABLE_NOTE, MARKER + TABLE_NOTE, "填报模板"]
    for texts in guidance(standard).values():
        lines += texts
    return frozenset(map(bare, lines))
