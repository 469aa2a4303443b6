"""Copies of what migrations name from elsewhere in the catalogue, as it was: no migration imports a model."""
