"""Models as plain data without what goes without saying."""

import base64
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

_ALWAYS = ("type", "format")


def slim(value: Any) -> Any:
    """JSON data of a model: defaults are left out, ``type`` and ``format`` never."""
    if isinstance(value, BaseModel):
        made = {}
        for name, field in type(value).model_fields.items():
            item = getattr(value, name)
            if field.exclude or (
                name not in _ALWAYS and item == field.get_default(call_default_factory=True)
            ):
                continue
            made[name] = slim(item)
        return made
    if isinstance(value, dict):
        return {key: slim(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [slim(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
