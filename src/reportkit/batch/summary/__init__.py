"""What comes out of a batch: one page to read, one workbook to reckon with, a letter to each."""

from .letter import Letterhead
from .writing import INDEX, LETTERS, WORKBOOK, SummaryOptions, write

__all__ = ["INDEX", "LETTERS", "WORKBOOK", "Letterhead", "SummaryOptions", "write"]
