"""Reads a chapter file: tokens to blocks, headings to the tree of sections."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from reportkit.model.base import Place, Places
from reportkit.model.blocks import (
    Block,
    Chapter,
    Figure,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Raw,
    Table,
)

from . import claims
from .block_rules import tokenize
from .fence_blocks import FenceReader, with_rows
from .fences import KINDS, Fence
from .files import nearest, tidy
from .headings import Outline
from .review import inner
from .source import Source

PARAGRAPH_LIMIT = 20_000
"""Characters above which a paragraph is reported; it is read all the same."""
_TEXT_LIMIT, _ALT_LIMIT, _PATH_LIMIT = 200_000, 1000, 150
_MARK = re.compile(r"\[\^([^\s\[\]^]{1,40})\]")
_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_WHAT = {"blockquote_open": "引用（>）", "html_block": "HTML", "hr": "分隔线"}


def read_chapters(source: Source) -> list[Chapter]:
    """The chapters in a file; usually one. Never raises."""
    return _ChapterReader(source).read()


class _ChapterReader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.log = source.log
        self.fences = FenceReader(source)
        self.notes: dict[str, Footnote] = {}

    def read(self) -> list[Chapter]:
        tokens, found = tokenize(self.source.lines)
        for fence in found.unclosed:
            line = self.source.lines[fence.start].strip()
            self.log.add(
                "RK120", self.fences.start(fence), quote=line, fence=line, line=fence.start + 1
            )
        outline = Outline(self.source)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading":
                number, _ = _lines(token)
                outline.heading(number, token.meta["level"], token.meta["column"])
                at += 1
            else:
                blocks, at = self._blocks_at(tokens, at)
                for block in blocks:
                    outline.block(block)
        return list(self._chapters(outline))

    def _chapters(self, outline: Outline) -> Iterator[Chapter]:
        """Each chapter with the footnotes it uses, and those that stand in it and nobody uses."""
        notes = self.fences.footnotes | self.notes
        single = len(outline.chapters) == 1
        frozen = [node.chapter(self.source.file, {}) for node in outline.chapters]
        marks = [set(notes) if single else _marks(chapter) & set(notes) for chapter in frozen]
        used = set().union(*marks) if marks else set()
        for index, chapter in enumerate(frozen):
            last = index == len(frozen) - 1
            wanted = marks[index] | (set(notes) - used if last else set())
            own = {label: note for label, note in notes.items() if label in wanted}
            yield chapter.model_copy(update={"footnotes": own})

    def _blocks_at(self, tokens: list[Token], at: int) -> tuple[list[Block], int]:
        """The blocks of the token at ``at``, and the index behind it."""
        token = tokens[at]
        match token.type:
            case "paragraph_open":
                return self._paragraph(tokens[at + 1]), at + 3
            case "bullet_list_open" | "ordered_list_open":
                end = _matching(tokens, at)
                return self._list(tokens, at, end), end + 1
            case "fence":
                return self._fence(token.meta["fence"]), at + 1
            case "case_open":
                end = _matching(tokens, at)
                return self._case(tokens, at, end), end + 1
            case "table":
                first, last = _lines(token)
                place = self.source.place(first + 1)
                table = Table(place=place, places=Places({}))
                rows = list(range(first, last))
                return [with_rows(table, rows, self.source, token.meta["offset"])], at + 1
            case "footnote":
                self._footnote(token)
                return [], at + 1
            case "heading":
                return [self._raw(token, "列表或案例中的标题")], at + 1
            case "raw":
                text = token.meta.get("text")
                return [self._raw(token, token.meta["what"], text)], at + 1
            case "blockquote_open":
                return [self._raw(token, _WHAT[token.type])], _matching(tokens, at) + 1
        return [self._raw(token, _WHAT.get(token.type, "未识别的内容"))], at + 1

    def _inside(self, tokens: list[Token], start: int, end: int) -> list[Block]:
        blocks: list[Block] = []
        while start < end:
            more, start = self._blocks_at(tokens, start)
            blocks += more
        return blocks

    def _paragraph(self, inline: Token) -> list[Block]:
        first, _ = _lines(inline)
        texts = [line.strip() for line in inline.content.split("\n")]
        columns = [
            len(self.source.lines[first + n].rstrip()) - len(text) + 1
            for n, text in enumerate(texts)
        ]
        if all(line.startswith("![") for line in texts):
            figures = [self._image(t, first + n, columns[n]) for n, t in enumerate(texts)]
            if all(figures):
                return [figure for figure in figures if figure]
        place = self.source.place(first + 1, columns[0], tuple(columns))
        text = "\n".join(texts)
        if len(text) > PARAGRAPH_LIMIT:
            self._too_long(text, place)
        return [Paragraph(text=part, place=place) for part in _pieces(text)]

    def _too_long(self, text: str, place: Place) -> None:
        from reportkit.model.diagnostic import Severity

        self.log.add(
            "RK115",
            place,
            quote=text[:40],
            severity=Severity.WARNING,
            subject=text,
            what="段落",
            size=f"{len(text)} 字",
            limit=f"{PARAGRAPH_LIMIT} 字",
        )

    def _image(self, text: str, line: int, column: int) -> Block | None:
        """A picture that stands alone on its line: ``![alt](path "caption")``."""
        match = _IMAGE.match(text)
        if match is None or not text.endswith(")"):
            return None
        target, start = text[match.end() : -1].rstrip(), match.end()
        quote = target.find(' "') if target.endswith('"') else -1
        title = target[quote + 2 : -1] if quote >= 0 else ""
        path = target[: quote if quote >= 0 else len(target)].strip()
        path = path[1:-1] if path.startswith("<") and path.endswith(">") else path
        if '"' in path or "<" in path or '"' in title.replace('\\"', ""):
            return None
        if len(path) > _PATH_LIMIT or len(match[1]) > _ALT_LIMIT or len(title) > _TEXT_LIMIT:
            return None
        place = self.source.place(line + 1, column)
        if not path or _ELSEWHERE.match(path):
            what = f"不在报送件文件夹中的图片 {path}" if path else "没有文件名的图片"
            self.log.add("RK126", place, quote=text, what=what)
            exact = self.source.place(line + 1, column, (column,))
            return Raw(text=text, reason=what[:200], place=exact)
        caption = re.sub(r'\\(["\\])', r"\1", title)
        number, offset = claims.caption(caption, "figure")
        parts = {"image": self.source.place(line + 1, column + start)}
        if caption and caption == title:
            begin = column + start + quote + 2
            parts["number"] = self.source.place(line + 1, begin, (begin,))
            begin += offset
            parts["caption"] = self.source.place(line + 1, begin, (begin,))
        alt = re.sub(r"\\([\[\]\\])", r"\1", match[1])
        return Figure(
            image=tidy(path),
            alt=alt,
            caption=caption[offset:],
            number=number,
            place=place,
            places=Places(parts),
        )

    def _list(self, tokens: list[Token], start: int, end: int) -> list[Block]:
        ordered = tokens[start].type == "ordered_list_open"
        given = tokens[start].attrGet("start")
        number = 1 if given is None else int(given)
        if number > 9999:
            return [self._raw(tokens[start], "编号超过 9999 的列表")]
        items: list[ListItem] = []
        at = start + 1
        while at < end:
            close = _matching(tokens, at)
            line, _ = _lines(tokens[at])
            blocks = self._inside(tokens, at + 1, close)
            place = blocks[0].place if blocks else None
            items.append(ListItem(blocks=tuple(blocks), place=place or self.source.place(line + 1)))
            at = close + 1
        place = self.source.place(_lines(tokens[start])[0] + 1)
        return [ListBlock(ordered=ordered, start=number, items=tuple(items), place=place)]

    def _fence(self, fence: Fence) -> list[Block]:
        if fence.kind == "code":
            return [self._raw_lines(range(fence.start, fence.end), "代码块")]
        if fence.kind not in KINDS:
            self.log.add(
                "RK121",
                self.source.place(fence.start + 1, fence.kind_column + 1),
                quote=self.source.lines[fence.start].strip(),
                kind=fence.kind,
                suggestion=nearest(fence.kind, KINDS),
                known=list(KINDS),
            )
            return [self._raw_lines(range(fence.start, fence.end), "", "未知的围栏")]
        if fence.kind == "footnotes":
            understood = self.fences.read_footnotes(fence)
            return [] if understood else [self._kept(fence)]
        block = self.fences.block(fence)
        for raw in inner([block] if block else []):
            if isinstance(raw, Raw):
                place = raw.place or self.fences.start(fence)
                self.log.add("RK126", place, quote=raw.text, what=raw.reason or "未能识别的内容")
        return [block if block is not None else self._kept(fence)]

    def _kept(self, fence: Fence) -> Raw:
        return self._raw_lines(range(fence.start, fence.end), "", "围栏中的选项有误")

    def _case(self, tokens: list[Token], start: int, end: int) -> list[Block]:
        fence: Fence = tokens[start].meta["fence"]
        blocks = self._inside(tokens, start + 1, end)
        case = self.fences.case(fence)
        if case is None:
            return [self._raw_lines(range(fence.start, fence.start + 1), "", "案例"), *blocks]
        return [case.model_copy(update={"blocks": tuple(blocks)})]

    def _footnote(self, token: Token) -> None:
        first, last = _lines(token)
        label, column = token.meta["label"], token.meta["column"]
        line = self.source.lines[first]
        texts = [line[column:].strip()]
        columns = [len(line.rstrip()) - len(texts[0]) + 1]
        for number in range(first + 1, last):
            stripped = self.source.lines[number].strip()
            columns.append(len(self.source.lines[number].rstrip()) - len(stripped) + 1)
            texts.append(stripped)
        place = self.source.place(first + 1, columns[0], tuple(columns))
        text = self._bounded("\n".join(texts), place, "脚注")
        if label in self.notes:
            other = self.notes[label].place
            self.log.add(
                "RK127",
                place,
                quote=f"[^{label}]",
                id=f"^{label}",
                related=[other] if other else [],
            )
            return
        self.notes[label] = Footnote(text=text, place=place)

    def _raw(self, token: Token, what: str, text: str | None = None) -> Raw:
        first, last = _lines(token)
        return self._raw_lines(range(first, last), what, text=text)

    def _raw_lines(
        self, lines: Iterable[int], what: str, reason: str = "", text: str | None = None
    ) -> Raw:
        """Lines kept as they are; reported as RK126 if ``what`` says what they are."""
        numbers = list(lines)
        while len(numbers) > 1 and not self.source.lines[numbers[-1]].strip():
            numbers.pop()
        kept = "\n".join(self.source.lines[n] for n in numbers) if text is None else text
        place = self.source.place(numbers[0] + 1, 1, (1,) * len(numbers) if text is None else ())
        if what:
            self.log.add("RK126", place, quote=kept.strip().split("\n")[0], what=what)
        text = self._bounded(kept, place, what or reason)
        return Raw(text=text, reason=what or reason, place=place)

    def _bounded(self, text: str, place: Place, what: str) -> str:
        """``text``, cut (and reported) if it is longer than any model holds."""
        if len(text) > _TEXT_LIMIT:
            self.log.add(
                "RK115", place, what=what, size=f"{len(text)} 字", limit=f"{_TEXT_LIMIT} 字"
            )
        return text[:_TEXT_LIMIT]


def _lines(token: Token) -> tuple[int, int]:
    assert token.map is not None
    return token.map[0], token.map[1]


def _matching(tokens: list[Token], at: int) -> int:
    """Index of the token that closes the one at ``at``."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _pieces(text: str) -> list[str]:
    """A text in pieces that the model can hold; nearly always one."""
    return [text[at : at + _TEXT_LIMIT] for at in range(0, len(text), _TEXT_LIMIT)] or [""]


def _marks(chapter: Chapter) -> set[str]:
    """Labels of footnotes that a chapter refers to."""
    return set(_MARK.findall(chapter.model_dump_json()))
