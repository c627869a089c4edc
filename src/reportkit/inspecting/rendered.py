"""What only a rendering of a Word document tells: pages, and what stands at their ends.

LibreOffice breaks pages as Word does only where both have the same fonts. So what is found on its
pages is told as a remark; except page numbers of contents that were made from such pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportkit.model.diagnostic import Finding, Severity
from reportkit.model.style import Style

from .measured import Measured

ENTRIES = 0.2
"""Share of wrong entries in the contents from which on they are told together."""
Facts = list[tuple[str, str]]


def on_its_pages(
    measured: Measured, style: Style | None, name: str, *, same: bool
) -> tuple[Facts, list[Finding]]:
    """Facts and findings of a document by its rendering.

    ``same`` says that the document's own page numbers come from such a rendering.
    """
    from . import pages, structure

    entries = structure.entries(measured)
    told = [("排印", f"LibreOffice 排成 {len(measured.sheets)} 页，目录条目 {len(entries)}")]
    findings = list(_contents(measured, style, len(entries), same=same))
    for rule in (
        structure.headings_at_foot,
        structure.captions_apart,
        structure.headers_not_repeated,
        pages.blank_pages,
    ):
        remarks = [f.model_copy(update={"severity": Severity.INFO}) for f in rule(measured, style)]
        findings += remarks
    return told, [_about(finding, name) for finding in findings]


def _contents(
    measured: Measured, style: Style | None, count: int, *, same: bool
) -> Iterator[Finding]:
    """RK721 by the rendering; entries whose title is nowhere are left to whoever reads."""
    from . import structure

    wrong = [f for f in structure.contents_pages(measured, style) if f.args.get("limit")]
    if same:
        yield from wrong
    elif len(wrong) > max(3, count * ENTRIES):
        yield _together(wrong)
    else:
        yield from (f.model_copy(update={"severity": Severity.INFO}) for f in wrong)


def _together(wrong: Sequence[Finding]) -> Finding:
    """One finding for contents that were made under other pages."""
    first = wrong[0]
    what = f"{first.args['what']}”等 {len(wrong)} 条，“{first.args['what']}"
    args = {**first.args, "what": what}
    return first.model_copy(update={"args": args, "severity": Severity.INFO})


def _about(finding: Finding, name: str) -> Finding:
    """The same about the Word document, on the page of its rendering."""
    place = finding.place.model_copy(update={"file": name})
    return finding.model_copy(update={"place": place, "at": name})
