"""Measure produced files, ours or anyone's, and say what is not as it should be (RK710 on)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .measured import Unreadable

if TYPE_CHECKING:
    from reportkit.model.diagnostic import Finding
    from reportkit.model.style import Style

    from .compare import Piece
    from .measured import Measured

Facts = list[tuple[str, str]]


def examine(
    name: str,
    content: bytes,
    style: Style | None = None,
    other: tuple[str, bytes] | None = None,
    printing: Callable[[bytes], bytes | None] | None = None,
) -> tuple[Facts, list[Finding]]:
    """Facts and findings of a DOCX or PDF; ``other`` is (name, content) of its other form.

    ``printing`` makes a PDF of a Word document as LibreOffice prints it, or nothing.

    Raises:
        Unreadable: a file is neither, is encrypted, or is damaged.
    """
    from .docx import inspect_docx

    if is_pdf(content):
        from .pdf import measure

        measured = measure(name, content)
        told, found = facts(measured), list(inspect_pdf(measured, style))
    else:
        told, found = inspect_docx(name, content, style)
        printed = printing(content) if printing is not None else None
        if printed is not None:
            more = _on_its_pages(name, content, style, printed)
            told, found = told + more[0], found + more[1]
    if other is not None:
        found += differences((name, content), other)
        told.append(("比较", f"与 {other[0]} 逐字、逐数、逐表"))
    return told, found


def _on_its_pages(
    name: str, content: bytes, style: Style | None, printed: bytes
) -> tuple[Facts, list[Finding]]:
    from .docx_text import page_source
    from .pdf import measure
    from .rendered import on_its_pages

    same = page_source(content) in ("exact", "office")
    return on_its_pages(measure(name, printed), style, name, same=same)


def is_pdf(content: bytes) -> bool:
    """Whether it is a PDF by its first bytes."""
    return b"%PDF-" in content[:1024]


def differences(one: tuple[str, bytes], other: tuple[str, bytes]) -> list[Finding]:
    """RK731 to RK733: where two forms of one report differ. The Word document leads.

    Raises:
        Unreadable: a file is neither DOCX nor PDF, is encrypted, or is damaged.
    """
    from .compare import Comparison, flat

    first, second = (other, one) if is_pdf(one[1]) and not is_pdf(other[1]) else (one, other)
    text = flat(second[0], _pieces(*second))
    return list(Comparison(first[0], _pieces(*first), text).findings())


def _pieces(name: str, content: bytes) -> Sequence[Piece]:
    if is_pdf(content):
        from .compare import pieces_of_pdf
        from .pdf import measure

        return pieces_of_pdf(measure(name, content))
    from .docx_text import pieces_of_docx

    return pieces_of_docx(name, content)


def inspect_pdf(measured: Measured, style: Style | None = None) -> Sequence[Finding]:
    """Everything that is wrong with a measured PDF; ``style`` is the look that it should have."""
    from . import media, pages, structure

    rules = (
        pages.page_size,
        pages.page_margins,
        pages.lines_per_page,
        media.fonts_missing,
        media.glyphs_missing,
        media.fonts_mixed,
        media.body_font_other,
        pages.ragged,
        structure.headings_at_foot,
        structure.captions_apart,
        structure.headers_not_repeated,
        pages.blank_pages,
        pages.page_numbers,
        structure.contents_pages,
        media.pictures_coarse,
        media.links_broken,
        media.metadata_missing,
    )
    return [finding for rule in rules for finding in rule(measured, style)]


def facts(measured: Measured) -> Facts:
    """What people ask for first about a PDF."""
    from .measured import MM
    from .pages import straightness
    from .structure import entries

    first = measured.sheets[0]
    full, straight, _ = straightness(measured)
    embedded = sum(font.embedded for font in measured.fonts)
    coarsest = min((p.dpi for s in measured.sheets for p in s.pictures), default=None)
    made = [
        ("页数", str(len(measured.sheets))),
        ("纸张", f"{first.width / MM:.0f} mm × {first.height / MM:.0f} mm"),
        ("正文字体", f"{measured.body_font}，{measured.body_size:g} 磅"),
        ("字体", f"{len(measured.fonts)} 种，已嵌入 {embedded} 种"),
        ("目录条目", str(len(entries(measured)))),
        ("标签", "有" if measured.tagged else "无"),
    ]
    if full:
        made.append(("满行右端对齐", f"{straight / full:.1%}（{full} 行中 {straight} 行）"))
    if coarsest is not None:
        made.append(("图片最低分辨率", f"{coarsest} dpi"))
    if measured.attachments:
        made.append(("附件", "、".join(measured.attachments)))
    return made


__all__ = ["Facts", "Unreadable", "differences", "examine", "facts", "inspect_pdf"]
