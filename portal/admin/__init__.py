"""The staff's site, and the operator's page in it."""
