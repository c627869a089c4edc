"""RK8xx: what can only be seen when many submissions lie side by side."""

from .digest import Digest

__all__ = ["Digest"]
