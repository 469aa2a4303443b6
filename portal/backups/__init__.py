"""Backups of everything that is not the program: the database and the files that people uploaded."""
