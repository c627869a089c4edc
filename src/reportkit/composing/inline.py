r"""Inline Markdown → pieces, each with the place in the text where it begins.

CommonMark's rules for ``**bold**``, ``*italic*``, ``[text](url)``, ``<https://…>``, escapes,
character references and code spans, plus ``{{ expression }}``, ``@kind:id`` and ``[^label]``.
They differ in three points, which Chinese needs:

* next to Chinese characters and punctuation emphasis may begin and end, so that
  ``**重点。**正文`` is bold;
* underscores never emphasise (forms are full of them: 姓名____);
* a line break between two Chinese characters is nothing, otherwise a blank.

What prints as plain text though the author meant something else (raw HTML, code, pictures, links
to other than web addresses) is told by flaws. Nothing here knows numbers, values or notes.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

_SPECIAL = re.compile(r"!\[|\{\{|\{%|[\\`*\[<&@\n]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(?!`)(.*?[^`])\1(?!`)", re.DOTALL)
_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--.{0,2000}?-->|<[!?][^<>]*>", re.DOTALL
)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,80})\]")
_URL = r"\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]" + _URL, re.DOTALL)
_IMAGE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]" + _URL, re.DOTALL)
_NAME = re.compile(
    r"@((?:tbl|table|fig|chart|case|sec):[^\W\x00-\x7f]\w{0,40}|[A-Za-z][A-Za-z0-9_.:-]{0,200})"
)
"""The name after ``@``. No id holds Chinese characters; that nothing has such an id is told."""
_VALUE = re.compile(r"\{\{((?:[^'\"{}]|'[^'\n]*'|\"[^\"\n]*\")*)\}\}")
_CLUMSY_VALUE = re.compile(r"\{\{([^\n]{0,400}?)\}\}")
_STATEMENT = re.compile(r"\{%[^\n%]{0,400}%\}")
_BREAK = re.compile(r"[ \t]*\\?\n[ \t]*")
_STARS = re.compile(r"\*+")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)

_CHINESE = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u2460-\u24ff\u2e80-\u2fdf\u3000-\u303f"
    "\u3041-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)

PieceKind = Literal["text", "value", "reference", "footnote", "break"]
FlawKind = Literal["html", "code", "image", "link", "expression", "statement"]


@dataclass(slots=True)
class Piece:
    """A stretch of inline text: what it says, where it begins, how it looks.

    ``text`` is the expression of a value, the name after ``@``, the label of a footnote.
    """

    kind: PieceKind
    text: str
    offset: int
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that prints as plain text though the author meant something else.

    ``quote`` is what was written; of a link only its address.
    """

    what: FlawKind
    offset: int
    quote: str


@dataclass(slots=True)
class _Delimiter:
    """A run of ``total`` stars, ``length`` of them not yet used; ``piece`` is where it stands."""

    piece: int
    total: int
    length: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _State:
    """The text and what was made of it; text from ``pending`` to ``begin`` is not yet a piece."""

    text: str
    base: int
    link: str | None
    pieces: list[Piece] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    delimiters: list[_Delimiter] = field(default_factory=list)
    pending: int = 0
    begin: int = 0

    def flush(self) -> None:
        """Make a piece of the plain text before the markup that is being read."""
        if self.begin > self.pending:
            plain = self.text[self.pending : self.begin]
            self.pieces.append(Piece("text", plain, self.base + self.pending, link=self.link))
            self.pending = self.begin

    def put(self, kind: PieceKind, text: str, start: int) -> None:
        self.flush()
        self.pieces.append(Piece(kind, text, self.base + start, link=self.link))

    def flaw(self, what: FlawKind, match: re.Match[str]) -> None:
        self.flaws.append(Flaw(what, self.base + match.start(), match[0]))


def is_chinese(char: str) -> bool:
    """Whether ``char`` belongs to Chinese text: a character, or full-width punctuation."""
    return bool(_CHINESE.match(char))


def is_plain(text: str) -> bool:
    """Whether ``text`` holds nothing that could be a mark."""
    return not _SPECIAL.search(text)


def parse(text: str) -> tuple[list[Piece], list[Flaw]]:
    """The pieces of ``text`` in order, and what was not understood."""
    if is_plain(text):
        return ([Piece("text", text, 0)] if text else []), []
    return _parse(text, 0, None)


def _parse(text: str, base: int, link: str | None) -> tuple[list[Piece], list[Flaw]]:
    state = _State(text, base, link)
    position = 0
    while found := _SPECIAL.search(text, position):
        state.begin = found.start()
        end = _HANDLERS[found[0]](state, state.begin)
        if end is None:
            position = state.begin + 1
        else:
            state.pending = position = end
    state.begin = len(text)
    state.flush()
    _emphasise(state)
    return [piece for piece in state.pieces if piece.text], state.flaws


def _escape(state: _State, start: int) -> int | None:
    if match := _ESCAPE.match(state.text, start):
        state.put("text", match[1], start + 1)
        return match.end()
    return _break(state, start)


def _break(state: _State, start: int) -> int | None:
    match = _BREAK.match(state.text, start)
    if not match:
        return None
    state.flush()
    if state.pieces and state.pieces[-1].kind == "text":
        last = state.pieces[-1]
        last.text = last.text.rstrip(" \t")
    state.put("break", "\n", start)
    return match.end()


def _code(state: _State, start: int) -> int | None:
    match = _CODE.match(state.text, start)
    if not match:
        end = start + 1
        while state.text.startswith("`", end):
            end += 1
        state.put("text", state.text[start:end], start)
        return end
    content = match[2].replace("\n", " ")
    if content.startswith(" ") and content.endswith(" ") and content.strip():
        content = content[1:-1]
    state.put("text", content, match.start(2))
    state.flaw("code", match)
    return match.end()


