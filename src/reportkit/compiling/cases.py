"""The cases that the submissions offer: listed by chapter, and taken over where the editor chose.

A case that is taken over says what it printed: values stand as text, references to what does not
come along are worded, ids and pictures get names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..checks.between import CaseHead, Digest
from ..checks.content import length
from ..checks.context import Context, Node
from ..composing.context import values_of
from ..composing.facts import NoValueError
from ..model.blocks import Block, Case, Figure
from ..model.standard import SectionSpec, Standard
from ..model.submission import Asset
from ..opening import Opened
from ..refusals import CannotDo
from ..rolling.content import mapped
from ..standards import counterparts
from ..standards.crosswalk import sections
from .choosing import Chosen, Member

FILE = "案例备选.md"
_VALUE = re.compile(r"\{\{((?:[^'\"{}]|'[^'\n]*'|\"[^\"\n]*\")*)\}\}")
_NOTE = re.compile(r"\[\^[^\s\[\]^]+\]")
_REFERENCE = re.compile(r"@((?:tbl|table|fig|chart|case|sec):[^\W\x00-\x7f]?[A-Za-z0-9_.:-]*\w)")
_NUMBERED = re.compile(r"(.+)#([0-9]{1,4})")
_MARKUP = str.maketrans({"|": "｜", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class Offer:
    """A case on offer. ``key`` names it for the command line; ``section`` is where it would go."""

    key: str
    head: CaseHead
    member: Member
    section: SectionSpec | None


def offers(chosen: Chosen, target: Standard, known: Mapping[str, Standard]) -> list[Offer]:
    """All cases of the members, by the order of the chapters of ``target``."""
    order = {spec.id: at for at, spec in enumerate(sections(target))}
    made = [
        Offer(
            f"{member.digest.item}#{n}", head, member, _chapter(member.digest, head, target, known)
        )
        for member in chosen.members
        for n, head in enumerate(member.digest.cases, 1)
    ]
    return sorted(made, key=lambda o: order[o.section.id] if o.section else len(order))


def _chapter(
    digest: Digest, head: CaseHead, target: Standard, known: Mapping[str, Standard]
) -> SectionSpec | None:
    """The chapter of ``target`` that treats what the chapter of the case treats."""
    spec = digest.chapters[head.chapter].spec if head.chapter < len(digest.chapters) else None
    return _root(place(spec, known.get(digest.standard), target), target)


def place(spec: str | None, source: Standard | None, target: Standard) -> SectionSpec | None:
    """The section of ``target`` that treats what a section of ``source`` treats."""
    if spec is None:
        return None
    same = [each for each in sections(target) if each.id == spec]
    if not same and source is not None:
        same = list(counterparts(spec, source, target))
    return same[0] if same else None


def _root(spec: SectionSpec | None, target: Standard) -> SectionSpec | None:
    """The chapter that a section lies in."""

    def inside(chapter: SectionSpec) -> bool:
        return chapter is spec or any(inside(child) for child in chapter.sections)

    return next((chapter for chapter in target.outline if spec and inside(chapter)), None)


def listing(offered: Sequence[Offer]) -> str:
    """The list for the editor, as Markdown."""
    lines = [
        "# 案例备选",
        "",
        f"各单位报送件中的案例 {len(offered)} 个，按本报告的章排列。"
        "这个文件不会印出，检查时也不看。",
        "选用一个案例：`reportkit compile 报送件所在的文件夹 --update 本报告 --take-case 编号`，"
        "案例就放到这一章的末尾，图片一并带来。",
    ]
    title: str | None = None
    for offer in offered:
        name = offer.section.title if offer.section else "提纲中没有对应的章"
        if name != title:
            title = name
            lines += ["", f"## {name}", "", "| 编号 | 案例 | 单位 | 字数 | 在哪里 |"]
            lines.append("|---|---|---|---|---|")
        lines.append(_line(offer))
    return "\n".join(lines) + "\n"


def _line(offer: Offer) -> str:
    head, digest = offer.head, offer.member.digest
    place = head.place
    chapter = digest.chapters[head.chapter].title if head.chapter < len(digest.chapters) else ""
    where = "，".join(
        filter(None, (place.file, f"第 {place.line} 行" if place.line else "", chapter))
    )
    cells = (
        offer.key,
        head.title or "（无标题）",
        head.owner or offer.member.name,
        str(head.hanzi),
        where,
    )
    return "| " + " | ".join(cell.translate(_MARKUP) for cell in cells) + " |"


@dataclass
class Taken:
    """Cases that were taken over, by the section that gets them, and their pictures."""

    cases: dict[str, list[Case]] = field(default_factory=dict)
    assets: list[Asset] = field(default_factory=list)


def take(
    keys: Iterable[str],
    offered: Sequence[Offer],
    target: Standard,
    known: Mapping[str, Standard],
    reopen: Callable[[str], Opened],
    used: Iterable[str] = (),
) -> Taken:
    """The cases of these keys; ``reopen`` opens an item by name, ``used`` are ids in use.

    Raises:
        CannotDo: there is no such case.
    """
    by_key = {offer.key: offer for offer in offered}
    taken, ids = Taken(), set(used)
    for key in dict.fromkeys(keys):
        offer = by_key.get(key)
        found = _NUMBERED.fullmatch(key)
        if offer is None or found is None:
            raise CannotDo(f"没有编号是 {key} 的案例；编号见 {FILE}。")
        opened = reopen(found[1])
        if opened.result.submission is None:
            raise CannotDo(f"{found[1]} 现在读不出，未取案例。")
        context = Context(opened.result, opened.standard, opened.report)
        if context.has_standard:
            _ = context.outline  # finds the mandated section of each
        all_cases = [(n, b) for n, b, _ in context.blocks if isinstance(b, Case)]
        at = int(found[2]) - 1
        if at >= len(all_cases) or length(all_cases[at][1].blocks) != offer.head.hanzi:
            raise CannotDo(f"{found[1]} 已有改动，请重新汇总后再取案例 {key}。")
        node, case = all_cases[at]
        made, assets = _Copy(opened, key, ids).case(case, offer)
        section = _section(node, known.get(offer.member.digest.standard), target)
        section = section or offer.section or target.outline[-1]
        taken.cases.setdefault(section.id, []).append(made)
        taken.assets += assets
    return taken


def _section(node: Node | None, source: Standard | None, target: Standard) -> SectionSpec | None:
    """The deepest section that has a place in ``target``."""
    while node is not None:
        found = place(node.spec.id if node.spec else None, source, target)
        if found is not None:
            return found
        node = node.parent
    return None


class _Copy:
    """Makes one case stand by itself."""

    def __init__(self, opened: Opened, key: str, used: set[str]) -> None:
        submission = opened.result.submission
        assert submission is not None
        self.assets = {asset.path: asset for asset in submission.assets}
        labels = opened.report.labels if opened.report else ()
        self.labels = {label.id: label.label for label in labels if label.id}
        history = opened.result.history
        standard = opened.standard
        self.values = values_of(submission, standard, history) if standard else None
        stem = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:40] or "case"
        self.prefix = _free(stem if stem[0].isalpha() else f"c{stem}", used)
        self.ids: dict[str, str] = {}
        self.pictures: dict[str, Asset] = {}

    def case(self, case: Case, offer: Offer) -> tuple[Case, list[Asset]]:
        """The copy, and the pictures that come along."""
        for block in _walk(case):
            name = getattr(block, "id", None)
            if name:
                kind, _, rest = name.partition(":")
                self.ids[name] = f"{kind}:{self.prefix}-{rest}" if rest else f"{self.prefix}-{kind}"
        copied: Case = mapped(case, self._text)
        blocks = tuple(self._renamed(each) for each in copied.blocks)
        owner = case.owner or offer.member.name
        update = {"blocks": blocks, "owner": owner, "number": None, "place": None, "places": None}
        update["id"] = self.ids.get(case.id or "")
        return copied.model_copy(update=update), list(self.pictures.values())

    def _renamed(self, block: Block) -> Block:
        update: dict[str, object] = {"place": None, "places": None}
        if name := getattr(block, "id", None):
            update["id"] = self.ids[name]
        if inner := getattr(block, "blocks", None):
            update["blocks"] = tuple(self._renamed(each) for each in inner)
        if isinstance(block, Figure):
            update["image"] = block.image and self._picture(block.image)
            update["parts"] = tuple(
                part.model_copy(update={"image": self._picture(part.image)}) for part in block.parts
            )
        return block.model_copy(update=update)

    def _picture(self, path: str) -> str:
        asset = self.assets.get(path)
        if asset is None:
            return path
        name = f"figures/{self.prefix}-{Path(path).name}"
        self.pictures[name] = asset.model_copy(update={"path": name})
        return name

    def _text(self, text: str) -> str:
        text = _VALUE.sub(self._value, _NOTE.sub("", text))
        return _REFERENCE.sub(self._reference, text)

    def _value(self, found: re.Match[str]) -> str:
        try:
            return self.values.text(found[1].strip()) if self.values else found[0]
        except NoValueError as problem:
            return f"〔{problem.gap}〕"

    def _reference(self, found: re.Match[str]) -> str:
        name = found[1]
        return f"@{self.ids[name]}" if name in self.ids else self.labels.get(name, "（原报告）")


def _free(name: str, used: set[str]) -> str:
    made, n = name, 1
    while any(each.partition(":")[2].startswith(f"{made}-") for each in used):
        n += 1
        made = f"{name}-{n}"
    return made


def _walk(block: Block) -> Iterator[Block]:
    yield block
    for inner in getattr(block, "blocks", ()):
        yield from _walk(inner)
