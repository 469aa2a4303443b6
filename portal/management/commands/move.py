from django.core.management import BaseCommand

from portal.backups import moving


class Command(BaseCommand):
    help = "Move this installation's SQLite database into an empty PostgreSQL database, and compare them."

    def add_arguments(self, parser):
        parser.add_argument("address", help="postgres://user:password@host/name")

    def handle(self, *, address, **options):
        self.stdout.write(f"Moved {moving.move(address)} rows; both databases are equal.")
