from django.core.management import BaseCommand, CommandError

from portal import private_files
from portal.backups import making


class Command(BaseCommand):
    help = "Write a backup of database and uploads into BACKUP_DIR while the site runs; delete old ones."

    def handle(self, **options):
        private_files.begin()
        try:
            path = making.make()
        except OSError as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(str(path))
