"""Styles that only a template has, and the properties by which it names its standard."""

from __future__ import annotations

from ..model.standard import Standard
from ..model.style import Style
from ..writing.docx.looks import run_look
from ..writing.docx.package import Package
from ..writing.docx.xml import Element, child, el, plain_root, serialise, val
from .controls import PLACEHOLDER
from .words import STANDARD_PROPERTY, VERSION_PROPERTY

GUIDANCE_STYLE, NOTE_STYLE = "Guidance", "KitNote"
_GREY, _BLUE = "7F7F7F", "1F4E79"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def kit_styles(style: Style) -> list[Element]:
    """填写提示 and 填报说明 (paragraphs), and the grey of placeholders."""
    return [
        _small(style, GUIDANCE_STYLE, "填写提示", _BLUE, rule=True),
        _small(style, NOTE_STYLE, "填报说明", "000000", rule=False),
        el(
            "w:style",
            {"type": "character", "styleId": PLACEHOLDER},
            val("w:name", "Placeholder Text"),
            val("w:basedOn", "DefaultParagraphFont"),
            val("w:uiPriority", 99),
            el("w:rPr", None, val("w:color", _GREY)),
        ),
    ]


def _small(style: Style, identity: str, name: str, colour: str, *, rule: bool) -> Element:
    look = style.texts["note"].model_copy(
        update={"size": 10.5, "colour": f"#{colour}", "bold": False}
    )
    line = {"val": "single", "sz": 12, "space": 6, "color": colour}
    return el(
        "w:style",
        {"type": "paragraph", "customStyle": 1, "styleId": identity},
        val("w:name", name),
        val("w:basedOn", "Normal"),
        el("w:qFormat"),
        el(
            "w:pPr",
            None,
            el("w:pBdr", None, el("w:left", line)) if rule else None,
            el("w:spacing", {"before": 40, "after": 40, "line": 300, "lineRule": "auto"}),
            el("w:ind", {"left": 210 if rule else 0, "firstLine": 0, "firstLineChars": 0}),
            val("w:jc", "left"),
        ),
        run_look(look, style, explicit=True),
    )


def custom_properties(package: Package, standard: Standard) -> None:
    """Add docProps/custom.xml: the standard's id and version."""
    made = plain_root(_CUSTOM, "Properties", vt=_VARIANT)
    facts = ((STANDARD_PROPERTY, standard.id), (VERSION_PROPERTY, standard.version))
    for number, (name, text) in enumerate(facts, start=2):
        item = child(made, "property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        value = item.makeelement(f"{{{_VARIANT}}}lpwstr")
        value.text = text
        item.append(value)
    package.add(
        "docProps/custom.xml",
        serialise(made),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    package.relate("", "custom-properties", "docProps/custom.xml")
