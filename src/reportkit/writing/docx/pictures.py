"""Pictures in the package, scaled to the text block."""

from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PackURI
from docx.parts.image import ImagePart

from reportkit.model.report import Picture
from reportkit.writing.images import Image, load
from reportkit.writing.plan import missing_picture

from .context import DOCUMENT, Context
from .fields import text_run
from .looks import emu
from .xml import NAMESPACES, Attributes, Element, clean, el

_TYPES = {"png": CONTENT_TYPE.PNG, "jpeg": CONTENT_TYPE.JPEG}


def picture(shown: Picture, context: Context, width: float, height: float) -> tuple[Element, bool]:
    """A run with the picture, as large as ``width`` × ``height`` mm allow; False if missing."""
    image = _image(shown.asset, context)
    if image is None:
        what = shown.asset or shown.alt
        context.report_finding("RK703", shown.place, what, picture=what)
        return text_run(missing_picture(shown)), False
    content, relation = image
    scale = min(width / content.width, height / content.height)
    size = (emu(content.width * scale), emu(content.height * scale))
    return drawing(relation, shown.alt, size, context), True


def _image(path: str | None, context: Context) -> tuple[Image, str] | None:
    """The image of an asset and its relation; the same asset goes in once."""
    asset = context.assets.get(path) if path else None
    if path is None or asset is None:
        return None
    if path not in context.images:
        loaded = load(asset.content)
        context.images[path] = (loaded, embed(loaded, context)) if loaded else None
    return context.images[path]


def embed(image: Image, context: Context) -> str:
    """Put an image into the package; return the id of its relation."""
    name = f"word/media/image{context.package.number('image')}.{image.extension}"
    part = ImagePart(PackURI(f"/{name}"), _TYPES[image.extension], image.content)
    context.package.put(name, part)
    return context.package.relate(DOCUMENT, "image", name)


def drawing(relation: str, alt: str, size: tuple[int, int], context: Context) -> Element:
    """A run with an inline picture; ``size`` in English metric units."""
    identity = context.next_drawing()
    name = f"图片 {identity}"
    extent = {"cx": size[0], "cy": size[1]}
    uri = NAMESPACES["pic"]
    fill = el(
        "pic:blipFill",
        None,
        el("a:blip", {"r:embed": relation}),
        el("a:stretch", None, el("a:fillRect")),
    )
    shape = el(
        "pic:spPr",
        None,
        el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", extent)),
        el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
    )
    properties = {"id": identity, "name": name, "descr": clean(alt)}
    inside = el(
        "pic:pic",
        None,
        el(
            "pic:nvPicPr",
            None,
            el("pic:cNvPr", {"id": identity, "name": name}),
            el("pic:cNvPicPr", None, el("a:picLocks", {"noChangeAspect": 1})),
        ),
        fill,
        shape,
    )
    return inline_drawing(el("a:graphicData", {"uri": uri}, inside), properties, extent)


def inline_drawing(graphic: Element, properties: Attributes, extent: Attributes) -> Element:
    """A run whose drawing stands in the line of text."""
    none = {"distT": 0, "distB": 0, "distL": 0, "distR": 0}
    inline = el(
        "wp:inline",
        none,
        el("wp:extent", extent),
        el("wp:docPr", properties),
        el("wp:cNvGraphicFramePr", None, el("a:graphicFrameLocks", {"noChangeAspect": 1})),
        el("a:graphic", None, graphic),
    )
    return el("w:r", None, el("w:drawing", None, inline))
