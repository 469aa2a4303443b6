"""Everything that is public as files: of each noun a CSV and a JSON Lines file, with what describes them and
their checksums.

`records.py` says which nouns there are, which of their rows and fields are public, and what a row says;
`writing.py` writes the files aside and puts them in their place at once; `stored.py` finds the ones that are
there, and stops showing them as soon as something in them is no longer public.
"""
