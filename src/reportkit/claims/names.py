"""Whom a number is about: kinds of schools, named organisations, the whole of the report.

Rule of the language: an organisation is named by a proper part and a noun of its kind; the noun
alone (学校, 该校, 学院) points back to the last one named. Words for the whole (全市, 各院校) add
nothing to a subject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SCOPES: tuple[tuple[str, str], ...] = (
    ("附设中职班", "附设中职班|附设中职校?"),
    ("成人中专", "成人中等专业学校|成人中专学?校?"),
    ("技工", "技工学校|技工院校|技工教育|技校"),
    ("职业高中", "职业高中学校|职业高中校?|职高"),
    ("中专", "普通中专学?校?|中等专业学校|(?<!其)中专学校|(?<!其)中专(?!业)"),
    ("高职", "高职院校|高职学校|高等职业院校|高等职业学校|高等职业教育|高职高专院校|高职教育|高职"),
    ("中职", "中职学校|中职院校|中等职业院校|中等职业学校|中等职业教育|中职教育|(?<!其)中职(?!业)"),
    ("普高", "普通高中"),
    ("公办", "公办"),
    ("民办", "民办"),
    ("普通本科", "普通本科院校|本科院校"),
)
"""Kinds of schools by which figures are told apart, with the words for each."""

_SCOPE = re.compile("|".join(f"(?P<s{i}>{words})" for i, (_, words) in enumerate(SCOPES)))
_BOTH = re.compile("中高职|高职和中职|中职和高职|中、高职|高、中职|中职、高职|高职、中职")

WHOLE = re.compile(
    "各类职业院校|各级各类|职业院校|职业学校|全市|全区|全县|全省|全校|全院|我市|我区|我校|本市|本区|本校"
    "|各院校|各学校|各校|各区|市属|区属|各类"
)
"""Words for the whole that the report is about."""

_KIND = (
    "教育中心学校|职教中心学校|教育中心校|职教中心校|职业技术学院|职业技术大学|职业学院|职业大学|技师学院|高等专科学校|学院|大学|职业高中|职业学校"
    "|中心学校|中等专业学校|实验学校|中学|小学|学校|附中|职教中心|教育中心|幼儿园|有限责任公司|有限公司"
    "|公司|集团|研究院|科学院|联合体|共同体|联盟"
)
_ORGANISATION = re.compile(rf"(?:{_KIND})(?![\u4e00-\u9fff]?[院部]长)")
_BEFORE = re.compile("[\u4e00-\u9fffA-Za-z]{2,16}$")
_NOT_PROPER = re.compile(
    r"(?:[办所个家类各多该本此某其我]|全[市区校国县]|[一二三两四五六七八九十几]所?|中等|高等|职业|技术|技工"
    r"|中职|高职|中专|成人|普通|独立|设置|公办|民办|本科|专科|示范|骨干|重点|试点|合作|成员|牵头|结对"
    r"|国家级?|市级|区级|省级|省部级|优质|大型|中小|小微|知名|龙头|行业|企业|产业|职教|教育|联合|参与"
    r"|开设|开展|共建|建设|成立|组织|入选|推进|校企|区域|市域|产教|融合|工程师|现代|特色|专业|招生|社区"
    r"|艺术|中外|海外|国外|境外|国内|外国|培训|办学|开放|二级|马克思主义|首都|附设|跨区|跨境|依托"
    r"|地区|共有|在办|各级|大中小|京津冀"
    r"|与|和|及|等|的|在|由|对|为|是|有|向|从|将|把|被|以|于|并|共|新|名|至|到|使|让|于)*"
)
_WORDY = re.compile(
    "批准|升入|考入|进入|走进|其他|本校|该校|合设|所有|所在|每所|全体|各所|教师|学生|毕业生|专家|部分|若干|一批"
    "|通过|经过|坚持|推动|支持|服务|帮助|面向|聚焦|围绕|针对|国际合作|职普|办学|主管|原有|同类|周边|附近"
    "|激发|深化|持续|建设|推进|打造|牵头|入选|首批|教育部|了|构建|开展|进行|包括|设立|成立|推荐|国外|境外|海外|开办|举办|立足|各级"
)
"""Words that no proper name of an organisation holds."""
_LINK = re.compile(
    "与|和|及|联合|携手|会同|由|在|对(?!外)|为|向|从|是|于|的|等|将|把|被|以|支持|依托|组织|共有|现有|有"
    "|其中|选派|聘请|邀请|参与|赴|到|年"
)
ANAPHOR = re.compile(r"^(?:该校|本校|我校|学校|学院|该院|该学院|该中心|中心|联合体|共同体|集团)")


@dataclass(frozen=True, slots=True)
class Whom:
    """The kinds of schools and the organisations that a stretch of text names."""

    scopes: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation named at ``start`` to ``end``."""

    text: str
    start: int
    end: int


def organisations(text: str, start: int, end: int, region: tuple[str, ...] = ()) -> Iterator[Name]:
    """Organisations that are named with a proper name in a stretch of text.

    The names of the report's own ``region`` before a general noun make no proper name.
    """
    at = start
    for found in _ORGANISATION.finditer(text, start, end):
        before = _BEFORE.search(text[max(at, found.start() - 16) : found.start()])
        at = found.end()
        if before is None:
            continue
        proper = before[0]
        for link in _LINK.finditer(proper):
            proper = before[0][link.end() :]
        bare = proper
        for name in region:
            bare = bare.removeprefix(name)
        if len(bare) >= 2 and not _WORDY.search(bare) and not _NOT_PROPER.fullmatch(bare):
            yield Name(proper + found[0], found.start() - len(proper), found.end())


def scopes(text: str, start: int = 0, end: int | None = None) -> frozenset[str]:
    """Kinds of schools named in a stretch of text; 中高职 names none, it is the whole."""
    stop = len(text) if end is None else end
    bare = _BOTH.sub("", text[start:stop])
    return frozenset(SCOPES[int(m.lastgroup[1:])][0] for m in _SCOPE.finditer(bare) if m.lastgroup)


def strip_scopes(text: str) -> str:
    """The text without words for kinds of schools and for the whole."""
    return WHOLE.sub("", _SCOPE.sub("", _BOTH.sub("", text)))
