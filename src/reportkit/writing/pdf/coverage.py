"""Which characters of a report the chosen fonts do not hold. Looked up before anything is laid out.

A character that no font holds is a warning (RK701) and prints as 〓; one that another family must
lend, and a font that is not on this machine at all, are said as information (RK702).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.report import (
    Heading,
    Label,
    Para,
    Part,
    RBlock,
    RCase,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
    Runs,
)
from reportkit.model.style import Style
from reportkit.writing.fonts import Face, Library, latin_faces, role_faces
from reportkit.writing.plan import heading_look

from .text import Printable

Said = tuple[str, bool, str, Place | None]
"""Key of Style.texts, bold, text, place."""
_MOST = 30


@dataclass
class Checked:
    """What was found: findings, and the characters that no font holds."""

    findings: list[Finding] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def check(report: Report, style: Style, fonts: Library) -> Checked:
    """Look up every character of the report in the faces of its font role."""
    plain = Printable()
    found = Checked()
    used: dict[tuple[str, bool], dict[str, Said]] = {}
    for said in texts(report):
        key, bold, text, _ = said
        look = style.texts[key]
        seen = used.setdefault((look.font, look.bold or bold), {})
        for char in set(text).difference(seen):
            seen[char] = said
    lent: dict[tuple[str, str], dict[str, Said]] = {}
    for (role, bold), chars in used.items():
        faces = role_faces(style, fonts, role, bold=bold)
        latin = latin_faces(style.fonts[role], fonts)
        for char in sorted(chars):
            own = (*latin, *faces[:1])
            if not plain(char).strip() or any(char in face.coverage for face in own):
                continue
            holder = next((face for face in faces if char in face.coverage), None)
            if holder is None:
                found.missing.add(char)
            elif faces[0].families != holder.families:
                pair = (_name(faces[0]), _name(holder))
                lent.setdefault(pair, {}).setdefault(char, chars[char])
    found.findings += _absent(style, fonts, {role for role, _ in used})
    found.findings += _lent(lent)
    found.findings += _missing(report, style, found.missing)
    return found


def _name(face: Face) -> str:
    chinese = [name for name in face.families if not name.isascii()]
    return (chinese or list(face.families))[0]


def _absent(style: Style, fonts: Library, roles: set[str]) -> list[Finding]:
    """Fonts that the style wants and the machine does not have."""
    pairs = {}
    for role in sorted(roles):
        font = style.fonts[role]
        wanted = {font.word, font.word_alt}
        faces = role_faces(style, fonts, role)
        if faces and not wanted.intersection(faces[0].families):
            pairs[font.word] = _name(faces[0])
    return [
        Finding(code="RK702", place=Place(), args={"font": font, "substitute": substitute})
        for font, substitute in pairs.items()
    ]


def _lent(lent: dict[tuple[str, str], dict[str, Said]]) -> Iterator[Finding]:
    for (font, substitute), chars in lent.items():
        first = next(iter(chars.values()))
        shown = "".join(list(chars)[:_MOST]) + ("…" if len(chars) > _MOST else "")
        yield Finding(
            code="RK702",
            place=first[3] or Place(),
            quote=first[2][:60],
            args={"font": font, "substitute": substitute, "characters": shown},
        )


def _missing(report: Report, style: Style, missing: set[str]) -> Iterator[Finding]:
    """One finding a character, at its first place, with the number of places."""
    if not missing:
        return
    places: dict[str, list[Said]] = {}
    for said in texts(report):
        for char in missing.intersection(said[2]):
            places.setdefault(char, []).append(said)
    for char in sorted(missing)[:_MOST]:
        key, _, text, place = places[char][0]
        font = style.fonts[style.texts[key].font].word
        at = text.find(char)
        yield Finding(
            code="RK701",
            place=place.at(text, at) if place else Place(),
            quote=text[max(0, at - 10) : at + 11],
            args={"characters": char, "font": font, "count": len(places[char])},
        )


def texts(report: Report) -> Iterator[Said]:
    """Every text of the report with the look in which it is printed."""
    yield "title", False, report.title, report.place
    for part in report.parts:
        yield from _part(part)
    for note in report.footnotes:
        yield from _runs("footnote", note.runs)


_LINES = {"title": "title", "subtitle": "subtitle"}
_PARTS = {"statement": "statement", "sign_off": "sign_off", "colophon": "colophon"}


def _part(part: Part) -> Iterator[Said]:
    if part.title:
        yield "part_title", False, part.title, part.place
    other = _PARTS.get(part.kind.value, "cover_line")
    for role, text in part.lines:
        yield _LINES.get(role, other), False, text, part.place
    for entry in part.entries:
        yield f"toc{min(entry.level, 3)}", False, entry.text, entry.place
    for block in part.blocks:
        yield from _block(block, "body")


def _block(block: RBlock, body: str) -> Iterator[Said]:
    match block:
        case Heading():
            key = heading_look(block.level, in_toc=block.in_toc)
            yield key, False, block.number, block.place
            yield from _runs(key, block.runs, block.place)
        case Para():
            key = block.role if block.role in ("note", "sign_off") else body
            yield key, False, block.number, block.place
            yield from _runs(key, block.runs, block.place)
        case RList():
            for item in block.items:
                yield "list", False, item.marker, item.place
                for inner in item.blocks:
                    yield from _block(inner, "list")
        case RTable():
            yield from _caption("table_caption", block.caption)
            yield "unit", False, block.unit or "", block.place
            for cell in block.cells:
                head = cell.row < block.header_rows
                yield from _runs("table_header" if head else "table", cell.runs, cell.place)
        case RFigure():
            for picture in block.pictures:
                yield from _runs("table", picture.caption, picture.place)
            yield from _caption("figure_caption", block.caption)
        case RChart():
            words = [block.unit or "", *block.categories]
            words += [text for one in block.series for text in (one.name, *one.shown)]
            yield "table_header", False, "".join(words), block.place
            yield from _caption("figure_caption", block.caption)
        case RCase():
            yield from _runs("case_heading", block.heading, block.place)
            for inner in block.blocks:
                yield from _block(inner, "case_body")
    if isinstance(block, RTable | RFigure | RChart):
        for note in block.notes:
            yield from _runs("note", note, block.place)


def _caption(key: str, label: Label) -> Iterator[Said]:
    yield key, False, label.label_print + (label.owner or ""), label.place
    yield from _runs(key, label.title, label.place)


def _runs(key: str, runs: Runs, place: Place | None = None) -> Iterator[Said]:
    for run in runs:
        yield key, run.bold, run.text, run.place or place
