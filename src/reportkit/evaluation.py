"""Measures the checks on reports whose mistakes are known: recall, false alarms, time.

A gold list is JSON Lines, one mistake a line: ``report`` (stem of the file), ``line`` (or
``lines``), ``quote``, ``kind``, and optionally ``also`` (quotes of the other side), ``confidence``,
``id``. A diagnostic answers an entry when it speaks about that kind of mistake and stands at its
place, or has a related place there. A list of correct claims has the same form; a diagnostic at one
of them that answers no mistake is a false alarm.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .refusals import CannotDo

if TYPE_CHECKING:
    from .model.diagnostic import Diagnostic

SURE = 0.8
NUMBERS = ("RK4", "RK5")
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("numbering", ("RK30", "RK31")),
    ("reference", ("RK32",)),
    ("toc", ("RK33", "RK6")),
    ("outline", ("RK2",)),
    ("growth", NUMBERS),
    ("percent", NUMBERS),
    ("sum", NUMBERS),
    ("ratio", NUMBERS),
    ("cross-chapter", NUMBERS),
    ("table-prose", NUMBERS),
    ("unit", (*NUMBERS, "RK6")),
    ("date", (*NUMBERS, "RK2")),
)
"""Codes that can answer a kind, by how its name begins; other kinds are of language (RK6xx)."""
_REACH = 1
_LEAST = 2
_LARGEST = 20 * 2**20
_MOST_SHOWN = 60
_FORM = "每行一个 JSON 对象，要有 report、line、quote、kind 四项。"


@dataclass(frozen=True)
class Entry:
    """A known mistake, or a claim known to be right."""

    id: str
    report: str
    kind: str
    lines: tuple[int, ...]
    quotes: tuple[str, ...]
    confidence: float = 1.0

    @property
    def codes(self) -> tuple[str, ...]:
        """How the codes of rules that can find it begin."""
        return next((codes for kind, codes in KINDS if self.kind.startswith(kind)), ("RK6",))


@dataclass
class Score:
    """How many entries of a kind there are and were found; ``sure`` are those of 0.8 and more."""

    entries: int = 0
    found: int = 0
    sure: int = 0
    sure_found: int = 0

    @property
    def recall(self) -> float | None:
        """The share found, of all entries."""
        return self.found / self.entries if self.entries else None

    @property
    def sure_recall(self) -> float | None:
        """The share found, of the sure entries."""
        return self.sure_found / self.sure if self.sure else None


@dataclass
class Evaluation:
    """The result over all reports. ``lost`` are entries whose quote is not in their report."""

    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    missed: list[Entry] = field(default_factory=list)
    false_alarms: list[tuple[Entry, str]] = field(default_factory=list)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)
    details: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    characters: dict[str, int] = field(default_factory=dict)
    correct: int = 0
    lost: list[Entry] = field(default_factory=list)

    def total(self, prefixes: Iterable[str] = ("",)) -> Score:
        """The scores of kinds whose names begin so, added up."""
        wanted = tuple(prefixes)
        score = Score()
        for kind, each in self.kinds.items():
            if kind.startswith(wanted):
                score.entries += each.entries
                score.found += each.found
                score.sure += each.sure
                score.sure_found += each.sure_found
        return score


def evaluate(
    reports: Sequence[Path], gold: Path, correct: Path | None = None, *, numbers_only: bool = False
) -> Evaluation:
    """Check ``reports`` and compare with the lists; reports are known by the stem of their files.

    ``numbers_only`` leaves out kinds and diagnostics that are not about numbers.

    Raises:
        CannotDo: a list cannot be read, or names no report that was given.
    """
    from .workflow import open_submission

    mistakes = _entries(gold)
    right = _entries(correct) if correct else {}
    result = Evaluation()
    for path in reports:
        start = time.perf_counter()
        opened = open_submission(path)
        result.seconds[path.stem] = time.perf_counter() - start
        source = "".join(opened.result.sources.values())
        result.characters[path.stem] = len("".join(source.split()))
        found = opened.diagnostics
        if numbers_only:
            found = tuple(d for d in found if d.code.startswith(NUMBERS))
        known = mistakes.get(path.stem, [])
        if numbers_only:
            known = [entry for entry in known if entry.codes[0] in NUMBERS]
        _compare(result, _Lines(opened.result.sources), found, known, right.get(path.stem, []))
    if not result.total().entries and not result.correct:
        names = "、".join(sorted(mistakes))
        raise CannotDo(f"{gold} 中没有这些报告的条目；其中的报告是：{names or '（空）'}。")
    return result


def _compare(
    result: Evaluation,
    lines: _Lines,
    found: Sequence[Diagnostic],
    mistakes: Sequence[Entry],
    right: Sequence[Entry],
) -> None:
    answered: set[int] = set()
    result.lost += [e for e in (*mistakes, *right) if not any(True for _ in lines.of(e.quotes[0]))]
    for entry in mistakes:
        hits = [i for i, d in enumerate(found) if _answers(d, entry, lines)]
        answered.update(hits)
        score = result.kinds[entry.kind]
        score.entries += 1
        score.found += bool(hits)
        if entry.confidence >= SURE:
            score.sure += 1
            score.sure_found += bool(hits)
        if not hits:
            result.missed.append(entry)
    result.correct += len(right)
    loose = [(i, d) for i, d in enumerate(found) if i not in answered]
    for entry in right:
        for _, diagnostic in loose:
            if diagnostic.code.startswith(entry.codes) and _at(diagnostic, entry, lines):
                result.false_alarms.append((entry, f"{diagnostic.code} {diagnostic.message}"))
    for _, diagnostic in loose:
        result.unmatched[diagnostic.code, diagnostic.severity.value] += 1
        result.details.append(
            {
                "code": diagnostic.code,
                "severity": diagnostic.severity.value,
                "file": diagnostic.place.file,
                "line": diagnostic.place.line,
                "message": diagnostic.message,
                "expected": diagnostic.expected,
            }
        )


class _Lines:
    """The lines of the sources without blanks, to find on which line a quote stands."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._text = ""
        self._starts = [0]
        for text in sources.values():
            for line in text.split("\n"):
                self._text += _bare(line)
                self._starts.append(len(self._text))

    def of(self, quote: str) -> Iterator[int]:
        """The lines (from 1) on which a quote begins."""
        from bisect import bisect_right

        bare = _bare(quote)
        at = self._text.find(bare) if bare else -1
        while at >= 0:
            yield bisect_right(self._starts, at)
            at = self._text.find(bare, at + 1)


