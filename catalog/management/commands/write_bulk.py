import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.open_data.bulk import writing


class Command(BaseCommand):
    help = "Write everything public as files to download (CSV, JSON Lines, SHA256SUMS) into VAR_DIR/bulk."

    def handle(self, **options):
        os.umask(0o077)  # for the account of the site alone
        try:
            manifest = writing.write_files(settings.BULK_ROOT)
        except writing.AlreadyWritingError as error:
            raise CommandError("The files are being written by another process.") from error
        for one in manifest["resources"]:
            if one["format"] == "csv":
                self.stdout.write(f"{one['name'].removesuffix('-csv')}: {one['rows']}")
