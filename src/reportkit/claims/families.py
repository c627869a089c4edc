"""Families of words of which a thing has one only: prizes, degrees, ranks, sexes.

Rule of the field: a teacher's highest degree is one of these, a work wins one prize. 及以上 takes
in what stands higher in the family.
"""

import re
from collections.abc import Sequence

FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "奖项",
        ("特等奖", "一等奖|第一名|冠军", "二等奖|第二名|亚军", "三等奖|第三名|季军",
         "优秀奖|优胜奖|入围奖"),
    ),
    ("奖牌", ("金牌|金奖|枚金|金(?=$)", "银牌|银奖|枚银|银(?=$)", "铜牌|铜奖|枚铜|铜(?=$)")),
    ("学历", ("博士", "硕士", "本科|学士", "专科|大专", "中专|高中")),
    ("职称", ("正高|教授级", "副高", "中级|讲师", "初级|助理", "未定级|无职称|未评")),
    ("性别", ("男", "女")),
    ("层次", ("高职|专科", "中职")),
    ("办学", ("公办", "民办")),
    ("资助", ("一等", "二等", "三等")),
    ("级别", ("国家级", "省部级|省级", "市级", "区级|县级", "校级")),
    (
        "评价",
        ("非常满意|很满意", "(?<!不)(?<!比较)(?<!基本)(?<!非常)满意", "基本满意|比较满意", "一般",
         "不满意"),
    ),
    ("等级", ("优秀", "良好", "(?<!不)合格|及格", "不合格|不及格")),
)  # fmt: skip
"""Each family from the highest member down."""

_FAMILIES = tuple(
    (name, tuple(re.compile(member) for member in members)) for name, members in FAMILIES
)
ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("双师", "双师"),
    ("学历", "博士|硕士|研究生|本科|学士|专科学历|学历|学位"),
    ("职称", "正高|副高|高级|中级|初级|教授|讲师|职称"),
    ("政治面貌", "党员|团员"),
    ("年龄", "岁|青年|中青年"),
    ("性别", "女|男"),
    ("荣誉", "骨干|带头人|名师|标兵|模范|工匠|优秀|先进"),
    ("课程", "公共基础课|专业课|思政课|文化课"),
    ("来源", "外聘|兼职|兼课|行业导师|企业"),
)
"""Ways to sort people that cut across each other: one teacher can be 双师型 and hold a degree."""

_ATTRIBUTES = tuple((name, re.compile(words)) for name, words in ATTRIBUTES)
_AND_ABOVE = re.compile("(?:及|或)?以上")


UNIONS: tuple[tuple[str, str, int], ...] = (
    ("职称", "(?<![正副])高级", 2),
    ("学历", "研究生", 2),
)
"""Words for the highest members of a family together: family, word, how many."""

_UNIONS = tuple((name, re.compile(word), many) for name, word, many in UNIONS)


def covers(family: int, text: str) -> frozenset[int]:
    """The members of a family that a text names, with those above where it says 及以上."""
    title, members = _FAMILIES[family]
    for name, word, many in _UNIONS:
        if name == title and word.search(text):
            return frozenset(range(many))
    named = [i for i, member in enumerate(members) if member.search(text)]
    if not named:
        return frozenset()
    if _AND_ABOVE.search(text):
        return frozenset(range(max(named) + 1))
    return frozenset(named)


_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        ("男", "女"), ("公办", "民办"), ("校内", "校外"), ("线上", "线下"), ("城镇|城市", "农村"),
        ("国内|境内", "国外|境外"), ("本[省市区地校]|市内|省内", "外[省市区地校]|市外|省外"),
        ("(?<!非)独立", "非独立"), ("(?<!非)专业", "非专业"), ("走读", "住(?:校|宿)|寄宿"),
        ("应届", "往届"), ("理论", "实践|实训|实操"),
    )
)  # fmt: skip
"""Words that share out a whole between them."""


def opposites(texts: Sequence[str]) -> bool:
    """Whether two texts are the two sides of one whole: 男 and 女, 校内 and 校外, 甲 and 非甲."""
    if len(texts) != 2:
        return False
    for one, other in (texts, texts[::-1]):
        noun = one.strip()
        if len(noun) > 1 and f"非{noun}" in other:
            return True
        for first, second in _OPPOSITES:
            both = first.search(one) and second.search(other)
            if both and not (second.search(one) or first.search(other)):
                return True
    return False


def disjoint(texts: Sequence[str]) -> bool:
    """Whether all texts name members of one family, and no two the same."""
    return len(texts) > 1 and any(_parted(family, texts) for family in range(len(FAMILIES)))


def _parted(family: int, texts: Sequence[str]) -> bool:
    seen: frozenset[int] = frozenset()
    for text in texts:
        own = covers(family, text)
        if not own or own & seen:
            return False
        seen |= own
    return True


def largest_disjoint(texts: Sequence[str]) -> list[int]:
    """Indices of the texts that name members of one family and do not overlap; the most there are.

    硕士及以上 takes in 博士, which is then left out.
    """
    best: list[int] = []
    for family in range(len(FAMILIES)):
        found = [(i, covers(family, text)) for i, text in enumerate(texts)]
        chosen: list[int] = []
        seen: frozenset[int] = frozenset()
        for i, own in sorted((f for f in found if f[1]), key=lambda f: -len(f[1])):
            if not own & seen:
                chosen.append(i)
                seen |= own
        if len(chosen) > max(1, len(best)):
            best = sorted(chosen)
    return best


def cross(texts: Sequence[str]) -> bool:
    """Whether the texts sort by different attributes, so that their numbers may overlap."""
    found = [{name for name, words in _ATTRIBUTES if words.search(text)} for text in texts]
    named = [each for each in found if each]
    return len(named) > 1 and not set.intersection(*named)
