"""Tests of the standards and of what reads them."""
