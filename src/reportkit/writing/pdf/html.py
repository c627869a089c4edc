"""The report as HTML and CSS: templates filled with final, escaped text."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from reportkit import resources
from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.report import (
    Part,
    RCell,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
    Run,
    Runs,
    plain,
)
from reportkit.model.style import Style
from reportkit.writing import plan

from . import breaks, fitting

if TYPE_CHECKING:
    from jinja2 import Template

    from .served import Served

_LINE_LOOKS: dict[str, dict[str, str]] = {
    "statement": {"date": "sign_off", "organisation": "sign_off"},
    "colophon": {},
}
_MOST_TIED = 12
"""Cells over more rows than this may be parted by a page."""
_SAFE_LINKS = ("https://", "http://", "mailto:")


class Page:
    """Turns one report into HTML; keeps the mapping between anchors and element ids."""

    def __init__(self, report: Report, style: Style, served: "Served") -> None:
        self.report, self.style, self.served = report, style, served
        self.zones = plan.zones(report)
        self.findings: list[Finding] = []
        self.ids: dict[str, str] = {}
        self.zone_of: dict[str, plan.Zone] = {}
        for part, zone in zip(report.parts, self.zones, strict=True):
            for anchor in anchors(part):
                self.ids.setdefault(anchor, f"a{len(self.ids)}")
                self.zone_of.setdefault(anchor, zone)

    def html(self) -> str:
        """The document; words and numbers in the order of the report."""
        return _template("report.html.j2").render(
            report=self.report,
            style=self.style,
            ids=_Ids(self.ids),
            zone_of=self.zone_of,
            zones=list(self._zones()),
            opening=plan.opening_title(self.report),
            line_looks=_LINE_LOOKS,
            title_lines=lambda title: plan.title_lines(title, self.style),
            t=self.served.printable,
            runs=self.runs,
            widths=lambda table: [f"{100 * share:.3f}" for share in plan.column_widths(table)],
            fit=self.fit,
            heading_look=lambda heading: plan.heading_look(heading.level, in_toc=heading.in_toc),
            groups=table_groups,
            spans=spans,
            chart=self.chart,
            asset=lambda picture: self.served.asset(picture.asset),
            missing=plan.missing_picture,
            share=_share,
            high=lambda figure: f"{fitting.picture_room(figure, self.style):.1f}mm",
            hanging=self.hanging,
            head=lambda part: part.lines[: _cover_foot(part)],
            foot=lambda part: part.lines[_cover_foot(part) :],
        )

    def css(self) -> str:
        """The stylesheet of the look."""
        style = self.style
        header = style.header and _content(style.header, {"title": self.report.title})
        return _template("print.css.j2", escaped=False).render(
            report=self.report,
            style=style,
            families=self.served.families,
            faces=self.served.faces,
            watermark=self.served.watermark,
            string=css_string,
            header=header,
            emphasis="kai" if "kai" in style.fonts else None,
        )

    def _zones(self) -> Iterator[tuple[plan.Zone, list[tuple[bool, Part]]]]:
        pairs = zip(self.zones, self.report.parts, strict=True)
        for zone, group in groupby(pairs, key=lambda pair: pair[0]):
            yield zone, [(plan.starts_page(part, self.report), part) for _, part in group]

    def fit(self, table: RTable) -> fitting.TableFit:
        """How a table is set; one that does not fit whatever the size is told (RK704)."""
        fitted = fitting.TableFit(table, self.style)
        if fitted.crowded:
            label = table.caption
            self.findings.append(
                Finding(
                    code="RK704",
                    place=label.place or Place(),
                    quote=label.text[:80],
                    args={"table": label.label or plain(label.title), "columns": table.columns},
                )
            )
        return fitted

    def chart(self, chart: RChart) -> Markup:
        """A chart as inline SVG."""
        from reportkit.writing.charts import FONT, chart_svg

        family = self.served.families(self.style.texts[FONT].font)
        return Markup(self.served.printable(chart_svg(chart, self.style, family)))

    def hanging(self, block: RList) -> str:
        """The indents of a list, in characters: room for its longest marker, left edge of text."""
        longest = max(plan.units(item.marker) for item in block.items)
        mark = max(1.0, longest / 2 + 0.5)
        left = max(self.style.texts["list"].left, mark)
        return f"--mark:{mark:.1f}em;--left:{left:.1f}em"

    def runs(self, runs: Runs) -> Markup:
        """Runs as inline HTML."""
        texts = [self.served.printable(run.text) for run in runs]
        pieces: list[str] = []
        for index, (run, text) in enumerate(zip(runs, texts, strict=True)):
            if run.footnote is not None:
                pieces.append(self._footnote(run.footnote))
                continue
            following = texts[index + 1] if index + 1 < len(runs) else ""
            inner = str(escape(text))
            if text and following and not (_bare(run) and _bare(runs[index + 1])):
                inner = _spaced(text, following)
            if run.bold:
                inner = f"<b>{inner}</b>"
            if run.italic:
                inner = f"<i>{inner}</i>"
            target = self._target(run.link)
            pieces.append(f'<a href="{escape(target)}">{inner}</a>' if target else inner)
        return Markup("".join(pieces))

    def _footnote(self, index: int) -> str:
        if not 0 <= index < len(self.report.footnotes):
            return ""
        note = self.report.footnotes[index]
        plain = tuple(run for run in note.runs if run.footnote is None)
        first, *others = (self.runs(part) for part in fitting.note_parts(plain, self.style))
        made = f'<span class="fn" data-mark="{escape(note.mark)}">{first}</span>'
        return made + "".join(f'<span class="fn more">{part}</span>' for part in others)

    def _target(self, link: str | None) -> str | None:
        if link is None:
            return None
        if link.startswith("#"):
            return f"#{self.ids[link[1:]]}" if link[1:] in self.ids else None
        return link if link.casefold().startswith(_SAFE_LINKS) else None


def _bare(run: Run) -> bool:
    """Whether a run prints as mere text, so that it joins its neighbour."""
    return not (run.bold or run.italic or run.link) and run.footnote is None


def _spaced(text: str, following: str) -> str:
    """A text whose last character stands as far from the next run as within one text."""
    shift = breaks.shift(text[-1], following[0])
    if not shift:
        return str(escape(text))
    kind = "apart" if shift > 0 else "near"
    return f'{escape(text[:-1])}<span class="{kind}">{escape(text[-1])}</span>'


class _Ids(dict[str, str]):
    """Element ids by anchor; unknown anchors give an empty id instead of an error."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def _template(name: str, *, escaped: bool = True) -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates() / "common"),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def anchors(part: Part) -> Iterator[str]:
    """All anchors of a part, its own first, in print order."""
    yield part.anchor
    yield from _anchors(part.blocks)


