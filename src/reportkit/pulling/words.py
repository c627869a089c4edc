"""What was changed in a printed text, carried over to the inline Markdown that it came from.

A printed text is made of letters that stand in the source, of what the program put in (numbers,
labels), and of what markup became (values, references, footnote marks). Only letters are changed;
a change that touches a value is a conflict with the data.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from reportkit.composing.inline import parse
from reportkit.reading.importing.inline import escape

from .units import NOTE

_TOKEN = re.compile(r"[0-9０-９]+(?:[.,．，:：][0-9０-９]+)*|[A-Za-z]+|\S")
Kind = Literal["letter", "value", "reference", "note", "made"]


@dataclass(frozen=True, eq=False, slots=True)
class Atom:
    """Where printed characters come from: ``start`` to ``end`` of the text of slot ``slot``.

    ``made`` is what no source has; several characters share one atom unless they are letters.
    """

    kind: Kind
    slot: int = -1
    start: int = 0
    end: int = 0
    source: str = ""


_MADE = Atom("made")


@dataclass(frozen=True)
class Clash:
    """A change that was not carried over: ``kind`` of what it touches, old and new words."""

    kind: Kind
    old: str
    new: str
    source: str = ""


@dataclass
class Merged:
    """New texts of the slots, what was not carried over, and which footnotes were added or kept.

    ``texts`` is None where the printed text could not be traced to its source. ``notes`` pairs
    the footnote marks by their order: (of the old text, of the new text); None is one that is new
    or gone.
    """

    texts: list[str] | None
    clashes: list[Clash] = field(default_factory=list)
    notes: list[tuple[int | None, int | None]] = field(default_factory=list)


def merge(texts: Sequence[str], markup: Sequence[bool], old: str, new: str) -> Merged:
    """Carry the change from ``old`` to ``new`` over to ``texts``, which print as ``old``.

    ``markup`` says which texts are inline Markdown. In the new texts ``NOTE`` stands for each
    footnote that was added.
    """
    owners = trace(texts, markup, old)
    if owners is None:
        return Merged(None)
    work = _Work(texts, markup, owners, old, new)
    work.run()
    made = [_applied(text, edits) for text, edits in zip(texts, work.edits, strict=True)]
    if trace(made, markup, work.expected()) is None:
        return Merged(None, work.clashes, work.notes)
    return Merged(made, work.clashes, work.notes)


def trace(texts: Sequence[str], markup: Sequence[bool], printed: str) -> list[Atom | None] | None:
    """The atom of each character of ``printed`` (None for blanks), if it is made of ``texts``."""
    kept = [(n, char) for n, char in enumerate(printed) if not char.isspace()]
    solid = "".join(char for _, char in kept)
    owners: list[Atom] = []
    for index, text in enumerate(texts):
        pieces = _pieces(index, text, markup[index])
        last = index == len(texts) - 1
        for number, (letters, atoms) in enumerate(pieces):
            final = last and number == len(pieces) - 1
            if letters:
                at = _find(solid, letters, len(owners), final)
                if at < 0:
                    return None
                before = pieces[number - 1][1] if number and not pieces[number - 1][0] else []
                owners += [before[0] if before else _MADE] * (at - len(owners))
                owners += atoms
            elif final:
                owners += [atoms[0]] * (len(solid) - len(owners))
    owners += [_MADE] * (len(solid) - len(owners))
    made: list[Atom | None] = [None] * len(printed)
    for (position, _), atom in zip(kept, owners, strict=True):
        made[position] = atom
    return made


def _find(solid: str, letters: str, start: int, final: bool) -> int:
    """Where letters stand; the last ones of a text at its end if they can."""
    tail = len(solid) - len(letters)
    if final and tail >= start and solid.endswith(letters):
        return tail
    return solid.find(letters, start)


def _pieces(slot: int, text: str, markup: bool) -> list[tuple[str, list[Atom]]]:
    """Stretches of letters with an atom each; what prints otherwise has no letters."""
    made: list[tuple[str, list[Atom]]] = []
    for kind, letters, start, end in _parsed(text, markup):
        if kind in ("letter", "note"):
            atoms = [
                Atom(kind, slot, start + n, start + n + 1) if kind == "letter" else
                Atom(kind, slot, start, end, text[start:end])
                for n, char in enumerate(letters) if not char.isspace()
            ]  # fmt: skip
            solid = "".join(letters.split())
            alone = kind == "letter" and len(letters) == 1 and text[start - 1 : start] == "\\"
            if alone and atoms and not (made and made[-1][1][-1].end == start):
                atoms[0] = Atom("letter", slot, start - 1, end)
            if made and made[-1][0]:
                made[-1] = (made[-1][0] + solid, made[-1][1] + atoms)
            elif solid:
                made.append((solid, atoms))
        elif made and not made[-1][0]:
            last = made[-1][1][0]
            made[-1] = ("", [Atom(last.kind, slot, last.start, end, text[last.start : end])])
        else:
            made.append(("", [Atom(kind, slot, start, end, text[start:end])]))
    return made


def _parsed(text: str, markup: bool) -> Iterable[tuple[Kind, str, int, int]]:
    """Kind, printed letters, and range in the source of each piece of inline Markdown."""
    if not markup:
        yield "letter", text, 0, len(text)
        return
    for piece in parse(text)[0]:
        at = piece.offset
        match piece.kind:
            case "text" if text.startswith(piece.text, at):
                yield "letter", piece.text, at, at + len(piece.text)
            case "text":
                end = text.find(";", at) + 1
                yield "reference", "", at, max(end, at + 1)
            case "value":
                yield "value", "", at, text.index("}}", at + 2) + 2
            case "reference":
                yield "reference", "", at, at + len(piece.text) + 1
            case "footnote":
                yield "note", NOTE, at, at + len(piece.text) + 3
            case _:
                pass


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    return [_Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


_Edit = tuple[int, int, str]


class _Work:
    """One merge, region by region."""

    def __init__(
        self,
        texts: Sequence[str],
        markup: Sequence[bool],
        owners: Sequence[Atom | None],
        old: str,
        new: str,
    ) -> None:
        self.texts, self.markup, self.owners = texts, markup, owners
        self.old, self.new = old, new
        self.before, self.after = _tokens(old), _tokens(new)
        self.edits: list[list[_Edit]] = [[] for _ in texts]
        self.clashes: list[Clash] = []
        self.notes: list[tuple[int | None, int | None]] = []
        self.kept: list[str] = []
        self.seen = [0, 0]

    def run(self) -> None:
        """Go through the differences."""
        words = [[token.text for token in side] for side in (self.before, self.after)]
        matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                self.kept += words[0][i1:i2]
                for word in words[0][i1:i2]:
                    if word == NOTE:
                        self._note(True, True)
            elif self._region(i1, i2, j1, j2):
                self.kept += words[1][j1:j2]
                self._notes(words[0][i1:i2].count(NOTE), words[1][j1:j2].count(NOTE))
            else:
                self.kept += words[0][i1:i2]
                self._notes(words[0][i1:i2].count(NOTE), words[1][j1:j2].count(NOTE))

    def expected(self) -> str:
        """What the new texts must print."""
        return "".join(self.kept)

    def _note(self, old: bool, new: bool) -> None:
        self.notes.append((self.seen[0] if old else None, self.seen[1] if new else None))
        self.seen[0] += old
        self.seen[1] += new

    def _notes(self, old: int, new: int) -> None:
        for _ in range(old):
            self._note(True, False)
        for _ in range(new):
            self._note(False, True)

    def _region(self, i1: int, i2: int, j1: int, j2: int) -> bool:
        """Carry one difference over; False if it was not."""
        atoms = self._atoms(i1, i2)
        kinds = {atom.kind for atom in atoms}
        slots = {atom.slot for atom in atoms if atom.kind != "made"}
        if not atoms:
            return self._insert(i1, j1, j2)
        letters = kinds <= {"letter", "note"}
        gone = (
            j1 == j2 and "made" not in kinds and kinds & {"letter", "note"} and self._whole(i1, i2)
        )
        if len(slots) == 1 and (letters or gone):
            self._replace(atoms, self._said(j1, j2))
            return True
        touched = next((a for a in atoms if a.kind == "value"), None)
        touched = touched or next((a for a in atoms if a.kind != "letter"), atoms[0])
        old = self.old[self.before[i1].start : self.before[i2 - 1].end]
        clash = Clash(touched.kind, old, self._said(j1, j2).replace(NOTE, ""), touched.source)
        renumbered = _NUMBER.sub("", clash.old) == _NUMBER.sub("", clash.new)
        if not (renumbered and kinds <= {"made", "reference"}):
            self.clashes.append(clash)
        return False

    def _atoms(self, i1: int, i2: int) -> list[Atom]:
        """The atoms of some tokens, each once."""
        found: dict[int, Atom] = {}
        for token in self.before[i1:i2]:
            for atom in self.owners[token.start : token.end]:
                if atom is not None:
                    found.setdefault(id(atom), atom)
        return list(found.values())

    def _whole(self, i1: int, i2: int) -> bool:
        """Whether no atom reaches beyond these tokens."""
        inside = {id(atom) for atom in self._atoms(i1, i2) if atom.kind != "made"}
        around = [*self._atoms(i1 - 1, i1)] if i1 else []
        around += self._atoms(i2, i2 + 1)
        return not any(id(atom) in inside for atom in around)

    def _said(self, j1: int, j2: int) -> str:
        """The new words, with the blanks among them."""
        if j1 == j2:
            return ""
        return " ".join(self.new[self.after[j1].start : self.after[j2 - 1].end].split("\n"))

    def _blank(self, side: Sequence[_Token], at: int) -> bool:
        """Whether there is a blank before token ``at``, between two others."""
        return 0 < at < len(side) and side[at - 1].end < side[at].start

    def _replace(self, atoms: Sequence[Atom], said: str) -> None:
        """Put the words in the place of the first letters; take away the others."""
        slot = atoms[0].slot
        ranges: list[list[int]] = []
        for atom in atoms:
            if ranges and not self.texts[slot][ranges[-1][1] : atom.start].strip(" \t"):
                ranges[-1][1] = atom.end
            else:
                ranges.append([atom.start, atom.end])
        text = escape(said) if self.markup[slot] else said
        for start, end in ranges:
            self.edits[slot].append((start, end, text))
            text = ""

    def _insert(self, i1: int, j1: int, j2: int) -> bool:
        """Put new words between two tokens, beside letters if there are any."""
        before, after = self._atoms(i1 - 1, i1) if i1 else [], self._atoms(i1, i1 + 1)
        inside = before and after and before[-1] is after[0] and before[-1].kind != "letter"
        said, gap = self._said(j1, j2), self._blank(self.before, i1)
        lead = " " if self._blank(self.after, j1) else ""
        trail = " " if self._blank(self.after, j2) else ""
        if not inside:
            if before and before[-1].kind != "made":
                return self._put(before[-1].slot, before[-1].end, lead + said + trail * (not gap))
            if after and after[0].kind != "made":
                return self._put(after[0].slot, after[0].start, said + trail)
            empty = [index for index, text in enumerate(self.texts) if not text.strip()]
            if len(empty) == 1:
                return self._put(empty[0], 0, said)
        touched = before[-1] if before else after[0] if after else _MADE
        self.clashes.append(Clash(touched.kind, "", said, touched.source))
        return False

    def _put(self, slot: int, at: int, said: str) -> bool:
        self.edits[slot].append((at, at, escape(said) if self.markup[slot] else said))
        return True


_NUMBER = re.compile(r"[0-9一二三四五六七八九十]+")


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for start, end, said in sorted(edits, reverse=True):
        text = text[:start] + said + text[end:]
    return text
