"""Which standard a report was most likely written under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportkit.model.blocks import Section
from reportkit.model.standard import Need, SectionSpec, Standard
from reportkit.vocabulary import groups

from .match import Match, match_outline, walk

_YEAR = re.compile(r"(?:19|20)\d\d")
_STYLES = (
    ("chapter", re.compile(r"\s*第")),
    ("brackets-cn", re.compile(r"\s*[（(][一二三四五六七八九十]")),
    ("cn", re.compile(r"\s*[一二三四五六七八九十]")),
    ("brackets", re.compile(r"\s*[（(]\d")),
    ("dotted", re.compile(r"\s*\d+[.．]\d")),
    ("digits", re.compile(r"\s*\d")),
)
_OPEN_ENDED = 3
"""Years that 年度起 is taken to reach."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a standard fits: a score from 0 to 1, and in Chinese what speaks for it."""

    standard: Standard
    score: float
    reasons: tuple[str, ...]


def best_fit(
    chapters: Sequence[Section], standards: Iterable[Standard], *, title: str = "", year: int = 0
) -> list[Fit]:
    """The standards, best first: by titles of chapters and sections, numbers, level and year."""
    fits = [_fit(chapters, standard, title, year) for standard in standards]
    return sorted(fits, key=lambda fit: (-fit.score, fit.standard.id))


def _fit(chapters: Sequence[Section], standard: Standard, title: str, year: int) -> Fit:
    matches = match_outline(chapters, standard)
    known, wanted, foreign = _coverage(matches, standard.outline)
    found, sections = _sections(matches)
    style = _style(matches, standard)
    level = _level(title)
    years = _years(standard)
    same_level = level is not None and level == standard.level
    in_years = year in years
    score = (
        0.45 * (2 * known / (wanted + known + foreign) if wanted + foreign else 0)
        + 0.16 * (found / sections if sections else 0.5)
        + 0.04 * _required_share(matches)
        + 0.1 * style
        + 0.15 * same_level
        + 0.1 * (in_years if year else 0)
    )
    reasons = [f"规范所列 {wanted} 章中有 {known} 章"]
    if sections:
        reasons.append(f"{sections} 节中有 {found} 节")
    if style > 0.5:
        reasons.append("编号样式相同")
    if same_level:
        reasons.append("标题中的层级相同")
    if in_years:
        reasons.append("年度相符")
    return Fit(standard, round(min(score, 1), 4), tuple(reasons))


def _coverage(matches: Sequence[Match], outline: Sequence[SectionSpec]) -> tuple[int, int, int]:
    """Required chapters that are there, those that there should be, and chapters it knows not."""
    wanted = {spec.id for spec in outline if spec.need is Need.REQUIRED and spec.part != "annex"}
    there = {m.spec.id for m in matches if m.spec is not None and not m.misplaced}
    foreign = sum(bool(m.section.title) and m.section.numbered and not m.spec for m in matches)
    return len(wanted & there), len(wanted), foreign


def _sections(matches: Sequence[Match]) -> tuple[int, int]:
    """Required sections that are there, below chapters that are, and how many there should be."""
    found = wanted = 0
    for match in walk(matches):
        if match.spec is None:
            continue
        required = {spec.id for spec in match.spec.sections if spec.need is Need.REQUIRED}
        there = {m.spec.id for m in match.sections if m.spec is not None and not m.misplaced}
        wanted += len(required)
        found += len(required & there)
    return found, wanted


def _required_share(matches: Sequence[Match]) -> float:
    """The share of chapters and sections that the standard requires."""
    own = [match for match in walk(matches) if match.section.title and match.level <= 2]
    required = sum(m.spec is not None and m.spec.need is Need.REQUIRED for m in own)
    return required / len(own) if own else 0


def _style(matches: Sequence[Match], standard: Standard) -> float:
    """The share of typed numbers that are of the standard's style for their level."""
    patterns = [_kind(_example(pattern)) for pattern in standard.numbering.heading]
    typed = [(m.level, _kind(m.section.number)) for m in walk(matches) if m.section.number]
    if not typed:
        return 0.5
    same = sum(level <= len(patterns) and patterns[level - 1] == kind for level, kind in typed)
    return same / len(typed)


def _example(pattern: str) -> str:
    values = {"n": "1", "cn": "一", "roman": "I", "circled": "①", "path": "1.1", "chapter": "1"}
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), pattern)


def _kind(number: str) -> str:
    return next((name for name, form in _STYLES if form.match(number)), "")


def _level(title: str) -> str | None:
    """The level that a title names, by its most particular word: 某市某区 is a district."""
    named = groups("level_words")
    return next((level for level, words in named if re.search("|".join(words), title)), None)


def _years(standard: Standard) -> frozenset[int]:
    return frozenset(_covered(standard.year or ""))


def _covered(text: str) -> Iterator[int]:
    """The title years that a standard says it is for: 2020—2023 年度, 2024 年度起, 2025 年度."""
    bare = re.sub(r"[（(].*?[）)]", "", text)
    years = [int(year) for year in _YEAR.findall(bare)]
    if not years:
        return
    last = years[-1] + _OPEN_ENDED if "起" in bare else years[-1]
    if "数据" in bare:  # 2022 年数据 is reported in 2023
        last += 1
    yield from range(years[0], last + 1)
