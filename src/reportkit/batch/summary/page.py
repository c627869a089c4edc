"""``index.html``: one page for the whole batch, complete in itself and without the net."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ...model.diagnostic import Diagnostic, Severity
from ...resources import templates
from .figures import RESULTS, Cell, Matrix, Row, RuleCount, Summary
from .places import at_place, other_place, place_words, quoted
from .workbook import FILES

FINDINGS = 30_000
"""Findings of all items that the page lists."""
PER_ITEM = 60
_PAIRS = 2000
_PLACES = 6
"""Other places of one finding that are listed."""
_TOP = 8
_LOOKS = {"clean": "good", "explain": "ask", "failed": "bad"}
_KINDS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 3}
_BETWEEN, _EXPLAINED = 2, 4
_LENGTHS = {"quote": 120, "message": 300, "expected": 300, "hint": 240, "reason": 300}
_SHORT = {"error": "逻辑校验", "warning": "经验校验", "info": "提示"}


def page(summary: Summary, title: str, workbook: str) -> str:
    """The page as HTML; ``workbook`` is the path of the workbook beside it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = templates() / "batch"
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css = (folder / "page.css").read_text(encoding="utf-8")
    js = (folder / "page.js").read_text(encoding="utf-8")
    pairs = summary.pairs
    index = {row.item: at for at, row in enumerate(summary.rows)}
    return environment.get_template("page.html.j2").render(
        title=title,
        workbook=workbook,
        css=Markup(css),
        css_hash=_hash(css),
        js=Markup(js),
        js_hash=_hash(js),
        data=Markup(_script(_data(summary))),
        rows=[_row(row) for row in summary.rows],
        standards=list(_standards(summary)),
        regions=sorted({row.region for row in summary.rows if row.region}),
        verdicts=list(_verdicts(summary)),
        totals=list(_totals(summary)),
        top=list(_top(summary)),
        districts=list(_districts(summary)),
        rules=[_rule(rule) for rule in summary.rules],
        columns=summary.matrix.columns,
        matrix=list(_matrix(summary.matrix, index)),
        pairs=[_pair(row, found, summary, index) for row, found in pairs[:_PAIRS]],
        pairs_more=max(0, len(pairs) - _PAIRS),
    )


def _hash(text: str) -> str:
    """The fingerprint by which the page's policy knows its own style and script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _script(data: object) -> str:
    """JSON that can stand in a script element, whatever its strings say."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def link(path: str) -> str:
    """A relative path as an address that leads nowhere else."""
    return "./" + quote(path, safe="/")


# -- what stands in the page without any script --------------------------------------------------


def _row(row: Row) -> dict[str, Any]:
    outcome = row.outcome
    return {
        "organisation": row.name,
        "title": outcome.title if outcome.title != row.organisation else row.item,
        "reason": outcome.reason,
        "region": row.region,
        "kind": row.kind,
        "result": row.result,
        "look": _look(row.verdict),
        "numbers": _numbers(row),
        "files": [(name, link(path)) for kind, name in FILES.items() for path in row.files(kind)],
    }


def _numbers(row: Row) -> list[int | None]:
    """Errors, warnings, hints, those between submissions, explained, Hanzi, pages."""
    digest = row.outcome.digest
    return [
        *(row.counts[severity] for severity in Severity),
        len(row.between),
        row.explained,
        sum(chapter.hanzi for chapter in digest.chapters) if digest else None,
        row.outcome.pages,
    ]


def _look(verdict: str) -> str:
    return _LOOKS.get(verdict, "dim")


def _standards(summary: Summary) -> Iterator[dict[str, Any]]:
    used = Counter(row.standard_id for row in summary.rows if row.standard_id)
    titles = {row.standard_id: row.standard.title for row in summary.rows if row.standard}
    for name, count in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])):
        yield {"title": titles.get(name, name), "count": count}


def _verdicts(summary: Summary) -> Iterator[dict[str, Any]]:
    at, whole = 0.0, max(1, len(summary.rows))
    for key, count in summary.verdicts.items():
        width = round(1000 * count / whole, 2)
        yield {
            "key": key,
            "label": RESULTS[key],
            "count": count,
            "look": _look(key),
            "x": round(at, 2),
            "width": max(0, round(width - 2, 2)),
        }
        at += width


def _totals(summary: Summary) -> Iterator[tuple[str, int]]:
    for severity in Severity:
        yield f"{_SHORT[severity.value]}", summary.total(severity)
    yield "相互比对", len(summary.pairs)
    yield "已说明", sum(row.explained for row in summary.rows)


def _top(summary: Summary) -> Iterator[dict[str, Any]]:
    """The rules that most items break, hints left out."""
    rules = [r for r in summary.rules if r.severity is not Severity.INFO and r.items]
    rules.sort(key=lambda rule: (-rule.items, rule.code))
    for rule in rules[:_TOP]:
        width = round(100 * rule.items / max(1, len(summary.rows)), 2)
        yield {**_rule(rule), "width": width}


def _districts(summary: Summary) -> Iterator[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {}
    for row in summary.rows:
        counts.setdefault(row.region, Counter())[row.verdict] += 1
    whole = max((found.total() for found in counts.values()), default=1)
    for name in sorted(counts, key=lambda name: (not name, -counts[name].total(), name)):
        found, at, parts = counts[name], 0.0, []
        for verdict in RESULTS:
            width = round(100 * found[verdict] / whole, 2)
            if width:
                parts.append((_look(verdict), round(at, 2), width))
            at += width
        good = found["clean"] + found["explain"]
        yield {"name": name, "count": found.total(), "good": good, "parts": parts}


def _rule(rule: RuleCount) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": rule.severity.value,
        "label": _SHORT[rule.severity.value],
        "count": rule.items,
        "findings": rule.findings,
        "explained": rule.explained,
        "source": rule.source,
    }


