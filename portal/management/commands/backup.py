from django.core.management import BaseCommand

from portal import private_files
from portal.backups import making


class Command(BaseCommand):
    help = "Write a backup of database and uploads into BACKUP_DIR while the site runs; delete old ones."

    def handle(self, **options):
        private_files.begin()
        self.stdout.write(str(making.make()))
