"""From many submissions the first draft of the report above them: ``reportkit compile``."""

from __future__ import annotations

from .run import Compiled, Sources, compile_report, undo_update, update_report

__all__ = ["Compiled", "Sources", "compile_report", "undo_update", "update_report"]
