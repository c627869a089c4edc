"""Recognises what a file really is, whatever its name says, and knows what to advise."""

import codecs

SAVE_ANEW = "请用 Word 或 WPS 打开，另存一份。"
DISTRUST = "请向发来文件的人核实；确认无误后用 Word 或 WPS 打开，另存一份。"
_AGAIN = "请从原处重新复制或下载一份。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {  # names of streams in an OLE container, as its directory holds them
    "password": ("EncryptedPackage", "EncryptionInfo"),
    "doc": ("WordDocument",),
    "xls": ("Workbook", "Book"),
    "ppt": ("PowerPoint Document",),
}
_FORMATS = {"docx": "Word 文档（*.docx）", "xlsx": "Excel 工作簿（*.xlsx）"}
_PROGRAMS = {"docx": "Word 或 WPS", "xlsx": "Excel 或 WPS 表格"}
_WORDS: dict[str, tuple[str, str]] = {
    "password": ("文件加了密码", "请用 {program} 打开，在“文件 → 信息 → 保护”中去掉密码后另存。"),
    "doc": ("这是旧版 Word 文档（.doc 格式）", ""),
    "xls": ("这是旧版 Excel 工作簿（.xls 格式）", ""),
    "xlsb": ("这是二进制工作簿（.xlsb）", ""),
    "ppt": ("这是 PowerPoint 演示文稿", "请把内容放进 {format}。"),
    "pptx": ("这是 PowerPoint 演示文稿", "请把内容放进 {format}。"),
    "docx": ("这是 Word 文档（.docx），不是工作簿", "请选对文件，或改正扩展名。"),
    "xlsx": ("这是 Excel 工作簿（.xlsx），不是 Word 文档", "请选对文件，或改正扩展名。"),
    "ole": ("这是旧格式的 Office 文件", ""),
    "odf": ("这是 OpenDocument 文件（.odt、.ods）", ""),
    "pdf": ("这是 PDF 文件", "请把扩展名改为 .pdf，或用原来的 Word 文档。"),
    "rtf": ("这是 RTF 文件", ""),
    "html": ("这是网页（HTML）文件", ""),
    "mhtml": ("这是网页归档（MHTML）文件", ""),
    "xml": ("这是 XML 文件", ""),
    "image": ("这是图片", "请先识别成文字，或用原来的 Word 文档。"),
    "rar": ("这是压缩包", "请先解开，选用其中的文件。"),
    "archive": ("这是普通的压缩包，其中没有文档", "请先解开，选用其中的文件。"),
    "text": ("这是纯文本", "请把扩展名改为 .txt。"),
    "empty": ("文件是空的", _AGAIN),
    "unknown": ("不是 Office 文件，或已损坏", _AGAIN),
}


def kind_of(content: bytes) -> str:
    """A key for what the file is, by its bytes: ``zip``, ``doc``, ``pdf``, ``html`` …"""
    start = content[:4096]
    if not start:
        return "empty"
    if start.startswith(b"PK\x03\x04"):
        return "zip"
    if start.startswith(_OLE):
        return _ole_kind(content)
    for kind, marks in (
        ("pdf", (b"%PDF",)),
        ("rtf", (b"{\\rtf",)),
        ("image", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
        ("rar", (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    ):
        if start.startswith(marks):
            return kind
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "html"
    if b"mime-version:" in head[:1000]:
        return "mhtml"
    if head.startswith(b"<?xml"):
        return "xml"
    return _text_or_unknown(start)


def _ole_kind(content: bytes) -> str:
    for kind, names in _STREAMS.items():
        if any(name.encode("utf-16-le") in content for name in names):
            return kind
    return "ole"


def _text_or_unknown(start: bytes) -> str:
    if b"\x00" in start:
        return "unknown"
    for codec in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(codec)().decode(start)
            return "text"
        except UnicodeDecodeError:
            continue
    return "unknown"


def advice_for(found: str, wanted: str) -> tuple[str, str]:
    """The reason why a file of kind ``found`` is no ``wanted``, and what to do."""
    reason, advice = _WORDS[found]
    program, name = _PROGRAMS[wanted], _FORMATS[wanted]
    if not advice:
        advice = f"请用 {program} 打开，“另存为”时选择 {name}。"
    return reason, advice.format(program=program, format=name)
