"""RK8xx: what can only be seen when many submissions lie side by side.

``digest`` makes of each what others see of it; ``check_between`` looks at all digests. The rules
stand in ``families/between_*``.
"""

from .digest import CaseHead, Chapter, Digest, Passage, Picture, Repeat, Value
from .digesting import digest
from .engine import NO_ITEM, check_between

__all__ = [
    "NO_ITEM",
    "CaseHead",
    "Chapter",
    "Digest",
    "Passage",
    "Picture",
    "Repeat",
    "Value",
    "check_between",
    "digest",
]
