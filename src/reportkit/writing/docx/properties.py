"""settings.xml and the document properties."""

from datetime import datetime
from typing import TYPE_CHECKING

from reportkit.model.report import Report
from reportkit.model.style import Style

from .context import Context
from .inline import note_format
from .xml import Element, child, clean, el, plain_root, val

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties

_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_NO_DATE = datetime(2000, 1, 1)
_LONGEST = 255
"""Characters that a document property may have."""


def settings(context: Context) -> list[Element]:
    """What stands in settings.xml: two-sided pages, Chinese typesetting, no update on opening."""
    style: Style = context.style
    two_sided = style.page.inside != style.page.outside
    return [
        el("w:zoom", {"percent": 100}),
        *([el("w:mirrorMargins")] if two_sided else ()),
        val("w:defaultTabStop", 420),
        val("w:characterSpacingControl", "compressPunctuation"),
        el("w:footnotePr", None, *_note_settings(context)),
        el(
            "w:compat",
            None,
            el("w:spaceForUL"),
            el("w:balanceSingleByteDoubleByteWidth"),
            el("w:doNotLeaveBackslashAlone"),
            el("w:ulTrailSpace"),
            el("w:doNotExpandShiftReturn"),
            el("w:adjustLineHeightInTable"),
            el("w:useFELayout"),
            el(
                "w:compatSetting",
                {
                    "name": "compatibilityMode",
                    "uri": "http://schemas.microsoft.com/office/word",
                    "val": 15,
                },
            ),
        ),
        el("w:themeFontLang", {"val": "zh-CN", "eastAsia": "zh-CN"}),
        val("w:decimalSymbol", "."),
        val("w:listSeparator", ","),
    ]


def _note_settings(context: Context) -> list[Element]:
    return [
        *note_format(context),
        el("w:footnote", {"id": -1}),
        el("w:footnote", {"id": 0}),
    ]


def describe(report: Report, properties: "CoreProperties") -> None:
    """Title, author (the organisation), language, and the date of filing as date of creation."""
    who = _property(report.issuer or report.organisation)
    properties.title, properties.subject = _property(report.title), _property(report.standard_title)
    properties.author = properties.last_modified_by = who
    properties.language = report.language
    properties.created = properties.modified = _date(report.date) or _NO_DATE


def _property(text: str) -> str:
    return clean(text)[:_LONGEST]


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def app_xml(report: Report) -> Element:
    """The extended properties: the program, and whose report it is."""
    made = plain_root(_APP, "Properties")
    child(made, "Application", "reportkit")
    child(made, "Company", _property(report.organisation))
    return made
