"""Count anew what the database knows of its tables when it plans a query."""

from django.core.management import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Update the statistics the database plans its queries with. Run it after many rows came or went."
    requires_system_checks = ()

    def handle(self, **options):
        """Every row is read: on SQLite estimates from a sample mistake the rare states for the usual one."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
