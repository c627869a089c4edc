"""Chinese line setting as rules about pairs of characters; knows nothing of the page engine.

A text is cut into tokens: one Chinese character or mark each, Latin words and numbers whole.
Between two tokens the rules say how much nearer or farther they stand than their advance widths
(``Joint.shift``, in em), whether a line may break there, and whether the place may be stretched
to fill a line. Sources: GB/T 15834 (避头尾), 中文排版需求 (CLREQ) 3.1 and 3.2 (squeezed marks,
quarter-em between Chinese and Latin).
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

GAP = 0.25
"""Between Chinese and Latin or digits, in em."""
SQUEEZE = -0.5
"""Between two full-width marks whose blank halves meet, in em."""

OPENING = frozenset("（《〈「『【〔〖［｛“‘")
CLOSING = frozenset("，。、；：！？）》〉」』】〕〗］｝”’")
_HALF_BLANK = CLOSING - frozenset("！？")
_RUNS = frozenset("—…")
_NOT_FIRST = CLOSING | frozenset("…—～·・％%‰℃°′″々①②③④⑤⑥⑦⑧⑨⑩)],.;:!?}>")
_NOT_LAST = OPENING | frozenset("([{<￥＄$#№")
_LATIN_ENDS = re.compile(r"[0-9A-Za-zÀ-ɏ%‰°℃Ͱ-ϿЀ-ӿ²³+]")

CHINESE = re.compile(r"[⺀-⿟〇〡-〩㐀-䶿一-鿿豈-﫿𠀀-𯿿ぁ-ヿ]")
_SIMPLE = re.compile(
    "[ -\u02ff\u0370-\u0481\u2010-\u2027\u2030-\u205e\u2070-\u2bff\u2e80-\u9fff\uf900-\ufaff"
    "\ufe10-\uffef\U0001d400-\U0001d7ff\U0001f000-\U0001faff\U00020000-\U0002fa1f]*\\Z"
)

_TOKEN = re.compile(
    r"[ \u3000]|[!-~\u00a1-\u00b6\u00b8-\u02af\u0370-\u0481]{1,80}|[—…]{1,2}|.", re.DOTALL
)
_LONG_WORD = 18
_SEPARATORS = frozenset("/-_.?&=: ")
_WORD_PART = re.compile(r"[^/\-_.?&=:]*[/\-_.?&=:]*")
_UNIT = re.compile(
    r"[多余几]?[十百千万亿]{0,2}"
    r"(?:平方米|平方公里|立方米|公里|百分点|个百分点|人次|学时|学分|课时|万元|亿元|公斤|"
    r"[年月日时分秒元人名位个所家项门种类次届级期册套台件篇场节亩米吨岁倍周天条份处间座校])?"
)
_LABEL = frozenset("表图第例")


class Token(NamedTuple):
    """A piece of text that is never broken or stretched inside."""

    start: int
    text: str


class Break(IntEnum):
    """Whether a line may end at a place. ``POOR``: between a number and its unit."""

    NEVER = 0
    POOR = 1
    GOOD = 2


class Joint(NamedTuple):
    """The place after a token: ``at`` is the index of the next one's first character."""

    at: int
    shift: float
    ending: Break
    stretchable: bool


def is_chinese(char: str) -> bool:
    """Whether a character is a Chinese character or kana (not a mark)."""
    return CHINESE.match(char) is not None


def is_mark(char: str) -> bool:
    """Whether a character is a full-width mark."""
    return char in OPENING or char in CLOSING


def settable(text: str) -> bool:
    """Whether these rules apply: to texts from left to right, one glyph after the other."""
    return _SIMPLE.match(text) is not None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text; very long words (addresses) are cut after their separators."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if len(word) <= _LONG_WORD:
            yield Token(match.start(), word)
            continue
        for part in _WORD_PART.finditer(word):
            if part.group():
                yield Token(match.start() + part.start(), part.group())


def joints(text: str) -> Iterator[tuple[Token, Joint | None]]:
    """Every token with the place after it; None after the last."""
    glued = 0
    previous: Token | None = None
    for token in tokens(text):
        if previous is not None:
            last = previous.text[-1]
            if last.isdigit() or last in "%％":
                glued = unit_end(text, token.start)
            shift, ending, stretchable = _pair(previous.text, token.text)
            if ending and token.start < glued:
                ending = Break.POOR if last.isdigit() or last in "%％个" else Break.NEVER
            yield previous, Joint(token.start, shift, ending, stretchable)
        previous = token
    if previous is not None:
        yield previous, None


def unit_end(text: str, at: int) -> int:
    """The end of the unit that begins at ``at``, right after a number."""
    match = _UNIT.match(text, at)
    return match.end() if match else at


@lru_cache(maxsize=1 << 16)
def _pair(left: str, right: str) -> tuple[float, Break, bool]:
    """What two neighbouring tokens say of the place between them."""
    a, b = left[-1], right[0]
    free = (
        not b.isspace()
        and (b not in _NOT_FIRST or right == "——")
        and a not in _NOT_LAST
        and not (a in _RUNS and b in _RUNS)
        and not (a in _LABEL and b.isdigit())
        and (a in _SEPARATORS or not _latin(a) or not _latin(b))
    )
    stretchable = not (a in _RUNS and b in _RUNS) and not (_latin(a) and _latin(b))
    return shift(a, b), Break.GOOD if free else Break.NEVER, stretchable


def _latin(char: str) -> bool:
    return char < "⺀" and not is_mark(char) and char not in _RUNS and char != " "


def spare(char: str) -> float:
    """How much of a character's width, in em, may be blank space that a line's end swallows."""
    return -SQUEEZE if char in _HALF_BLANK else 0.0


def shift(a: str, b: str) -> float:
    """How much farther than usual two neighbours stand, in em."""
    if is_chinese(a):
        return GAP if _LATIN_ENDS.match(b) else 0.0
    if is_chinese(b):
        return GAP if _LATIN_ENDS.match(a) else 0.0
    if a in _HALF_BLANK and is_mark(b):
        return SQUEEZE
    if a in OPENING and b in OPENING:
        return SQUEEZE
    return 0.0
