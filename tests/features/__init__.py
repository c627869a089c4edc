"""The features that real published reports need; ``tests/test_features.py`` runs them."""

from . import objects, structure, tables

__all__ = ["objects", "structure", "tables"]
