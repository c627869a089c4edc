"""Paragraphs and cases as they are compared: their bare words, and marks of these to find them by.

Marks are hashes of eight characters in a row, one kept out of every window of sixteen (winnowing:
Schleimer, Wilkerson and Aiken, 2003), so that any 23 characters in a row that two texts have in
common give them a common mark.
"""

from __future__ import annotations

import re
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from zlib import compress, crc32, decompress

from ...composing.facts import NoValueError
from ...composing.values import Values
from ...model.base import Place
from ...model.blocks import Block, Case, Paragraph
from ...model.standard import SectionSpec, Standard
from ..content import is_guidance, is_last_year
from ..context import Context, Node, flatten, hanzi, plain
from .digest import Digest, Passage
from .limits import limits

SHINGLE, WINDOW = 8, 16
LONGEST = 4000
"""Characters of a passage that are compared."""
_QUOTED = 40
_VALUE = re.compile(r"\{\{(.{1,200}?)\}\}", re.DOTALL)
_NOISE = re.compile(r"《[^》\n]{0,80}》|@(?:tbl|fig|case|sec):[\w.:-]+|https?://\S+")
_WORDS = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_DIGITS = re.compile(r"[0-9]+")


def bare(text: str, name: str = "") -> str:
    """Hanzi, letters and digits of a text, without titles of documents and the writer's name."""
    text = _NOISE.sub("", text)
    if name:
        text = text.replace(name, "")
    return _WORDS.sub("", text).casefold()


def wordless(text: str) -> str:
    """Bare text without its digits: what is compared between organisations."""
    return _DIGITS.sub("", text)


def shingles(text: str) -> list[int]:
    """Hashes (32 bits) of every eight characters in a row."""
    data = memoryview(text.encode("utf-32-le", "replace"))
    last = len(text) - SHINGLE
    return [crc32(data[4 * i : 4 * (i + SHINGLE)]) for i in range(last + 1)]


def winnowed(hashes: list[int]) -> list[int]:
    """The least hash of every window, each once, in order of size."""
    if len(hashes) <= WINDOW:
        return [min(hashes)] if hashes else []
    return sorted({min(hashes[i : i + WINDOW]) for i in range(len(hashes) - WINDOW + 1)})


def packed(marks: Iterable[int]) -> str:
    """Marks as text: base64 of little-endian 32-bit numbers."""
    numbers = array("I", marks)
    if sys.byteorder == "big":
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode()


def unpacked(text: str) -> array[int]:
    """The marks that :func:`packed` wrote."""
    numbers = array("I")
    numbers.frombytes(b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def packed_texts(texts: Iterable[str]) -> str:
    """Bare texts, small: base64 of what zlib makes of them, one a line."""
    joined = "\n".join(texts).encode("utf-8", "replace")
    return b64encode(compress(joined, 6)).decode() if joined else ""


def texts(digest: Digest) -> list[str]:
    """The bare text of every passage."""
    return decompress(b64decode(digest.words)).decode().split("\n") if digest.words else []


def passages(context: Context, values: Values) -> Iterator[tuple[Passage, str]]:
    """The paragraphs outside cases and the cases, in reading order, with their bare texts.

    Short ones, guidance, text marked as last year's, and what is mostly the wording of the
    standard are left out.
    """
    name = context.submission.metadata.organisation.name
    known = _wording(context.standard, name) if context.has_standard else frozenset()
    order: dict[Node, int] = {node: at for at, node in enumerate(context.chapters)}
    case = -1
    for node, block, within in context.blocks:
        if isinstance(block, Case):
            case += 1
            text = "\n".join(_texts(block.blocks, values))
            found = _passage(text, name, known, limits().case_hanzi)
            at, place = case, _first(block) or block.place
        elif within is None and isinstance(block, Paragraph) and _written(block):
            text = _filled(block.text, values)
            found = _passage(text, name, known, limits().paragraph_hanzi)
            at, place = None, block.place
        else:
            continue
        if found is not None:
            words, marks = found
            passage = Passage(
                chapter=order[node.root],
                case=at,
                key=sha256(words.encode("utf-8", "replace")).hexdigest()[:16],
                hanzi=hanzi(words),
                quote=_quote(block),
                marks=packed(marks),
                place=(place or node.place).bare,
            )
            yield passage, words


def _passage(
    text: str, name: str, known: frozenset[int], least: int
) -> tuple[str, list[int]] | None:
    """Bare text and marks, unless it is too short or not the writer's own."""
    if hanzi(text) < least:
        return None
    words = bare(text[: 2 * LONGEST], name)[:LONGEST]
    hashes = shingles(wordless(words))
    given = sum(each in known for each in hashes)
    if not hashes or given * 100 > len(hashes) * limits().standard_percent:
        return None
    return words, winnowed(hashes)


def _written(block: Paragraph) -> bool:
    return not is_guidance(block) and not is_last_year(block)


def _texts(blocks: tuple[Block, ...], values: Values) -> Iterator[str]:
    for block, _ in flatten(blocks):
        if isinstance(block, Paragraph) and _written(block):
            yield _filled(block.text, values)


def _first(case: Case) -> Place | None:
    """Where the text of a case begins."""
    return next((b.place for b, _ in flatten(case.blocks) if isinstance(b, Paragraph)), None)


def _quote(block: Block) -> str:
    """The beginning of a paragraph, or of the first of a case, letter by letter."""
    if isinstance(block, Case):
        block = next((b for b, _ in flatten(block.blocks) if isinstance(b, Paragraph)), block)
    return block.text.partition("\n")[0][:_QUOTED] if isinstance(block, Paragraph) else ""


def _filled(text: str, values: Values) -> str:
    """A text as printed, without marks."""

    def value(found: re.Match[str]) -> str:
        try:
            return values.text(found[1].strip())
        except NoValueError:
            return ""

    return plain(_VALUE.sub(value, text) if "{{" in text else text)


def _wording(standard: Standard, name: str) -> frozenset[int]:
    """Shingles of everything that a standard says itself."""
    said: list[str | None] = []
    for part in standard.parts:
        said += [part.title, part.guidance, part.text]
    for spec in _specs(standard.outline):
        said += [spec.title, spec.guidance, spec.condition]
    for table in standard.tables:
        said += [table.title, table.guidance]
    for indicator in standard.indicators:
        said += [indicator.definition]
    return frozenset(h for text in said if text for h in shingles(wordless(bare(text, name))))


def _specs(specs: tuple[SectionSpec, ...]) -> Iterator[SectionSpec]:
    for spec in specs:
        yield spec
        yield from _specs(spec.sections)
