"""What moves the edition and what does not, and that counting writes costs neither writers nor readers."""

import importlib
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from catalog.caching import editions
from catalog.models import Product, Sector
from tests.factories import make_desk, make_product, make_sector

PAGES = ["/en/", "/fa/products/", "/en/products/feed.atom", "/en/data/", "/api/v1/products/"]


def sign_in():
    User.objects.get_or_create(username="staff", defaults={"is_staff": True, "is_superuser": True})
    client = Client()
    client.force_login(User.objects.get(username="staff"))
    client.get("/admin/")
    return client


def write_a_session():
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() + timedelta(1))
    Session.objects.all().delete()


def write_a_history():
    row = Product.history.first()
    row.pk = None
    row.save()
    Product.history.filter(pk=row.pk).delete()


@contextmanager
def other_connection():
    """A second connection to the same database."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def current(of):
    with of.cursor() as cursor:
        cursor.execute(editions.CURRENT)
        return str(cursor.fetchone()[0])


def fold():
    """On SQLite there is nothing to fold."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT catalog_edition_fold()")


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM catalog_edition")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("write", [sign_in, write_a_session, write_a_history])
def test_what_no_page_shows_leaves_the_edition(committed, write):
    make_product()
    before = editions.current()
    write()
    assert editions.current() == before


@pytest.mark.whole
def test_pages_stay_stored_while_staff_sign_in_and_another_database_is_written_to(two_workers):
    """`connections` of the fixture leads to the portal's database; `other` is another one of that server."""
    for _worker in two_workers.both():
        for path in PAGES:
            two_workers.ask(path)
    run = two_workers.views_run()
    assert len(run) == 2 * len(PAGES)
    for _ in range(5):
        sign_in()
        write_a_session()
        write_a_history()
        with two_workers.elsewhere():
            make_product()
        for _worker in two_workers.both():
            for path in PAGES:
                assert two_workers.ask(path)[1]
    assert two_workers.views_run() == run
    make_product()
    for _worker in two_workers.both():
        for path in PAGES:
            two_workers.ask(path)
    assert two_workers.views_run() == run + run


def test_a_write_counts_when_it_is_committed_and_not_before(committed):
    sector = make_sector()
    before = editions.current()
    with other_connection() as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE catalog_sector SET name_en = 'Steel' WHERE id = %s", [sector.pk])
        assert editions.current() == before
        other.rollback()
        assert editions.current() == before
        with other.cursor() as cursor:
            cursor.execute("UPDATE catalog_sector SET name_en = 'Steel' WHERE id = %s", [sector.pk])
        other.commit()
    assert editions.current() != before


def test_a_transaction_that_is_open_across_a_fold_counts_when_it_is_committed(committed):
    sector = make_sector()
    seen = [editions.current()]
    with other_connection() as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE catalog_sector SET name_en = 'Steel' WHERE id = %s", [sector.pk])
        if connection.vendor == "postgresql":  # on SQLite a second writer waits
            editions.advance()
            seen.append(editions.current())
        fold()
        assert editions.current() == seen[-1]
        fold()
        assert editions.current() == seen[-1]
        other.commit()
    assert editions.current() not in seen


def test_a_fold_in_an_open_transaction_hides_and_doubles_nothing(committed):
    make_sector()
    before = editions.current()
    with other_connection() as other, transaction.atomic():
        fold()
        assert current(other) == editions.current() == before
    assert editions.current() == before
    assert rows() == 1


def test_reading_adds_up_some_hundred_rows_however_much_was_written(committed):
    seen = set()
    for _ in range(1300):
        editions.advance()
        seen.add(editions.current())
    assert len(seen) == 1300
    assert rows() <= 502


def test_each_of_many_writers_at_once_is_counted_and_none_waits_for_another(committed):
    sectors = [make_sector() for _ in range(4)]
    failed = []

    def write(sector):
        try:
            for number in range(70):
                before = editions.current()
                Sector.objects.filter(pk=sector.pk).update(order=number)
                if editions.current() == before:
                    failed.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(sector,)) for sector in sectors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert rows() <= 1000


def test_a_rolled_back_savepoint_takes_its_number_along(committed):
    make_sector()
    before = editions.current()
    with transaction.atomic():
        point = transaction.savepoint()
        Sector.objects.update(order=5)
        transaction.savepoint_rollback(point)
    assert editions.current() == before


def test_a_database_of_the_version_before_is_upgraded_and_can_go_back(committed):
    """By the functions of the migration: to go back through all later ones is their matter."""
    (file,) = Path(settings.BASE_DIR / "catalog" / "migrations").glob("*_edition_of_writes.py")
    migration = importlib.import_module(f"catalog.migrations.{file.stem}")
    with connection.schema_editor() as editor:
        migration.drop(None, editor)
    make_sector()  # the version before writes without the triggers
    with connection.schema_editor() as editor:
        migration.create(None, editor)
    before = editions.current()
    editions.ensure_triggers()
    assert editions.current() != before
    for write in (make_product, make_desk, lambda: Sector.objects.update(order=3)):
        before = editions.current()
        write()
        assert editions.current() != before
    before = editions.current()
    editions.ensure_triggers()
    assert editions.current() == before


def test_a_table_made_anew_gets_its_triggers_back(committed):
    """SQLite makes a table anew to change a column; the triggers of the old one go with it."""
    field = Sector._meta.get_field("order")
    with connection.schema_editor() as editor:
        changed = type(field)(default=1)
        changed.set_attributes_from_name("order")
        changed.model = Sector
        editor.alter_field(Sector, field, changed, strict=True)
    editions.ensure_triggers()
    make_sector()
    before = editions.current()
    Sector.objects.update(order=7)
    assert editions.current() != before
