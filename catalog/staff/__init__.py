"""The staff: what each role may do, and what waits for whom."""
