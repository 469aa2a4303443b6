"""How many connections to PostgreSQL the processes of this host may hold, and whether it takes so many."""

from django.core.management import CommandError
from django.db import connection

from portal import processes

FOR_JOBS = 6
"""Timers, backups and an operator's own commands; a job holds two."""


def needed():
    """Each thread of each process keeps one."""
    return processes.WORKERS * processes.THREADS + FOR_JOBS


def refuse_few_connections():
    """End with one line where PostgreSQL takes fewer connections than this host alone may hold."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(setting::int * CASE name WHEN 'max_connections' THEN 1 ELSE -1 END) FROM pg_settings"
            " WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')"
        )
        taken = cursor.fetchone()[0]
    if taken < needed():
        raise CommandError(
            f"The portal cannot start: the database takes {taken} connections, and this host may need"
            f" {needed()}. Raise max_connections of PostgreSQL, or lower WEB_CONCURRENCY."
        )
