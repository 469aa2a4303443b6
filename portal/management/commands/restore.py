from pathlib import Path

from django.core.management import BaseCommand

from portal import private_files
from portal.backups import restoring


class Command(BaseCommand):
    help = "Put a backup into this installation, which holds nothing yet."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--key", type=Path, help="the file with the key that opens an encrypted backup")

    def handle(self, *, archive, key, **options):
        private_files.begin()
        manifest = restoring.restore(archive, key)
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"Restored {rows} rows of {manifest['made_at']}; equal to the backup.")
