"""Formulas as one line of text: every character is kept, fractions get a stroke, powers a ^."""

from .names import Element, M, W

_TEXTS, _VALUE = (M + "t", W + "t"), M + "val"
_JOINED: dict[str, tuple[str, ...]] = {
    "f": ("num", "/", "den"),
    "sSup": ("e", "^", "sup"),
    "sSub": ("e", "_", "sub"),
    "sSubSup": ("e", "_", "sub", "^", "sup"),
    "rad": ("deg", "√", "e"),
    "limLow": ("e", "_", "lim"),
    "limUpp": ("e", "^", "lim"),
}
_DEEPEST = 40


def linear(element: Element, depth: int = 0) -> str:
    """The text of ``m:oMath`` or a part of it."""
    if element.tag in _TEXTS or depth > _DEEPEST:
        return "".join(str(text) for text in element.itertext())
    name = element.tag.rpartition("}")[2]
    if name.endswith("Pr"):
        return ""
    if name in _JOINED:
        return "".join(_part(element, piece, depth) for piece in _JOINED[name])
    inside = [linear(child, depth + 1) for child in element]
    if name == "d":
        opening, closing = (
            _sign(element, "dPr", "begChr", "("),
            _sign(element, "dPr", "endChr", ")"),
        )
        return opening + _sign(element, "dPr", "sepChr", "|").join(filter(None, inside)) + closing
    if name == "nary":
        return _sign(element, "naryPr", "chr", "∫") + "".join(inside)
    if name in ("mr", "eqArr"):
        return " ".join(filter(None, inside)) + (";" if name == "mr" else "")
    return "".join(inside)


def _part(element: Element, piece: str, depth: int) -> str:
    if not piece.isalpha():
        return piece
    found = element.find(M + piece)
    return _grouped(linear(found, depth + 1), piece) if found is not None else ""


def _grouped(text: str, piece: str) -> str:
    """Longer parts in brackets, where the line would else say something different."""
    plain = piece in ("e", "deg") or len(text) < 2 or text.isdigit() or text.isalpha()
    return text if plain else f"({text})"


def _sign(element: Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    return default if found is None else found.get(_VALUE, default)
