"""styles.xml: what a style says about its paragraphs and characters, inheritance resolved."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from ..stream import Align, Role
from .names import PPR, RPR, VAL, Element, W, number, on, value

Looks = dict[str, Any]
"""Character properties: ``b i vanish raised`` (bool), ``sz`` (points), ``font`` (name)."""

_ROLES: tuple[tuple[str, Role], ...] = (
    (r"(?:heading|标题)\s*([1-9])", "heading"),
    (r"(?:toc|目录)\s*([1-9])", "toc"),
    (r"table of figures|图表目录|图目录|表目录|案例目录", "toc"),
    (r"title|标题|文档标题|报告标题", "title"),
    (r"subtitle|副标题", "subtitle"),
    (r"caption|题注|图题|表题|图名|表名|图表标题|图标题|表标题|表格标题", "caption"),
    (r"案例标题|案例题目|案例名称?", "case"),
    (r"表注|图注|注释|图表注|资料来源|数据来源", "note"),
    (r"落款|署名|signature|closing|date|日期", "sign_off"),
)
_COMPILED = [(re.compile(pattern), role) for pattern, role in _ROLES]
_NO_ROLE = {"toc heading", "toc 标题", "目录标题"}
_ALIGNS: dict[str, Align] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right",
    "both": "justify", "distribute": "justify", "thaiDistribute": "justify",
}  # fmt: skip
BODY_LEVEL = 9
"""The outline level that means body text."""


@dataclass(frozen=True, slots=True)
class Format:
    """What ``w:pPr`` says; None where it says nothing. ``indent`` is (characters, twips)."""

    style: str | None = None
    outline: int | None = None
    num: int | None = None
    level: int | None = None
    align: Align | None = None
    indent: tuple[float | None, float | None] | None = None
    page_before: bool | None = None

    def over(self, base: "Format") -> "Format":
        """This on top of ``base``."""
        given = {
            name: mine
            for name in ("outline", "num", "level", "align", "indent", "page_before")
            if (mine := getattr(self, name)) is not None
        }
        return replace(base, **given)


NOTHING = Format()


def read_format(properties: Element | None) -> Format:
    """The properties of a paragraph or a style."""
    if properties is None:
        return NOTHING
    found: dict[str, Any] = {}
    for child in properties:
        match child.tag.rpartition("}")[2]:
            case "pStyle":
                found["style"] = child.get(VAL)
            case "outlineLvl":
                found["outline"] = number(child.get(VAL), BODY_LEVEL)
            case "numPr":
                num, level = value(child, W + "numId"), value(child, W + "ilvl")
                found["num"] = number(num) if num else None
                found["level"] = min(8, max(0, number(level))) if level else None
            case "jc":
                found["align"] = _ALIGNS.get(child.get(VAL, ""))
            case "ind":
                found["indent"] = _indent(child)
            case "pageBreakBefore":
                found["page_before"] = on(child)
    return Format(**found)


def _indent(element: Element) -> tuple[float | None, float | None]:
    for name, sign in (("hanging", -1), ("firstLine", 1)):
        chars, twips = element.get(f"{W}{name}Chars"), element.get(W + name)
        if number(chars):
            return sign * number(chars) / 100, None
        if number(twips):
            return None, sign * float(number(twips))
    return 0.0, 0.0


def read_looks(properties: Element | None) -> Looks:
    """The properties of a run or a style; ``style`` is the character style."""
    found: Looks = {}
    if properties is None:
        return found
    for child in properties:
        match child.tag.rpartition("}")[2]:
            case "b" | "i" | "vanish" as name:
                found[name] = on(child)
            case "vertAlign":
                found["raised"] = child.get(VAL) == "superscript"
            case "sz":
                found["sz"] = number(child.get(VAL)) / 2 or None
            case "rFonts":
                font = child.get(W + "ascii") or child.get(W + "hAnsi")
                if font:
                    found["font"] = font
            case "rStyle":
                found["style"] = child.get(VAL)
    return found


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. ``level`` is 1 for ``heading 1`` and ``toc 1``."""

    id: str = ""
    role: Role = ""
    level: int | None = None
    format: Format = NOTHING
    looks: Looks = field(default_factory=dict)


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._made: dict[str, Style] = {}
        self.defaults: Looks = {}
        if root is None:
            return
        for element in root.iterfind(W + "style"):
            identity = element.get(W + "styleId", "")
            self._elements.setdefault(identity, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in (
                "1",
                "true",
            ):
                self._default = identity
        self.defaults = read_looks(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"))

    def paragraph(self, identity: str | None) -> Style:
        """A paragraph style; the default one where ``identity`` is unknown or None."""
        return self._style(identity if identity in self._elements else self._default)

    def character(self, identity: str | None) -> Looks:
        """What a character style says."""
        return self._style(identity).looks if identity in self._elements else {}

    def _style(self, identity: str | None) -> Style:
        identity = identity or ""
        if identity not in self._made:
            self._made[identity] = self._resolve(self._chain(identity))
        return self._made[identity]

    def _chain(self, identity: str) -> list[str]:
        """A style and those it is based on, nearest first; circles end."""
        chain: list[str] = []
        while identity in self._elements and identity not in chain and len(chain) < 50:
            chain.append(identity)
            identity = value(self._elements[identity], W + "basedOn") or ""
        return chain

    def _resolve(self, chain: list[str]) -> Style:
        made = NOTHING
        looks: Looks = {}
        role: Role = ""
        level: int | None = None
        for identity in reversed(chain):
            element = self._elements[identity]
            made = read_format(element.find(PPR)).over(made)
            looks = {**looks, **read_looks(element.find(RPR))}
            name = (value(element, W + "name") or "").strip().casefold()
            found = _role(name)
            if found is not None:
                role, level = found
        if made.outline is not None:
            role, level = outlined(role, level, made.outline)
        return Style(chain[0] if chain else "", role, level, made, looks)


def _role(name: str) -> tuple[Role, int | None] | None:
    """The role that a style's name tells, and its level; None if it tells nothing."""
    if name in _NO_ROLE:
        return "", None
    for pattern, role in _COMPILED:
        if match := pattern.fullmatch(name):
            depth = match[1] if match.re.groups else None
            return role, int(depth) if depth else 1 if role == "toc" else None
    return None


def outlined(role: Role, level: int | None, outline: int) -> tuple[Role, int | None]:
    """Role and level where an outline level is given: it makes headings and unmakes them."""
    if outline >= BODY_LEVEL:
        return ("", None) if role == "heading" else (role, level)
    return ("heading", outline + 1) if role in ("", "heading") else (role, level)
