"""Count anew what the database knows of its tables when it plans a query."""

from django.core.management import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Update the statistics the database plans its queries with. Run it after many rows came or went."
    requires_system_checks = ()

    def handle(self, **options):
        """Every row is read: on SQLite estimates from a sample mistake the rare states for the usual one.
        PostgreSQL is told as well what all may see in its tables: until then no index alone answers."""
        vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)" if vacuum else "ANALYZE")
