"""What a worker is given: an item, what is to be made of it, and its limits."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..model.base import Model
from .outcome import Item

STANDARDS, STYLE, INPUT = "standards", "style", "in"
"""First steps of the names under which files travel with a job."""


class Options(Model):
    """What to make. ``standard`` is for reports only: submissions name their own.

    Without ``draft`` only what is 合格 is printed; with it the others are printed as 草稿.
    """

    formats: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")
    draft: bool = False
    check_only: bool = False
    standard: str | None = None
    style: str | None = None
    pdf: Literal["ua", "a3", "plain"] = "ua"


class Limits(Model):
    """What an item may cost: seconds, and bytes of the memory of its process."""

    seconds: float = Field(default=300.0, gt=0)
    memory: int = Field(default=2_000_000_000, gt=0)


class Job(Model):
    """One item to work on. ``depth`` counts the steps that its files lie above the batch's folder;
    ``links`` are links that lead out of the submission.

    ``program`` is the fingerprint of the program that made the job; another one refuses it.
    """

    item: Item
    key: str
    program: str
    options: Options
    limits: Limits = Limits()
    depth: int = 0
    links: tuple[str, ...] = ()