def _matrix(matrix: Matrix, index: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """One line an item; the shade tells a chapter's size among those of its column."""
    steps = [_steps(column) for column in zip(*(cells for _, cells in matrix.cells), strict=True)]
    for row, cells in matrix.cells:
        shown = [_cell(cell, bounds) for cell, bounds in zip(cells, steps, strict=True)]
        yield {"index": index[row.item], "name": row.name, "cells": shown}


def _steps(column: Sequence[Cell]) -> tuple[int, ...]:
    sizes = sorted(cell.hanzi for cell in column if cell.kind == "size")
    return tuple(sizes[len(sizes) * part // 4] for part in (1, 2, 3)) if sizes else ()


def _cell(cell: Cell, bounds: tuple[int, ...]) -> dict[str, str]:
    if cell.kind != "size":
        text = {"missing": "缺", "empty": "空"}.get(cell.kind, "")
        return {"look": cell.kind, "text": text, "tip": ""}
    shade = 1 + sum(cell.hanzi > bound for bound in bounds)
    more = (("表", cell.tables), ("图", cell.figures), ("案例", cell.cases))
    tip = "，".join((f"{cell.hanzi} 字", *(f"{name} {count}" for name, count in more if count)))
    return {"look": f"s{shade}", "text": str(cell.hanzi), "tip": tip}


def _pair(
    row: Row | None, found: Diagnostic, summary: Summary, index: Mapping[str, int]
) -> dict[str, Any]:
    others = [
        (other_place(other, summary.names), _cut(quoted(other.quote), "quote"))
        for other in found.related
    ]
    explained = found.explained is not None
    return {
        "index": "" if row is None else index[row.item],
        "code": found.code,
        "kind": "explained" if explained else found.severity.value,
        "label": "已说明" if explained else _SHORT[found.severity.value],
        "message": _cut(found.message, "message"),
        "expected": _cut(found.expected, "expected"),
        "hint": "" if explained else _cut(found.hint, "hint"),
        "explained": _cut(found.explained or "", "reason"),
        "who": row.name if row else "",
        "where": at_place(found.section, found.place),
        "quote": _cut(quoted(found.quote), "quote"),
        "others": others[:_PLACES],
        "more": max(0, len(others) - _PLACES),
    }


def _cut(text: str, key: str) -> str:
    longest = _LENGTHS[key]
    return text if len(text) <= longest else text[: longest - 1] + "…"


# -- what the script works with -------------------------------------------------------------------


class _Strings:
    """Each string once; many findings say the same."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        return self.index.setdefault(text, len(self.index))


def _data(summary: Summary) -> dict[str, Any]:
    """Rows for sorting and filters, and the findings of each, as far as there is room."""
    codes = {rule.code: at for at, rule in enumerate(summary.rules)}
    strings = _Strings()
    wanted = sum(len(row.outcome.diagnostics) + len(row.between) for row in summary.rows)
    room = PER_ITEM if wanted <= FINDINGS else max(5, FINDINGS // max(1, len(summary.rows)))
    found = [_found(row, codes, strings, min(PER_ITEM, room)) for row in summary.rows]
    return {
        "results": [[key, RESULTS[key]] for key in summary.verdicts],
        "codes": [[r.code, r.title, r.severity.value, r.items] for r in summary.rules],
        "rows": [[row.name, row.region, row.kind, row.verdict, *_numbers(row)]
                 for row in summary.rows],
        "search": [" ".join((row.organisation, row.item, row.outcome.title, row.code, row.region))
                   for row in summary.rows],
        "fails": [sorted((codes[code], n) for code, n in row.codes.items())
                  for row in summary.rows],
        "found": found,
        "strings": list(strings.index),
    }  # fmt: skip


def _found(
    row: Row, codes: Mapping[str, int], strings: _Strings, room: int
) -> tuple[list[tuple[int, ...]], int]:
    """The findings of an item, worst first, and how many there was no room for."""
    spots = [places[0] for places in row.outcome.spots]
    spots += [""] * (len(row.outcome.diagnostics) - len(spots))
    pairs = [(_kind(d), d, spot) for d, spot in zip(row.outcome.diagnostics, spots, strict=True)]
    pairs += [(_kind(d, _BETWEEN), d, "") for d in row.between]
    pairs.sort(key=lambda pair: pair[0])
    listed: list[tuple[int, ...]] = [
        (
            codes[found.code],
            kind,
            strings(place_words(found.section, spot) or found.place.file),
            strings(_cut(quoted(found.quote), "quote")),
            strings(_cut(found.message, "message")),
            strings(_cut(found.expected, "expected")),
            strings(_cut(found.hint, "hint")),
            strings(_cut(found.explained or "", "reason")),
        )
        for kind, found, spot in pairs[:room]
    ]
    return listed, max(0, len(pairs) - room)


def _kind(found: Diagnostic, usual: int | None = None) -> int:
    if found.explained is not None:
        return _EXPLAINED
    return _KINDS[found.severity] if usual is None else usual
