"""Claims: what the prose and the tables of a report say in numbers, with exact places.

``numerals`` and ``units`` know how officials write numbers, ``quantity`` joins them.
"""
