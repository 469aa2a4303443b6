"""Thousands of bad requests against the portal as it runs: `python -m tests.hostile`."""
