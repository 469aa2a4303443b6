"""Finds sample values that a reader cannot tell from real ones, for tests/catalog/test_sample_marks.py.

The catalogue is read twice, with its samples as they are and with other names and amounts in all of them.
Whatever differs comes from a sample, and has to stand under a mark.
"""
