"""Write the objects of a PDF: each once, small ones packed, under an identifier of our own.

pydyf makes every object twice, for a digest that becomes half of the file's identifier, and
compresses at the highest level. Here the identifier is given: equal input gives equal bytes.
Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams).
"""

import zlib
from collections.abc import Iterator
from typing import Any

from weasyprint.pdf import pydyf

_PACK = 200
"""Objects in one object stream: readers unpack them as a whole."""
_LEVEL = 6
_NO_OBJECT = b"\0" * 5 + b"\xff\xff"


def write(pdf: pydyf.PDF, identifier: bytes) -> bytes:
    """The file. ``identifier`` is 32 hexadecimal digits."""
    pdf.add_object(pdf.info)
    made = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
    at = len(made[0])
    places: list[bytes] = [b""] * len(pdf.objects)
    packed: list[Any] = []
    places[0] = b"\0" + _NO_OBJECT

    def put(number: int, data: bytes) -> None:
        nonlocal at
        made.append(b"%d 0 obj\n%s\nendobj\n" % (number, data))
        while number >= len(places):
            places.append(b"")
        places[number] = b"\1" + at.to_bytes(5, "big") + b"\0\0"
        at += len(made[-1])

    for item in pdf.objects[1:]:
        if isinstance(item, pydyf.Stream):
            put(item.number, _stream(item))
        else:
            packed.append(item)
    for holder, pack in enumerate(_packs(packed), len(pdf.objects)):
        for index, item in enumerate(pack):
            places[item.number] = b"\2" + holder.to_bytes(5, "big") + index.to_bytes(2, "big")
        put(holder, _pack(pack))
    number, start = len(places), at
    places.append(b"\1" + at.to_bytes(5, "big") + b"\0\0")
    table = zlib.compress(b"".join(places), _LEVEL)
    made.append(
        b"%d 0 obj\n<</Type/XRef/W[1 5 2]/Size %d/Root %s/Info %s/ID[<%s><%s>]/Filter/FlateDecode"
        b"/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (number, number + 1, pdf.catalog.reference, pdf.info.reference, identifier, identifier,
           len(table), table, start)
    )  # fmt: skip
    return b"".join(made)


def _stream(stream: pydyf.Stream) -> bytes:
    content = b"\n".join(_bytes(part) for part in stream.stream)
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, _LEVEL)
    extra["Length"] = len(content)
    return b"%s\nstream\n%s\nendstream" % (extra.data, content)


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, float):
        part = f"{part:f}".rstrip("0").rstrip(".")
    return bytes(part.data) if isinstance(part, pydyf.Object) else str(part).encode("ascii")


def _packs(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _PACK):
        yield items[start : start + _PACK]


def _pack(items: list[Any]) -> bytes:
    """An object stream."""
    bodies = [item.data for item in items]
    heads, at = [], 0
    for item, body in zip(items, bodies, strict=True):
        heads.append(b"%d %d" % (item.number, at))
        at += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = zlib.compress(head + b"\n".join(bodies), _LEVEL)
    return b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        len(items), len(head), len(content), content,
    )  # fmt: skip
