"""settings.xml and the document properties."""

from reportkit.model.report import Report
from reportkit.model.style import Style

from .context import Context
from .inline import note_format
from .xml import Element, child, clean, el, plain_root, root, val

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_NO_DATE = "2000-01-01"


def settings_xml(context: Context) -> Element:
    """settings.xml: two-sided pages, Chinese typesetting, no update of fields on opening."""
    style: Style = context.style
    notes = el("w:footnotePr", None, *_note_settings(context))
    return root(
        "w:settings",
        "w",
        el("w:zoom", {"percent": 100}),
        el("w:mirrorMargins") if style.page.inside != style.page.outside else None,
        val("w:defaultTabStop", 420),
        el("w:evenAndOddHeaders") if style.page_number.side == "outside" else None,
        val("w:characterSpacingControl", "compressPunctuation"),
        notes,
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
    )


def _note_settings(context: Context) -> list[Element]:
    return [
        *note_format(context),
        el("w:footnote", {"id": -1}),
        el("w:footnote", {"id": 0}),
    ]


def core_xml(report: Report) -> Element:
    """Title, author (the organisation), language, and the date of filing as date of creation."""
    from lxml import etree

    spaces = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    made = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=spaces)

    def add(namespace: str, name: str, text: str) -> Element:
        child = etree.SubElement(made, f"{{{namespace}}}{name}")
        child.text = clean(text)
        return child

    add(_DC, "title", report.title)
    add(_DC, "subject", report.standard_title)
    add(_DC, "creator", report.issuer or report.organisation)
    add(_CORE, "lastModifiedBy", report.issuer or report.organisation)
    add(_DC, "language", report.language)
    for name in ("created", "modified"):
        date = add(_TERMS, name, f"{report.date or _NO_DATE}T00:00:00Z")
        date.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return made


def app_xml() -> Element:
    """The extended properties."""
    made = plain_root(_APP, "Properties")
    child(made, "Application", "reportkit")
    return made
