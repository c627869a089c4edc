"""The ground floor: every word of the field as an immutable model. No I/O, imports nothing of ours.

``blocks`` and ``submission`` hold what an author files, ``standard`` what is mandated, ``report``
the composed document, ``style`` its look, ``diagnostic`` what is wrong with it.
"""
