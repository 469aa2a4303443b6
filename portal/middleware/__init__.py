"""What every request and answer passes through besides Django's own middleware: one job a module."""