def _bare(text: str) -> str:
    return "".join(text.split())


def _answers(diagnostic: Diagnostic, entry: Entry, lines: _Lines) -> bool:
    if not diagnostic.code.startswith(entry.codes):
        return False
    if _at(diagnostic, entry, lines):
        return True
    spots = [(r.place.line, r.quote) for r in diagnostic.related]
    return any(_meets(spot, entry.lines, entry.quotes[0]) for spot in spots)


def _at(diagnostic: Diagnostic, entry: Entry, lines: _Lines) -> bool:
    """Whether a diagnostic stands at an entry, or at the other side that the entry names."""
    spot = diagnostic.place.line, diagnostic.quote
    if _meets(spot, entry.lines, entry.quotes[0]):
        return True
    return any(_meets(spot, tuple(lines.of(quote)), quote) for quote in entry.quotes[1:])


def _meets(spot: tuple[int | None, str], lines: Iterable[int], quote: str) -> bool:
    """Whether two quotes stand on the same lines and have words in common."""
    line, said = spot
    if line is None or not any(-_REACH <= line - each <= _REACH + 2 for each in lines):
        return False
    one, other = _bare(said), _bare(quote)
    if not one:
        return True
    return one in other or other in one or _overlap(one, other) >= min(_LEAST + 2, len(one))


def _overlap(one: str, other: str) -> int:
    from difflib import SequenceMatcher

    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return found.size


