"""Saves every public page as text and compares two saves, so that a change of the code can be shown to change
no page.

    python -m tests.snapshot save var/before      # in the tree before the change
    python -m tests.snapshot save var/after       # in the tree after it
    python -m tests.snapshot compare var/before var/after

`site.py` prepares a database at a fixed moment, `addresses.py` lists what is requested, `dom.py` and
`responses.py` write answers as text, `saving.py` and `comparing.py` are the two commands. Nothing here
imports the catalogue's own modules: the same tool runs in trees whose modules have moved.
"""