def _stars(state: _State, start: int) -> int | None:
    match = _STARS.match(state.text, start)
    assert match is not None
    text = state.text
    before = text[start - 1] if start else " "
    after = text[match.end()] if match.end() < len(text) else " "
    opens = not after.isspace() and (not _is_mark(after) or _is_edge(before))
    closes = not before.isspace() and (not _is_mark(before) or _is_edge(after))
    state.flush()
    length = len(match[0])
    state.delimiters.append(_Delimiter(len(state.pieces), length, length, opens, closes))
    state.put("text", match[0], start)
    return match.end()


def _is_mark(char: str) -> bool:
    """Whether ``char`` is punctuation that binds to its word: not that of Chinese text."""
    return unicodedata.category(char)[0] in "PS" and not is_chinese(char)


def _is_edge(char: str) -> bool:
    return char.isspace() or is_chinese(char) or _is_mark(char)


def _bracket(state: _State, start: int) -> int | None:
    if match := _FOOTNOTE.match(state.text, start):
        state.put("footnote", match[1], start)
        return match.end()
    match = None if state.link else _LINK.match(state.text, start)
    if not match:
        return None
    url: str | None = match[2]
    if not _WEB.match(match[2]):
        state.flaws.append(Flaw("link", state.base + match.start(2), match[2]))
        url = None
    state.flush()
    pieces, flaws = _parse(match[1], state.base + match.start(1), url)
    state.pieces += pieces
    state.flaws += flaws
    return match.end()


def _image(state: _State, start: int) -> int | None:
    match = _IMAGE.match(state.text, start)
    if not match:
        return None
    state.flaw("image", match)
    state.put("text", match[0], start)
    return match.end()


def _angle(state: _State, start: int) -> int | None:
    if (match := _AUTOLINK.match(state.text, start)) and _WEB.match(match[1]):
        state.flush()
        state.pieces.append(Piece("text", match[1], state.base + start + 1, link=match[1]))
        return match.end()
    match = _HTML.match(state.text, start)
    if not match:
        return None
    state.flaw("html", match)
    state.put("text", match[0], start)
    return match.end()


def _entity(state: _State, start: int) -> int | None:
    match = _ENTITY.match(state.text, start)
    plain = html.unescape(match[0]) if match else ""
    if plain.isspace():
        plain = " "
    if not match or plain == match[0] or not plain.isprintable():
        return None
    state.put("text", plain, start)
    return match.end()


def _reference(state: _State, start: int) -> int | None:
    before = state.text[start - 1] if start else " "
    match = _NAME.match(state.text, start)
    if not match or (before.isascii() and (before.isalnum() or before in "._-+@")):
        return None
    state.put("reference", match[1], start)
    return match.end()


def _value(state: _State, start: int) -> int | None:
    match = _VALUE.match(state.text, start) or _CLUMSY_VALUE.match(state.text, start)
    if not match:
        rest = state.text[start : start + 40].split("\n")[0]
        state.flaws.append(Flaw("expression", state.base + start, rest))
        return None
    state.put("value", match[1].strip() or " ", start)
    return match.end()


def _statement(state: _State, start: int) -> int | None:
    match = _STATEMENT.match(state.text, start)
    if not match:
        return None
    state.flaw("statement", match)
    state.put("text", match[0], start)
    return match.end()


_HANDLERS: dict[str, Callable[[_State, int], int | None]] = {
    "\\": _escape,
    "\n": _break,
    "`": _code,
    "*": _stars,
    "[": _bracket,
    "![": _image,
    "<": _angle,
    "&": _entity,
    "@": _reference,
    "{{": _value,
    "{%": _statement,
}


def _emphasise(state: _State) -> None:
    """CommonMark's pairing of delimiter runs; looks are set through differences, in one pass."""
    looks = [[0, 0] for _ in range(len(state.pieces) + 1)]
    stack: list[_Delimiter] = []
    bottom: dict[tuple[int, bool], int] = {}
    for closer in state.delimiters:
        key = (closer.total % 3, closer.opens)
        while closer.closes and closer.length:
            opener = _opener(stack, closer, bottom.get(key, -1))
            if opener is None:
                bottom[key] = stack[-1].piece if stack else -1
                break
            _join(state, looks, opener, closer)
            while stack[-1] is not opener:
                stack.pop()
            if not opener.length:
                stack.pop()
        if closer.length and closer.opens:
            stack.append(closer)
    bold = italic = 0
    for piece, (more_bold, more_italic) in zip(state.pieces, looks, strict=False):
        bold += more_bold
        italic += more_italic
        piece.bold, piece.italic = piece.bold or bold > 0, piece.italic or italic > 0


def _opener(stack: list[_Delimiter], closer: _Delimiter, bottom: int) -> _Delimiter | None:
    for opener in reversed(stack):
        if opener.piece <= bottom:
            return None
        both = opener.closes or closer.opens
        if both and (opener.total + closer.total) % 3 == 0 and opener.total % 3:
            continue
        return opener
    return None


def _join(state: _State, looks: list[list[int]], opener: _Delimiter, closer: _Delimiter) -> None:
    """Make what stands between the two bold or italic, and take the marks used from both."""
    used = 2 if opener.length >= 2 and closer.length >= 2 else 1
    look = 0 if used == 2 else 1
    looks[opener.piece + 1][look] += 1
    looks[closer.piece][look] -= 1
    for delimiter in (opener, closer):
        delimiter.length -= used
        state.pieces[delimiter.piece].text = "*" * delimiter.length
    state.pieces[closer.piece].offset += used
