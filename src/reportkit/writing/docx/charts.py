"""Charts."""

from reportkit.model.report import Picture, RChart

from .context import Context
from .pictures import picture
from .xml import Element


def chart(item: RChart, context: Context, width: float) -> tuple[Element, bool]:
    """A run with the chart, ``width`` mm wide."""
    return picture(Picture(asset=None, alt=item.alt), context, width, 75)
