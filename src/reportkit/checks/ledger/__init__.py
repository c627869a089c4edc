"""Tables as rules see them: lines of cells with units and periods, and how the lines relate."""

from .grid import Cell, Grid, Line, grids
from .words import Kind

__all__ = ["Cell", "Grid", "Kind", "Line", "grids"]
