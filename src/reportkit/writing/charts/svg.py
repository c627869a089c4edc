"""A scene as SVG."""

from html import escape

from .scene import Area, Point, Scene, Stroke, Words


def svg(scene: Scene, family: str, alt: str) -> str:
    """Vector form, for the PDF. ``family`` is the CSS font family of its text."""
    marks = "".join(_mark(mark) for mark in scene.marks)
    width, height = _n(scene.width), _n(scene.height)
    return (
        f'<svg width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" '
        f'font-family="{escape(family)}">'
        f"<title>{escape(alt)}</title>{marks}</svg>"
    )


def _mark(mark: Area | Stroke | Words) -> str:
    match mark:
        case Area():
            edge = f' stroke="{mark.edge}" stroke-width="0.75"' if mark.edge else ""
            return f'<polygon points="{_points(mark.points)}" fill="{mark.fill}"{edge}/>'
        case Stroke():
            dash = f' stroke-dasharray="{" ".join(map(_n, mark.dash))}"' if mark.dash else ""
            return (
                f'<polyline points="{_points(mark.points)}" fill="none" stroke="{mark.colour}" '
                f'stroke-width="{_n(mark.width)}"{dash}/>'
            )
        case Words():
            turn = f' transform="rotate(-90 {_n(mark.x)} {_n(mark.y)})"' if mark.turned else ""
            return (
                f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" '
                f'text-anchor="{mark.anchor}" fill="{mark.colour}"{turn}>'
                f"{escape(mark.text)}</text>"
            )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
