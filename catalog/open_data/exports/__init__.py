"""Listings to take away: which columns a download has, noun by noun, and its three formats.

`columns.py` says what a column is, `origins.py` has those that nouns share; a module of each noun chooses its
columns and what they need from the database; `csv_file.py`, `json_file.py` and `xlsx_file.py` write any
Table, a batch of rows at a time.
"""
