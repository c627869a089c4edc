"""Imports reports that exist as they stand: text, Markdown, Word, PDF.

    file ─ a source module ─> Stream ─ recognise ─> Submission
                                │
                                └─ loss: every character is in the submission or told as set aside

A source says what stands in the file, in reading order, each piece with its place, and what it
knows for sure (``stream``). What the pieces mean (headings, captions, cases …) is decided for all
sources in one place. No rule here knows a particular report, school or title.
"""
