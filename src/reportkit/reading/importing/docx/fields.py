"""Fields: which stretches are instructions, which are results, and what fields without one show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .counters import circled
from .names import BOX, Element, W, number, on, value, walk
from .symbols import symbol

CHAR, INSTRUCTION, SIMPLE = W + "fldChar", W + "instrText", W + "fldSimple"
_TYPE = W + "fldCharType"
_SAID = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
DEEPEST = 20
"""Fields in each other that are followed; what is deeper is read as plain text."""
_EXTERNAL = frozenset({"INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "RD"})


@dataclass(slots=True, eq=False)
class Field:
    """A field from its begin to its end. ``instruction`` is complete before the walk begins."""

    begin: Element
    instruction: str = ""
    resulted: bool = field(default=False)
    """Whether a result was met on the walk."""

    @property
    def words(self) -> list[str]:
        """The instruction's words, quotes taken off."""
        return [quoted or plain for quoted, plain in _SAID.findall(self.instruction)]

    @property
    def kind(self) -> str:
        """``TOC``, ``SEQ``, ``PAGEREF`` … in capitals."""
        return self.words[0].upper() if self.words else ""

    @property
    def link(self) -> str:
        """The address of a HYPERLINK that leads out of the document, or nothing."""
        words = self.words
        if self.kind != "HYPERLINK" or len(words) < 2 or words[1].startswith("\\"):
            return ""
        return words[1]

    @property
    def sequence(self) -> str:
        """What a SEQ field counts (表, 图, Table …), or nothing."""
        words = self.words
        return words[1] if self.kind == "SEQ" and len(words) > 1 else ""

    @property
    def external(self) -> bool:
        """Whether the result comes from outside of the document."""
        return self.kind in _EXTERNAL

    def shown(self) -> str:
        """What a field that has no result shows, as far as that can be told."""
        match self.kind:
            case "FORMCHECKBOX":
                return self._checkbox()
            case "FORMDROPDOWN":
                return self._choice()
            case "SYMBOL":
                return self._symbol()
            case "EQ":
                return equation(self.instruction)
            case "MACROBUTTON":
                return " ".join(self.instruction.split()[2:])
        return ""

    def _checkbox(self) -> str:
        box = self.begin.find(f"{W}ffData/{W}checkBox")
        if box is None:
            return "☐"
        checked = box.find(W + "checked")
        return "☑" if on(box.find(W + "default") if checked is None else checked) else "☐"

    def _choice(self) -> str:
        choices = self.begin.find(f"{W}ffData/{W}ddList")
        if choices is None:
            return ""
        entries = [item.get(W + "val", "") for item in choices.iterfind(W + "listEntry")]
        at = number(value(choices, W + "result") or value(choices, W + "default"))
        return entries[at] if at < len(entries) else ""

    def _symbol(self) -> str:
        words = self.words
        code = words[1] if len(words) > 1 else ""
        font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
        base = 16 if code.lower().startswith("0x") else 10
        try:
            return symbol(font, int(code, base))
        except ValueError:
            return code


def equation(instruction: str) -> str:
    """What an EQ field prints: a number in a circle, a text with its reading, or its parts."""
    inside = instruction.strip()[2:].strip()
    if match := re.match(r"\\o\s*(?:\\a[clr])?\s*\(\s*(\D)\s*[,;，]\s*(\d+)\s*\)", inside):
        return circled(number(match[2])) or f"({match[2]})" if match[1] in "○〇o" else match[2]
    if match := re.search(r"\\s\s*\\up\s*\d*\s*\([^)]*\)\s*[,;，]\s*([^)]*)\)", inside):
        return match[1]
    plain = re.sub(r"\\\*\s*\S+|\\[a-z]+\s*\d*", "", inside)
    return re.sub(r"[()\s]+", "", plain)


class Fields:
    """All fields of a part by their ``w:fldChar`` elements; what is not closed is no field.

    The stories of a part (its body and each text box) have fields of their own.
    """

    def __init__(self, root: Element) -> None:
        self._fields: dict[Element, Field] = {}
        self._scan(root)

    def get(self, mark: Element) -> Field | None:
        """The field that a ``w:fldChar`` belongs to."""
        return self._fields.get(mark)

    def _scan(self, root: Element) -> None:
        stories = [root]
        while stories:
            boxes = self._story(stories.pop())
            stories += boxes

    def _story(self, story: Element) -> list[Element]:
        open_: list[tuple[Field, list[Element]]] = []
        boxes: list[Element] = []
        for item in walk(story, frozenset({BOX})):
            if item.tag == BOX:
                boxes.append(item)
            elif item.tag == INSTRUCTION and open_:
                open_[-1][0].instruction += item.text or ""
            elif item.tag == CHAR:
                self._mark(item, open_)
        return boxes

    def _mark(self, item: Element, open_: list[tuple[Field, list[Element]]]) -> None:
        match item.get(_TYPE):
            case "begin":
                open_.append((Field(item), [item]))
            case "separate" if open_:
                open_[-1][1].append(item)
            case "end" if open_:
                found, marks = open_.pop()
                if len(open_) < DEEPEST:
                    self._fields.update(dict.fromkeys((*marks, item), found))

    def __iter__(self) -> Iterator[Field]:
        return iter(dict.fromkeys(self._fields.values()))


def simple(element: Element) -> Field:
    """The field of ``w:fldSimple``."""
    return Field(element, element.get(W + "instr", ""))
