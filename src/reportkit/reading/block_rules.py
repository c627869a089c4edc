"""The block structure of a chapter file: CommonMark with this project's own blocks.

markdown-it-py finds paragraphs, lists, quotes, HTML and rules (with their lines); the rules here
add headings with attributes, ``:::`` and code fences, pipe tables and footnote definitions.
Setext headings, indented code and link definitions are left out: Chinese paragraphs are often
indented, and nothing an author wrote may disappear.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from . import pipe_table
from .fences import HEADING, Fence, Fences

FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,40})\]:[ \t]*")
_DEEPEST = 20
"""Nested lists count two, cases one; what is deeper could not be read back from a document."""
_HASHTAG = re.compile(r"(#{1,6})(?=[^#\s\d])[^#]{1,60}$")


def tokenize(lines: list[str]) -> tuple[list[Token], Fences]:
    """The block tokens of ``lines`` and the fences that were found on them."""
    fences = Fences(lines)
    tokens: list[Token] = []
    blank = [line if line.strip() else "" for line in lines]
    _parser().block.parse("\n".join(blank), _parser(), {"fences": fences, "lines": lines}, tokens)
    return tokens, fences


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 10 * _DEEPEST, "html": True})
    parser.enable(["blockquote", "hr", "list", "html_block"])
    everywhere: RuleOptionsType = {"alt": ["paragraph", "blockquote"]}
    ruler = parser.block.ruler
    ruler.before("blockquote", "too_deep", _too_deep)
    ruler.before("blockquote", "own_fence", _fence, everywhere)
    ruler.before("blockquote", "own_heading", _heading, everywhere)
    ruler.before("blockquote", "footnote", _footnote, everywhere)
    ruler.before("blockquote", "pipe_table", _table, everywhere)
    return parser


def _content(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push(state: StateBlock, kind: str, start: int, end: int, **meta: object) -> bool:
    token = state.push(kind, "", 0)
    token.map = [start, end]
    token.meta = meta
    state.line = end
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists in lists without end are kept as they stand."""
    if silent or state.level < _DEEPEST:
        return False
    last = start + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    text = "\n".join(_content(state, line) for line in range(start, last))
    return _push(state, "raw", start, last, what="嵌套过深的列表", text=text)


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    fences: Fences = state.env["fences"]
    fence = fences.by_line.get(start)
    if fence is not None and state.tShift[start] != fence.column:
        return False  # the marker of a list item comes first
    if fence is None and start not in fences.stray:
        return False
    if silent:
        return True
    if fence is None:
        return _push(state, "raw", start, start + 1, what="没有开头的“:::”")
    if fence.kind != "case":
        return _push(state, "fence", start, max(fence.end, start + 1), fence=fence)
    return _case(state, fence)


def _case(state: StateBlock, fence: Fence) -> bool:
    token = state.push("case_open", "", 1)
    token.map, token.meta = [fence.start, fence.end], {"fence": fence}
    outer = state.lineMax, state.parentType
    state.lineMax, state.parentType = fence.inner.stop, "case"
    state.md.block.tokenize(state, fence.inner.start, fence.inner.stop)
    state.lineMax, state.parentType = outer
    state.push("case_close", "", -1)
    state.line = max(fence.end, fence.start + 1)
    return True


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _content(state, start)
    match = HEADING.match(text)
    if match is None and not _forgotten_blank(state, start, end):
        return False
    if silent:
        return True
    level = len(match[1]) if match else len(text) - len(text.lstrip("#"))
    at = match.end() if match else level
    column = state.bMarks[start] + state.tShift[start] - _line_start(state, start) + at
    return _push(state, "heading", start, start + 1, level=level, column=column)


def _line_start(state: StateBlock, line: int) -> int:
    """Offset of the line in the file; ``bMarks`` lies behind the markers of lists."""
    return state.src.rfind("\n", 0, state.bMarks[line]) + 1


def _forgotten_blank(state: StateBlock, start: int, end: int) -> bool:
    """``#标题`` alone between blank lines: a heading whose author forgot the blank."""
    text = _content(state, start).strip()
    if not text.startswith("#") or not _HASHTAG.match(text) or text[-1] in "。；，！？":
        return False
    before = start == 0 or state.isEmpty(start - 1)
    return before and (start + 1 >= end or state.isEmpty(start + 1))


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = FOOTNOTE.match(_content(state, start))
    if match is None:
        return False
    if silent:
        return True
    last = start + 1
    stops = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    while last < end and not state.isEmpty(last):
        if any(rule(state, last, end, True) for rule in stops):
            break
        last += 1
    state.parentType = parent
    column = state.bMarks[start] + state.tShift[start] - _line_start(state, start) + match.end()
    return _push(state, "footnote", start, last, label=match[1], column=column)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    lines: list[str] = state.env["lines"]
    stop = min(end, state.lineMax)
    first = _content(state, start)
    following = lines[start + 1] if start + 1 < stop else ""
    if not pipe_table.begins(first, following):
        return False
    if silent:
        return True
    offset = state.bMarks[start] + state.tShift[start] - _line_start(state, start)
    last = start + 1
    while last < stop and pipe_table.continues(first, lines[last]):
        last += 1
    return _push(state, "table", start, last, offset=offset)
