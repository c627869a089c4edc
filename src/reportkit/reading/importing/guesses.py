"""The facts about a report that its text gives away: title, year, organisation, period, dates.

They are guesses and told as such (RK154), each with the place where it was read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reportkit.model.base import Place, Places
from reportkit.model.submission import Cover, DataPeriod, Metadata, Organisation
from reportkit.vocabulary import alternatives

from ..source import Log
from .front import DATE, Front, is_issuer
from .numbers import integer
from .pieces import Piece
from .units import Kind, Unit, Work

UNKNOWN_STANDARD = "undetermined"
"""The standard until one is chosen for the report."""
_UNKNOWN_TITLE, _UNKNOWN_NAME = "（未识别标题）", "（未识别单位）"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_OF = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_WINDOW = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:至|到|—|－|-|~|～)+\s*"
    r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
)
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[—–－~～至-]+\s*(20\d\d)\s*学年")
_SUBJECT = re.compile(alternatives("title_subjects"))
_CHINESE_YEAR = str.maketrans("○〇零一二三四五六七八九", "000123456789")
_FIRST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """One guessed fact: its name and value in Chinese, where it was read, and whether it was."""

    name: str
    value: str
    place: Place
    known: bool = True


def metadata(work: Work, front: Front, log: Log) -> Metadata:
    """The facts about the report, guessed from its cover, its beginning and its end."""
    start = Place(file=work.stream.file, line=1) if work.stream.text is not None else Place(
        file=work.stream.file
    )  # fmt: skip
    guesses: list[Guess] = []
    title, title_place = _title(work, front, start, guesses)
    year = _title_year(work, front, title, title_place, guesses)
    organisation, place = _organisation(front, title, title_place, guesses)
    period, period_place = _period(work, year, start, guesses)
    filed = _filed(front, guesses)
    _tell(guesses, log)
    parts = {"title": title_place, "title_year": title_place, "data_period": period_place}
    if front.sign_off:
        parts["filed_on"] = parts["sign_off"] = front.sign_off[-1].place
    return Metadata(
        standard=UNKNOWN_STANDARD,
        title=title,
        title_year=year,
        data_period=period.model_copy(update={"place": period_place}),
        filed_on=filed,
        organisation=Organisation(name=organisation, place=place),
        cover=_cover(front),
        sign_off=tuple(piece.text for piece in front.sign_off),
        colophon=_colophon(front),
        place=title_place,
        places=Places(parts),
    )


def _tell(guesses: Sequence[Guess], log: Log) -> None:
    """Tell what is known at once, and each fact that is not by itself."""
    known = [guess for guess in guesses if guess.known]
    if known:
        value = "；".join(f"{guess.name} {guess.value}" for guess in known)
        log.add("RK154", known[0].place, at="报告信息", what="报告信息", value=value, unknown="")
    for guess in guesses:
        if not guess.known:
            log.add("RK154", guess.place, at=guess.name, what=guess.name, value=guess.value,
                    unknown="未能确定，暂")  # fmt: skip


def _title(work: Work, front: Front, start: Place, guesses: list[Guess]) -> tuple[str, Place]:
    if front.title:
        title = front.title.text[:100]
        guesses.append(Guess("标题", title, front.title.place))
        return title, front.title.place
    title = work.stream.title.strip()[:100]
    known = bool(title)
    guesses.append(Guess("标题", title or _UNKNOWN_TITLE, start, known))
    return title or _UNKNOWN_TITLE, start


def _title_year(work: Work, front: Front, title: str, place: Place, guesses: list[Guess]) -> int:
    year_line = front.year.text.translate(_CHINESE_YEAR) if front.year else ""
    ends = " ".join(piece.text for piece in front.colophon)
    signed = " ".join(piece.text for piece in [*front.sign_off, *filter(None, [front.date])])
    for text in (title, year_line, ends, work.stream.file, signed):
        if years := _YEAR.findall(text):
            guesses.append(Guess("标题年度", years[-1], place))
            return int(years[-1])
    common = _years(work.units).most_common(1)
    year = common[0][0] if common else 2025
    guesses.append(Guess("标题年度", str(year), place, bool(common)))
    return year


def _organisation(
    front: Front, title: str, place: Place, guesses: list[Guess]
) -> tuple[str, Place]:
    signed = next((p for p in front.sign_off if is_issuer(p.text)), None)
    found = signed or front.issuer
    name, where = (found.text, found.place) if found else ("", place)
    match = _SUBJECT.search(title)
    own = title[: match.start()].strip() if match else ""
    if not name or (found is front.issuer and own and not signed):
        name, where = own or name, place if own else where
    known = bool(name)
    guesses.append(Guess("报送单位", name or _UNKNOWN_NAME, where, known))
    return (name or _UNKNOWN_NAME)[:100], where


def _period(
    work: Work, title_year: int, start: Place, guesses: list[Guess]
) -> tuple[DataPeriod, Place]:
    """The window that the beginning states, else the year that the text speaks of most."""
    for unit in work.units[:_FIRST_UNITS]:
        if unit.kind is Kind.BODY and (found := _WINDOW.search(unit.text)):
            window = _window(found)
            if window and abs(window.end.year - title_year) <= 2:
                place = unit.piece.at(found.start())
                guesses.append(Guess("数据所属时期", f"{window.start} 至 {window.end}", place))
                return window, place
    school, count = _school_year(work.units, title_year)
    if school and count > max(_years(work.units).values(), default=0):
        guesses.append(Guess("数据所属时期", f"{school.start} 至 {school.end}", start))
        return school, start
    years = Counter(
        {y: n for y, n in _years(work.units).items() if title_year - 2 <= y <= title_year}
    )
    year = years.most_common(1)[0][0] if years else title_year
    guesses.append(Guess("数据所属时期", f"{year} 年", start, bool(years)))
    return DataPeriod(start=date(year, 1, 1), end=date(year, 12, 31)), start


def _school_year(units: Sequence[Unit], title_year: int) -> tuple[DataPeriod | None, int]:
    """The school year that the text speaks of most, and how often."""
    ends = Counter(
        int(end)
        for unit in units
        for start, end in _SCHOOL_YEAR.findall(unit.text)
        if int(end) == int(start) + 1 and title_year - 2 <= int(end) <= title_year
    )
    if not ends:
        return None, 0
    year, count = ends.most_common(1)[0]
    window = DataPeriod(
        start=date(year - 1, 9, 1), end=date(year, 8, 31), label=f"{year - 1}—{year}学年"
    )
    return window, count


def _window(found: re.Match[str]) -> DataPeriod | None:
    a, b, c, d, e, f = (int(text) if text else 0 for text in found.groups())
    try:
        start = date(a, b, c or 1)
        end = date(d, e, f or monthrange(d, e)[1])
    except ValueError:
        return None
    return DataPeriod(start=start, end=end) if 0 < (end - start).days < 800 else None


def _years(units: Iterable[Unit]) -> Counter[int]:
    return Counter(
        int(year)
        for unit in units
        if unit.kind in (Kind.BODY, Kind.HEADING)
        for year in _YEAR_OF.findall(unit.text)
    )


def _filed(front: Front, guesses: list[Guess]) -> date | None:
    for piece in (*front.sign_off, *filter(None, [front.date])):
        found = DATE.fullmatch(piece.text)
        day = _date(found) if found else None
        if day:
            guesses.append(Guess("报送日期", day.isoformat(), piece.place))
            return day
    return None


def _date(found: re.Match[str]) -> date | None:
    """A date with its day; None where only the month is known."""
    if not found["day"]:
        return None
    try:
        year = int(found["year"].translate(_CHINESE_YEAR))
        return date(year, integer(found["month"]), integer(found["day"]))
    except ValueError:
        return None


def _cover(front: Front) -> Cover:
    return Cover(
        issuer=_text(front.issuer, 100), date=_text(front.date, 40), url=_text(front.url, 300)
    )


def _text(piece: Piece | None, longest: int) -> str | None:
    return piece.text[:longest] if piece else None


def _colophon(front: Front) -> str | None:
    return "\n".join(piece.text for piece in front.colophon)[:300] or None
