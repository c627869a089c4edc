"""RK8xx: what can only be seen when many submissions lie side by side."""

from .digest import CaseHead, Chapter, Digest, Value
from .digesting import digest

__all__ = ["CaseHead", "Chapter", "Digest", "Value", "digest"]
