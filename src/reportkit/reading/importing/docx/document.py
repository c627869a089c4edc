"""A Word document while it is read: its parts, and what is told about it at the end."""

from collections import Counter
from collections.abc import Sequence

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.reading.ooxml import Damaged, Package, Refused

from ..stream import Aside, NoteText
from .names import Element, P
from .numbering import Numbering
from .objects import PICTURE_LIMIT, PICTURES_SIZE
from .styles import Styles

_TOLD: dict[str, tuple[str, str, str]] = {
    "revision": (
        "修订",
        "按接受全部修订后的文字检查，删去的文字不算正文",
        "请在 Word 的“审阅”中接受或拒绝全部修订后再报送；",
    ),
    "hidden": ("隐藏文字", "不算正文", "不需要的请删去；"),
    "comment": ("批注", "不算正文", "报送前请删去批注；"),
    "macro": ("宏", "没有读，也没有运行", "请另存为不含宏的 .docx；"),
    "object": ("嵌入对象", "只取其中的预览图", "请把内容改为普通的文字、表格或图片；"),
    "outside": ("链接到文件之外的内容", "没有读取", "请把图片等直接插入文件；"),
    "foreign": ("插入的其他文件", "没有读入", "请用 Word 打开后另存，使内容成为正文；"),
    "chart": ("图表", "没有随文件保存的数据，未能读出", "请在 Word 中打开图表的数据后另存；"),
    "picture": (
        "图片",
        f"超过 {PICTURE_LIMIT} 张或 {PICTURES_SIZE // 1_000_000} MB，其余没有读入",
        "请压缩图片后另存；",
    ),
    "table": ("表格", "行或列过多，其余没有读入", "请把大表放进 CSV 或工作簿；"),
}
"""What was not taken over, how it was treated, and what to do."""


PARAGRAPH_LIMIT = 100_000
"""Paragraphs that a document may have (2,000 pages have about 40,000)."""
ITEM_LIMIT = 200_000
"""Texts, pictures and breaks that are read of a document."""
TAG_LIMIT = 3_000_000
"""Tags that its main part may have."""


def _too_much(what: str) -> Refused:
    return Refused(f"内容过多，超过 {what}", "请分成几个文件。")


class Document:
    """The package and everything that its parts share. Paragraphs are counted from 1."""

    def __init__(self, package: Package, file: str) -> None:
        self.package = package
        self.file = file
        self.main = package.main
        self.root = package.tree(self.main, TAG_LIMIT)
        self.numbers = self._count_paragraphs()
        self.anywhere = Place(file=file)
        self.notes: dict[str, NoteText] = {}
        self.asides: list[Aside] = []
        self.findings: list[Finding] = []
        self.note_ids: dict[tuple[str, str], str] = {}
        self._told: Counter[str] = Counter()
        self._noted: Counter[str] = Counter()
        self._items = 0
        self._pictures: dict[str, bytes | None] = {}
        self._pictured = 0
        self.styles = Styles(self._one("styles", "样式"))
        self.numbering = Numbering(self._one("numbering", "自动编号"))

    def _count_paragraphs(self) -> dict[Element, int]:
        numbers: dict[Element, int] = {}
        for number, paragraph in enumerate(self.root.iter(P), 1):
            if number > PARAGRAPH_LIMIT:
                raise _too_much(f"{PARAGRAPH_LIMIT} 个段落")
            numbers[paragraph] = number
        return numbers

    def count_item(self) -> None:
        """Count a piece of the stream; too many of them are refused."""
        self._items += 1
        if self._items > ITEM_LIMIT:
            raise _too_much(f"{ITEM_LIMIT} 处文字和图片")

    def _one(self, kind: str, what: str) -> Element | None:
        """The one part of a kind that the main part relates to."""
        names = self.package.related(self.main, kind)
        return self.part(names[0], what) if names else None

    def parts(self, kind: str) -> Sequence[str]:
        """Names of the parts of a kind that the main part relates to."""
        return self.package.related(self.main, kind)

    def part(self, name: str, what: str) -> Element | None:
        """The root of a part; None (and RK152) if it cannot be read."""
        if name not in self.package:
            return None
        try:
            return self.package.tree(name)
        except Damaged as damage:
            self._damaged(what, damage)
            return None

    def _damaged(self, what: str, damage: Damaged) -> None:
        args = {"what": what, "reason": damage.reason}
        place = Place(file=self.file)
        self.findings.append(Finding(code="RK152", place=place, args=args, at=self.file))

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture; None if it is damaged or there are too many."""
        if name not in self._pictures:
            self._pictures[name] = self._read_picture(name)
        return self._pictures[name]

    def _read_picture(self, name: str) -> bytes | None:
        if len(self._pictures) >= PICTURE_LIMIT or self._pictured > PICTURES_SIZE:
            self.note("picture")
            return None
        try:
            content = self.package.read(name)
        except Damaged as damage:
            self._damaged("图片", damage)
            return None
        self._pictured += len(content)
        return content

    def note(self, what: str, count: int = 1) -> None:
        """Remember that something (a key of the table above) was not taken over."""
        self._told[what] += count

    def note_key(self, kind: str, identity: str) -> str:
        """The key of a footnote or endnote: ``1``, ``2`` … in order of their marks, ``e1`` …"""
        if (kind, identity) not in self.note_ids:
            self._noted[kind] += 1
            mark = "e" if kind == "endnote" else ""
            self.note_ids[kind, identity] = f"{mark}{self._noted[kind]}"
        return self.note_ids[kind, identity]

    def set_aside(self, text: str, place: Place, reason: str) -> None:
        """Keep text that is not part of the body; what follows in a paragraph is joined."""
        if not text.strip():
            return
        place = place.bare
        last = self.asides[-1] if self.asides else None
        if last is not None and last.reason == reason and last.place == place:
            self.asides[-1] = Aside(last.text + text, place, reason)
        else:
            self.asides.append(Aside(text, place, reason))

    def told(self) -> tuple[Finding, ...]:
        """All findings, with those about what was not taken over (RK151)."""
        made = list(self.findings)
        for key, (what, how, advice) in _TOLD.items():
            if count := self._told[key]:
                args = {"what": what, "count": count, "how": how, "advice": advice}
                place = Place(file=self.file)
                made.append(Finding(code="RK151", place=place, args=args, at=self.file))
        return tuple(made)
