import logging

from django.core.management import BaseCommand, CommandError

from catalog.caching.failures import failure_of
from portal import jobs, private_files
from portal.database import sqlite_file

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run a job of the timers, once for all hosts: not where it runs already, or has just run."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=jobs.JOBS)

    def handle(self, *, name, **options):
        private_files.begin()
        if not run_job(name):
            self.stdout.write(f"Skipped: {name} runs elsewhere or has just run.")


def run_job(name):
    """Run the job. What nobody foresaw goes to the log, which masks what is private, and not to stderr; where
    a disk or the database failed, manage.py says so."""
    try:
        with sqlite_file.must_exist():
            return jobs.run(name)
    except CommandError:
        raise
    except Exception as error:
        if failure_of(error):
            raise
        logger.exception("The job %s failed", name)
        raise SystemExit(1) from None