def _anchors(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if block.type in ("heading", "paragraph"):
            if block.anchor:
                yield block.anchor
        elif block.type == "list":
            for item in block.items:
                yield from _anchors(item.blocks)
        else:
            yield block.caption.anchor
            if block.type == "case":
                yield from _anchors(block.blocks)


def table_groups(
    table: RTable, tall: frozenset[int] = frozenset()
) -> list[tuple[str, list[tuple[str, list[RCell]]]]]:
    """The rows of a table as (thead or tbody, [(class of the row, cells)]).

    ``tall`` are rows that a page may part.
    """
    tied = _tied(table) - tall
    rows: list[tuple[bool, str, list[RCell]]] = []
    for index, (kind, cells) in enumerate(zip(table.row_kinds, table.rows(), strict=True)):
        looks: list[str] = [kind] if kind not in ("data", "header") else []
        looks += ["tied"] if index in tied else []
        looks += ["tall"] if index in tall else []
        rows.append((index < table.header_rows, " ".join(looks), cells))
    return [
        ("thead" if head else "tbody", [(look, cells) for _, look, cells in group])
        for head, group in groupby(rows, key=lambda row: row[0])
    ]


def _tied(table: RTable) -> set[int]:
    """The rows that a cell joins with the next one, so that no page ends between them."""
    return {
        row
        for cell in table.cells
        if 1 < cell.rowspan <= _MOST_TIED
        for row in range(cell.row, cell.row + cell.rowspan - 1)
    }


def spans(cell: RCell) -> Markup:
    """The attributes of a cell: how many rows and columns it covers, and how it is aligned."""
    found = ""
    if cell.colspan > 1:
        found += f' colspan="{min(cell.colspan, 200)}"'
    if cell.rowspan > 1:
        found += f' rowspan="{cell.rowspan}"'
    if plan.is_long(cell):
        found += ' class="l"'
    return Markup(found)


def css_string(text: str) -> str:
    """A CSS string."""
    escaped = "".join(
        char if char.isalnum() or char in " —-·" else f"\\{ord(char):x} " for char in text
    )
    return f'"{escaped}"'


def _content(pattern: str, values: Mapping[str, str]) -> str:
    """A CSS content list of a pattern with ``{title}`` and ``{chapter}``."""
    parts = []
    for index, piece in enumerate(pattern.split("{chapter}")):
        if index:
            parts.append("string(chapter)")
        for key, value in values.items():
            piece = piece.replace(f"{{{key}}}", value)
        if piece:
            parts.append(css_string(piece))
    return " ".join(parts)


def _cover_foot(part: Part) -> int:
    """Where the lines at the foot of the cover begin: after the title and subtitle."""
    heads = [i for i, (role, _) in enumerate(part.lines) if role in ("title", "subtitle")]
    return heads[-1] + 1 if heads else 0


def _share(figure: RFigure) -> str:
    """Width of one picture of a composite figure, in percent."""
    return f"{figure.width / plan.pictures_beside(figure):.2f}"
