"""``Report`` + ``Style`` → PDF, by one HTML template and WeasyPrint. WeasyPrint loads when used."""

from .document import Layout, PdfUnavailable, layout, write_pdf

__all__ = ["Layout", "PdfUnavailable", "layout", "write_pdf"]
