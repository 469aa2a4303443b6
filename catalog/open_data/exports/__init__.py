"""Listings to take away as files: which columns each has, and the three formats.

`columns.py` says what a column is and has those that nouns share; a module of each noun chooses its columns
and reads its rows; `csv_file.py`, `json_file.py` and `xlsx_file.py` write any Table, batch by batch.
"""