def _entries(path: Path) -> dict[str, list[Entry]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise CannotDo(f"{path} 超过 {_LARGEST // 2**20} MB，不是差错清单。")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(f"读不出 {path}；应为 UTF-8 编码的 JSON Lines 文件。") from error
    found: dict[str, list[Entry]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            entry = _entry(line, number, f"{path} 第 {number} 行")
            found[entry.report].append(entry)
    return found


def _entry(text: str, number: int, where: str) -> Entry:
    """One line of a list; what is wrong with it is said by the name of the item."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        column = f"（第 {error.colno} 列附近）" if isinstance(error, json.JSONDecodeError) else ""
        raise CannotDo(f"{where}不是 JSON{column}；{_FORM}") from error
    if not isinstance(raw, dict):
        raise CannotDo(f"{where}不是 JSON 对象；{_FORM}")
    lacking = [key for key in ("report", "quote", "kind") if not _text(raw.get(key))]
    lacking += [] if raw.get("lines") or "line" in raw else ["line"]
    if lacking:
        raise CannotDo(f"{where}缺少 {'、'.join(lacking)}（或不是文字）；{_FORM}")
    lines = raw["lines"] if raw.get("lines") else [raw["line"]]
    if not isinstance(lines, list) or not all(_is_line(each) for each in lines):
        raise CannotDo(f"{where}的 line 应是从 1 数起的行号，lines 应是行号的列表。")
    sure = raw.get("confidence", 1.0)
    if isinstance(sure, bool) or not isinstance(sure, int | float) or not 0 <= sure <= 1:
        raise CannotDo(f"{where}的 confidence 应在 0 与 1 之间，现为 {str(sure)[:20]}。")
    also = raw.get("also") or []
    if not isinstance(also, list) or not all(map(_text, also)):
        raise CannotDo(f"{where}的 also 应是引文的列表。")
    return Entry(
        id=str(raw.get("id", number)),
        report=raw["report"],
        kind=raw["kind"],
        lines=tuple(lines),
        quotes=(raw["quote"], *also),
        confidence=float(sure),
    )


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_line(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def as_json(result: Evaluation) -> str:
    """The result for programs."""
    return json.dumps(
        {
            "kinds": {
                kind: asdict(score) | {"recall": score.recall, "sure_recall": score.sure_recall}
                for kind, score in sorted(result.kinds.items())
            },
            "missed": [asdict(entry) for entry in result.missed],
            "false_alarms": [
                {"entry": asdict(entry), "diagnostic": text} for entry, text in result.false_alarms
            ],
            "correct": result.correct,
            "lost": [asdict(entry) for entry in result.lost],
            "unmatched": [
                {"code": code, "severity": severity, "count": count}
                for (code, severity), count in sorted(result.unmatched.items())
            ],
            "findings": result.details,
            "seconds": result.seconds,
            "characters": result.characters,
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(result: Evaluation) -> str:
    """The result as tables to read."""
    rows: list[tuple[str, ...]] = [
        ("差错种类", "条目", "发现", "召回率", "把握≥0.8", "发现", "召回率")
    ]
    rows += [_row(kind, score) for kind, score in sorted(result.kinds.items())]
    numbers = [kind for kind, codes in KINDS if codes[0] in NUMBERS]
    rows.append(_row("数字类合计", result.total(numbers)))
    rows.append(_row("全部合计", result.total()))
    text = [_table(rows), ""]
    text.append(f"正确的说法 {result.correct} 条，误报 {len(result.false_alarms)} 处")
    text += [f"  {entry.id} 第 {entry.lines[0]} 行：{said}" for entry, said in result.false_alarms]
    text.append("未发现：" + ("" if result.missed else "无"))
    text += [
        f"  {entry.id} {entry.kind} {entry.confidence:g} 第 {entry.lines[0]} 行：{entry.quotes[0]}"
        for entry in result.missed
    ]
    text += ["", "与差错清单对不上的检查结果（按规则）："]
    text.append(_table([("规则", "严重程度", "处数"), *_unmatched(result)]))
    serious = [each for each in result.details if each["severity"] != "info"]
    text += [
        f"  {each['code']} {each['severity']} {each['file']}:{each['line']} {each['message']}"
        for each in serious[:_MOST_SHOWN]
    ]
    text += _lost(result)
    text += ["", "用时："]
    text += [
        f"  {name}：{seconds:.2f} 秒（{result.characters[name]} 字）"
        for name, seconds in result.seconds.items()
    ]
    return "\n".join(text)


def _lost(result: Evaluation) -> list[str]:
    if not result.lost:
        return []
    shown = [f"  {e.id} {e.report}：{e.quotes[0][:40]}" for e in result.lost[:_MOST_SHOWN]]
    return ["", f"清单中有 {len(result.lost)} 条的引文在报告里找不到，请核对：", *shown]


def _row(name: str, score: Score) -> tuple[str, ...]:
    return (
        name,
        str(score.entries),
        str(score.found),
        _percent(score.recall),
        str(score.sure),
        str(score.sure_found),
        _percent(score.sure_recall),
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.0f}%"


def _unmatched(result: Evaluation) -> list[tuple[str, ...]]:
    found = sorted(result.unmatched.items())
    return [(code, severity, str(count)) for (code, severity), count in found]


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    from .checks.quoting import width

    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (size - width(cell)) if i == 0 else " " * (size - width(cell)) + cell
            for i, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
