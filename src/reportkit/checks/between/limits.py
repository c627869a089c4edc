"""The bounds of comparing submissions, as data: ``schemas/between.yaml`` says what each means."""

from decimal import Decimal
from functools import cache

from ...model.base import Model
from ...model.data import IndicatorId
from ...resources import schemas
from ...yamlio import parse


class Limits(Model):
    """Numbers of Hanzi, organisations, pixels and bits; percents; factors."""

    paragraph_hanzi: int
    case_hanzi: int
    alike_percent: int
    common_at_least: int
    common_percent: int
    common_at_most: int
    standard_percent: int
    places_listed: int
    last_year_percent: int
    picture_pixels: int
    picture_bits: int
    picture_detail: int
    peers_at_least: int
    peers_many: int
    robust_z: Decimal
    robust_z_few: Decimal
    outlier_times: Decimal
    outlier_points: Decimal
    outlier_percent: Decimal
    steady_percent: Decimal
    size_by: tuple[IndicatorId, ...]
    size_steps: tuple[int, ...]
    jump_percent: Decimal
    jump_points: Decimal
    jump_least: Decimal
    counts_parts: tuple[IndicatorId, ...]
    counts_as_nothing: frozenset[str]
    mirrored: tuple[tuple[IndicatorId, IndicatorId], ...]
    value_headings: frozenset[str]

    def common(self, organisations: int) -> int:
        """From how many organisations on the same words count as everybody's."""
        share = -(-organisations * self.common_percent // 100)
        return min(self.common_at_most, max(self.common_at_least, share))


@cache
def limits() -> Limits:
    """The limits in force.

    Raises:
        ValueError: the file is not as it should be.
    """
    path = schemas() / "between.yaml"
    tree = parse(path.read_text(encoding="utf-8"))
    if tree.problems:
        raise ValueError(f"{path.name}: {tree.problems}")
    return Limits.model_validate(tree.data)
