"""The command line: thin; each command is one call of :mod:`reportkit.workflow`."""

from .main import main

__all__ = ["main"]
