"""Digits that are no quantities: dates, ordinals, labels, codes, names such as 3+2 or C919."""

import re

_YEAR = r"(?:19|20)\d\d"
_SPACED = r"2 0 \d \d"
_CN = "[零〇一二两三四五六七八九十百千]"

_COUNTED = "余多万千百亿人所个项名门次元家%平台篇件本支位册种场亩套间吨株枚"

_TABLE: tuple[tuple[str, str], ...] = (
    ("web address", r"https?://[!-~]+|[\w.]+@[\w.]+"),
    ("document number", rf"[〔\[(]{_YEAR}[〕\])] ?\d* ?号?"),
    (
        "years",
        rf"{_YEAR} ?年?度? ?(?:-+|~|至|到|、|和|—) ?{_YEAR} ?(?:学年度?|年度?|级|届)?",
    ),
    ("date", rf"(?:{_YEAR}|{_SPACED}) ?年(?: ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?[日号])?)?"),
    ("date in digits", rf"{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)"
        rf"|{_YEAR}[./](?:0[1-9]|1[0-2])(?![\d%]| ?[{_COUNTED}])"),
    ("class of a year", r"(?<!\d)(?:\d{4}|\d\d) ?(?:级|届)(?!别|及)"),
    ("bare year", rf"(?<![\d.,]){_YEAR}(?![\d.,]*\d| ?[{_COUNTED}])"),
    ("month", r"(?<!\d)\d{1,2} ?月(?: ?\d{1,2} ?[日号])?(?:份)?"),
    ("day", r"(?<!\d)\d{1,2} ?日(?=至|到|起|前|晚|上|下|,|，|、)"),
    ("ordinal", rf"第 ?(?:\d+|{_CN}+)"),
    ("length of a course", rf"(?:\d|{_CN})+ ?年(?:一贯)?制"),
    ("label", r"(?:表|图|案例|附件|附表|附图|专栏|(?<!比)例)[ :]?\d+(?: ?[-.] ?\d+)*"
        r"(?!\d| ?[个篇项则件份幅张余多])"),
    ("steps", r"[A-Za-z\d]+(?: ?\+ ?(?:[A-Za-z\d]+|[\u4e00-\u9fff]))+"),
    ("dotted number", r"(?<!\d)\d+(?:\.\d+){2,}"),
    ("name with digits", r"[A-Za-z][A-Za-z-]*\d[A-Za-z\d.-]*"),
    (
        "digits in a name",
        r"\d+(?:[A-Z]{1,3}|[a-z](?=-))(?![A-Za-z])(?<!MB)(?<!GB)(?<!TB)(?<!\dM)",
    ),
    ("number of a thing", r"\d+ ?号(?!召)|(?:编号|代码|电话|邮编|学号|编码)[:为是]? ?[\dA-Za-z-]+"),
    ("long code", r"\d{9,}(?![.\d])"),
)  # fmt: skip

_ALL = re.compile("|".join(f"(?:{pattern})" for _, pattern in _TABLE))


def not_quantities(folded: str) -> bytearray:
    """One byte a character of a folded text: 1 where it belongs to what is no quantity."""
    taken = bytearray(len(folded))
    for found in _ALL.finditer(folded):
        start, end = found.span()
        taken[start:end] = b"\1" * (end - start)
    return taken
