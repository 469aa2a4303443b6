"""Spreadsheets in and out: their columns, how files are read, checked, brought in, undone, written."""
