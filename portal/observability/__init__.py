"""What the operator sees of the running site: lines of a log, metrics, mail about errors, a page."""
