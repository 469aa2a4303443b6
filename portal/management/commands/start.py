import os
import secrets
import socket
import sys
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from catalog import search
from catalog.models import CountedProduct, LoadRun, Product
from catalog.staff.roles import ensure_roles
from portal import database_limits, jobs, private_files

ACCOUNTS = (  # name, group
    ("admin", "administrator"),
    ("reviewer", "reviewer"),
    ("editor", "editor"),
    ("officer", "desk officer"),
)


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
        private_files.close(settings.VAR_DIR)
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"The portal cannot start: the database does not answer ({reason}).") from None
        with jobs.alone("start", wait=True):  # several hosts of one database may start at once
            self.bring_up_to_date(**options)
        if not no_serve:
            collect_static(settings.STATIC_ROOT / "collected.txt")
            private_files.let_others_read_static()
            self.stdout.flush()
        if not (no_serve or prepare):
            serve()

    def bring_up_to_date(self, **options):
        migrate()
        database_limits.refuse_few_connections()
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

    def make_accounts(self, path):
        """One staff account a role with a random password, told once and kept in `path`."""
        lines = []
        for name, group in ACCOUNTS:
            password = secrets.token_urlsafe(12)
            user = User.objects.create_user(name, password=password, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
            lines.append(f"{name}  {password}  ({group})")
        path.touch()
        path.chmod(0o600)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write("\n  ".join([f"Staff accounts for /admin/, kept in {path}:", *lines]))


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


def collect_static(stamp):
    """Collect and compress the static files: 10 s of work, so only when one changed."""
    files = sorted(
        (path, storage.size(path), storage.get_modified_time(path).timestamp())
        for finder in get_finders()
        for path, storage in finder.list(ignore_patterns=[])
    )
    state = sha256(repr(files).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def serve():
    """Become gunicorn: it gets the signals that end this process."""
    arguments = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
    os.execv(sys.executable, arguments)  # noqa: S606, no shell is the safe way
