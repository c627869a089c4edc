"""Writers: a composed ``Report`` and a ``Style`` become DOCX and PDF; loaded when used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .docx import write_docx
    from .pdf import Layout, PdfUnavailable, layout, write_pdf
    from .styles import InvalidStyle, StyleProblem, UnknownStyle, available_styles, load_style

__all__ = [
    "InvalidStyle",
    "Layout",
    "PdfUnavailable",
    "StyleProblem",
    "UnknownStyle",
    "available_styles",
    "layout",
    "load_style",
    "write_docx",
    "write_pdf",
]

_HOMES = {
    "write_docx": "docx",
    **dict.fromkeys(("Layout", "PdfUnavailable", "layout", "write_pdf"), "pdf"),
    **dict.fromkeys(
        ("InvalidStyle", "StyleProblem", "UnknownStyle", "available_styles", "load_style"), "styles"
    ),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
