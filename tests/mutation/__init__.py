"""Breaks one thing in a valid report and asks which rule finds it."""
