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
from ...model.diagnostic import Severity
from ...model.submission import DataPeriod, Organisation


class Value(Model):
    """A value of an indicator, as given or computed, in the unit ``unit``.

    ``own`` tells an indicator that the submission defines itself, ``adds`` one whose values of
    many organisations add up.
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
    adds: bool = False
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


class Passage(Model):
    """A paragraph outside cases, or (``case`` is its index) a whole case, as it is compared.

    ``key`` is a fingerprint of its Hanzi, letters and digits, ``quote`` how it begins as written,
    ``marks`` are those of pieces of it (``passages.unpacked``). The text is in ``Digest.words``.
    """

    chapter: int
    case: int | None = None
    key: str
    hanzi: int
    quote: str = ""
    marks: str
    place: Place = Place()


class Picture(Model):
    """A picture in a figure: its bytes, and what it looks like (``pictures.Looks``)."""

    chapter: int
    path: str
    caption: str = ""
    owner: str = ""
    width: int
    height: int
    sha256: str
    look: str = ""
    small: str = ""
    place: Place = Place()


class Repeat(Model):
    """Something that stands word for word in last year's submission too.

    ``index`` is its number among the passages or pictures of this one; ``place`` is where it stood
    last year.
    """

    kind: Literal["passage", "picture"]
    index: int
    quote: str = ""
    place: Place = Place()


class Digest(Model):
    """One submission as others see it. ``item`` is its name among them."""

    item: str
    organisation: Organisation
    place: Place = Field(default=Place(), description="Where it says who files it.")
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
    passages: tuple[Passage, ...] = ()
    words: str = Field(default="", description="Texts of the passages (passages.texts).")
    pictures: tuple[Picture, ...] = ()
    told: tuple[Value, ...] = Field(
        default=(), description="What tables say of others: the scope is the other's name."
    )
    previous: str = Field(default="", description="Last year's submission, as this one names it.")
    repeats: tuple[Repeat, ...] = Field(default=(), description="What last year's has as well.")
    hanzi: int = Field(default=0, description="Hanzi of all chapters.")
    severities: dict[str, Severity] = Field(
        default_factory=dict, description="What the standard says of rules between submissions."
    )
