"""Breaks real sites on purpose, and tells what everybody saw: `make drills`."""
