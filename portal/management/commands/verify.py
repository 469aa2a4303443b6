import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from portal.backups import archives, restoring


class Command(BaseCommand):
    help = "Compare this installation with a backup, table by table and file by file."

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--key", type=Path, help="the file with the key that opens an encrypted backup")

    def handle(self, *, archive, key, **options):
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="verifying-") as work:
            manifest = archives.examine(archive, Path(work), key)
        if found := list(restoring.manifest_differences(manifest)):
            raise CommandError("\n".join(["It differs from the backup:", *found]))
        self.stdout.write(f"Equal: {len(manifest['tables'])} tables, {len(manifest['members']) - 1} files.")
