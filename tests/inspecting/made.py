"""Small PDF and Word files with faults planted on purpose."""

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reportkit.inspecting import inspect_pdf
from reportkit.inspecting.pdf import measure
from reportkit.model.diagnostic import Finding
from reportkit.model.style import Style

LINE = "面向社区开展服务活动十二次参加人员逐年增加制度健全成效稳定各方参与共同推进"
SHEET = """
@page {{ size: 210mm 297mm; margin: 37mm {outside}mm 35mm {inside}mm;
         @bottom-center {{ content: counter(page); font: 12pt "Noto Serif CJK SC" }} }}
@page :left {{ margin-left: {outside}mm; margin-right: {inside}mm }}
html {{ font: 15.75pt/28.95pt "Noto Serif CJK SC" }}
body, p, h1, div, table {{ margin: 0; padding: 0 }}
h1 {{ font: bold 15.75pt/28.95pt "Noto Sans CJK SC"; break-after: auto }}
table {{ border-collapse: collapse; font-size: 10.5pt; width: 100% }}
td, th {{ border: 0.5pt solid #000 }}
.toc a {{ display: block }}
"""


@cache
def picture(pixels: int) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((pixels, pixels), 60).save(stream, "PNG")
    return stream.getvalue()


class _Pictures(URLFetcher):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(allowed_protocols=())

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        return URLFetcherResponse(url, picture(int(url.rpartition("/")[2])), {})


def pdf(body: str, *, inside: float = 28, outside: float = 26, css: str = "") -> bytes:
    """A tagged PDF of an HTML body; pictures are ``made:/<pixels>``."""
    html = f'<html lang="zh-CN"><head><title>测试</title></head><body>{body}</body></html>'
    sheet = SHEET.format(inside=inside, outside=outside) + css
    made: bytes = HTML(string=html, base_url="made:/", url_fetcher=_Pictures()).write_pdf(
        stylesheets=[CSS(string=sheet)], pdf_variant="pdf/ua-1"
    )
    return made


def paragraphs(count: int) -> str:
    """Paragraphs of four full lines (28 characters a line) each."""
    return f"<p>{(LINE * 4)[:112]}</p>" * count


def findings(content: bytes, style: Style | None = None) -> Sequence[Finding]:
    return inspect_pdf(measure("测试.pdf", content), style)


def codes(content: bytes, style: Style | None = None) -> set[str]:
    return {finding.code for finding in findings(content, style)}
