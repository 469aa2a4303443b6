import os
import secrets
import socket
import sys

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from catalog import search
from catalog.caching.failures import Failure, failure_of
from catalog.models import CountedProduct, LoadRun, Product
from catalog.staff.roles import ensure_roles
from contact import routing
from portal import jobs, private_files
from portal.assets import collection
from portal.database import limits
from portal.health import probe

ACCOUNTS = (  # name, group
    ("admin", "administrator"),
    ("reviewer", "reviewer"),
    ("editor", "editor"),
    ("officer", "desk officer"),
)

ADVICE = {
    Failure.AWAY: "the database does not answer",
    Failure.BUSY: "the database is locked, or has no connection left: end what holds it, and start again",
    Failure.CORRUPT: "the database is damaged: restore a backup with manage.py restore",
    Failure.FULL: "the disk is full: make room, and start again",
    Failure.READ_ONLY: "the database cannot be written: give its file and folder to this account",
    Failure.FILES_READ_ONLY: "VAR_DIR cannot be written: give it and what is in it to this account",
}


class Command(BaseCommand):
    help = "Bring database, data, files and accounts up to date, then serve with gunicorn at 127.0.0.1:$PORT."

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-serve", action="store_true", help="only bring database and accounts up to date"
        )
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="bring all up to date, for a service that serves afterwards",
        )

    def handle(self, *, no_serve, prepare, **options):
        if not (no_serve or prepare):
            refuse_taken_port(os.environ.get("PORT") or "8000")
        private_files.begin()
        try:
            with jobs.alone("start", wait=True):  # several hosts of one database may start at once
                private_files.close(settings.VAR_DIR)
                self.bring_up_to_date(options)
                if not no_serve:
                    collection.collect()
                    private_files.let_others_read_static(settings.STATIC_ROOT)
        except (Error, OSError) as error:
            if not (failure := failure_of(error)):
                raise
            raise CommandError(why_not(failure, error)) from None
        if not (no_serve or prepare):
            refuse_taken_port(os.environ.get("PORT") or "8000")
            self.stdout.flush()
            become_gunicorn()

    def bring_up_to_date(self, options):
        """Bring the database up to date, and make accounts where there are none."""
        refuse_unusable()
        migrate()
        limits.refuse_few_connections()
        ensure_roles()
        if not LoadRun.objects.exists() and not Product.objects.exists():
            self.stdout.write("Loading the data, once ...")
            call_command("load_data", verbosity=options["verbosity"])
        elif Product.objects.published().exists() and not is_derived():
            self.stdout.write("Building the search index and the counts, once ...")
            call_command("reindex", verbosity=0)
            call_command("update_statistics")
        if not settings.PRODUCTION and not User.objects.exists():
            self.make_accounts(settings.VAR_DIR / "accounts.txt")
        if fault := routing.front_door_fault():
            self.stderr.write(fault)

    def make_accounts(self, path):
        """One staff account a role with a random password, told once and kept in `path`."""
        lines = []
        with transaction.atomic():  # where the file cannot be written there are no accounts either
            for name, group in ACCOUNTS:
                password = secrets.token_urlsafe(12)
                user = User.objects.create_user(name, password=password, is_staff=True)
                user.groups.add(Group.objects.get(name=group))
                lines.append(f"{name}  {password}  ({group})")
            path.touch()
            path.chmod(0o600)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write("\n  ".join([f"Staff accounts for /admin/, kept in {path}:", *lines]))


def refuse_unusable():
    """End with one line where the database is damaged or cannot be written, before a minute goes into it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            if (found := cursor.fetchone()[0]) != "ok":
                reason = " ".join(found.split())
                raise CommandError(f"The portal cannot start: {ADVICE[Failure.CORRUPT]} ({reason}).")
    if failure := probe.database_failure():
        raise CommandError(f"The portal cannot start: {ADVICE[failure]}.")


def why_not(failure, error):
    """One line for the operator."""
    reason = " ".join(str(error.__cause__ or error).split())
    return f"The portal cannot start: {ADVICE[failure]} ({reason})."


def is_derived():
    """Whether what follows from the public products is there: a migration may have emptied it."""
    return CountedProduct.objects.exists() and next(search.digests(), None) is not None


def migrate():
    """Bring the tables up to date. A table that is made anew loses what the planner knew of it."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        call_command("update_statistics")


def refuse_taken_port(port):
    """End with one line where nothing can listen at `port`, before a minute goes into preparing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does: just closed is free
        try:
            probe.bind(("127.0.0.1", int(port)))
        except (OSError, OverflowError, ValueError) as error:
            raise CommandError(
                f"The portal cannot start: port {port} cannot be used ({error}). Try PORT=8001 make run."
            ) from None


def become_gunicorn():
    """Become gunicorn: it gets the signals that end this process."""
    arguments = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
    os.execv(sys.executable, arguments)  # noqa: S606, no shell is the safe way
