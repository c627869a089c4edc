"""What of one submission is compared with others: small enough to travel and to keep by thousands.

A worker makes the digest where it has the submission open; everything between submissions works
on digests alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from ...model.base import Model, Place
from ...model.data import IndicatorId, IndicatorKind, Observation
from ...model.submission import DataPeriod, Organisation


class Value(Model):
    """A value of an indicator, as given or computed, in the unit ``unit``.

    ``own`` tells an indicator that the submission defines itself.
    """

    indicator: IndicatorId
    name: str
    kind: IndicatorKind
    unit: str
    period: str
    scope: str = ""
    value: Decimal | None = None
    missing: str | None = None
    source: str = ""
    own: bool = False
    computed: bool = False
    place: Place = Place()


class Chapter(Model):
    """A chapter: its size, and the mandated section that it answers to (``spec``)."""

    title: str
    spec: str | None = None
    hanzi: int = 0
    tables: int = 0
    figures: int = 0
    cases: int = 0
    place: Place = Place()


class CaseHead(Model):
    """A case: what a list of cases says of it. ``chapter`` is the index of its chapter."""

    title: str
    owner: str = ""
    number: str = ""
    chapter: int
    hanzi: int = 0
    place: Place = Place()


class Digest(Model):
    """One submission as others see it. ``item`` is its name among them."""

    item: str
    organisation: Organisation
    standard: str
    level: Literal["school", "district", "municipal", "enterprise", "other"]
    title: str
    title_year: int
    data_period: DataPeriod
    current: str = Field(description="How the observations call the current period.")
    values: tuple[Value, ...] = ()
    before: tuple[Observation, ...] = Field(default=(), description="Last year's observations.")
    chapters: tuple[Chapter, ...] = ()
    cases: tuple[CaseHead, ...] = ()
