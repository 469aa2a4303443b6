"""Connections: of SQLite to the file they opened, of PostgreSQL within what it takes."""
