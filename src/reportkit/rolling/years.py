"""Years moved on: in titles, dates, names of periods."""

import re
from collections.abc import Collection
from datetime import date

from reportkit.model.standard import Standard
from reportkit.model.submission import DataPeriod
from reportkit.standards.scaffold import period_of

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SPAN = re.compile(rf"{_YEAR.pattern}(?:[-—–~～至]+{_YEAR.pattern})?")


def shifted(text: str, by: int, only: Collection[int] | None = None) -> str:
    """``text`` with its years moved; ``only`` those years, if given, and spans with one of them."""

    def move(found: re.Match[str]) -> str:
        years = [int(year) for year in _YEAR.findall(found[0])]
        if only is not None and not any(year in only for year in years):
            return found[0]
        return _YEAR.sub(lambda year: str(int(year[0]) + by), found[0])

    return _SPAN.sub(move, text)


def moved_date(day: date | None, by: int) -> date | None:
    """The same day of another year; the last of February where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + by)
    except ValueError:
        return day.replace(year=day.year + by, day=28)


def moved_period(old: DataPeriod, target: Standard, year: int, by: int, same: bool) -> DataPeriod:
    """The data period of the report titled ``year``.

    Under the same standard (``same``) it is last year's moved on, under another one its usual one.
    """
    if same or (target.year_offset is None and target.data_window is None):
        start, end = moved_date(old.start, by), moved_date(old.end, by)
        assert start is not None
        assert end is not None
        label, current = (shifted(text, by) if text else None for text in (old.label, old.current))
        return DataPeriod(start=start, end=end, label=label, current=current)
    made = period_of(target, year)
    if old.current is not None:
        current = shifted(old.current, made.end.year - old.end.year)
        return made.model_copy(update={"current": current})
    return made


def current(period: DataPeriod) -> str:
    """What the data call the current period."""
    return period.current or str(period.end.year)
