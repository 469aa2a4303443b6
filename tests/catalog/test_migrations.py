"""A database of an earlier version becomes one of today, and what migrations are made of."""

import ast
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connections, migrations, models, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

import catalog.migrations
from catalog.models import Product

MIGRATIONS = Path(catalog.migrations.__file__).parent
BEFORE = ("catalog", "0035_customs_tables")
"""The last migration of the version before."""


def imported(path):
    """The modules that a file imports, with the dots of relative ones."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("path", sorted(MIGRATIONS.rglob("*.py")), ids=lambda path: path.stem)
def test_a_migration_imports_nothing_of_the_catalogue_but_frozen_copies(path):
    own = [name for name in imported(path) if name.startswith((".", "catalog", "portal"))]
    assert [name for name in own if not name.startswith((".frozen", "catalog.migrations.frozen"))] == []


RELEASED = {"catalog": 44, "contact": 5, "portal": 1}
"""The last migrations of the release before, whose program must work on the tables of the next."""
NO_WAY_BACK_BEFORE = {"catalog": "0044_recovery_codes_hashed", "contact": "0005_one_token_an_enquiry"}
"""The first tables on which the release before works; operators are told of them."""
TAKING_AWAY = (
    *(migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel),
    migrations.AlterModelTable,
)


def breaking(operation):
    """Whether the release before could not read or write what an operation leaves behind."""
    if isinstance(operation, TAKING_AWAY):
        return True
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    return not (field.null or field.many_to_many or field.has_db_default())


def test_the_release_before_works_on_the_tables_of_the_next():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = [
        f"{app}/{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if int(name[:4]) > RELEASED.get(app, 9999)
        for operation in migration.operations
        if breaking(operation)
    ]
    assert found == [], "see docs/developing.md"


def test_operators_are_told_from_which_tables_on_a_release_can_be_rolled_back():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    told = (MIGRATIONS.parent.parent / "docs" / "operating.md").read_text("utf-8")
    for app, name in NO_WAY_BACK_BEFORE.items():
        assert (app, name) in loader.disk_migrations
        assert int(name[:4]) <= RELEASED[app], (
            "a release before has other tables: it cannot be rolled back to"
        )
        assert f"`{name}`" in told


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (migrations.RemoveField("Product", "note"), True),
        (migrations.RenameField("Product", "note", "notes"), True),
        (migrations.DeleteModel("Product"), True),
        (migrations.AddField("Product", "note", models.TextField(default="")), True),
        (migrations.AddField("Product", "note", models.TextField(db_default="")), False),
        (migrations.AddField("Product", "count", models.IntegerField(null=True)), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
)
def test_what_the_release_before_does_not_survive_is_found(operation, expected):
    assert breaking(operation) == expected


@pytest.mark.django_db
def test_the_models_are_as_the_migrations_leave_them():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def empty_database(django_db_setup, django_db_blocker, tmp_path):
    """The default connection leads to a new database without any table."""
    usual = connections["default"]
    other = usual.copy()
    other.settings_dict["NAME"] = str(tmp_path / "old.sqlite3")
    with django_db_blocker.unblock():
        if usual.vendor == "postgresql":
            other.settings_dict["NAME"] = f"{usual.settings_dict['NAME']}_old"
            with usual._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {other.settings_dict['NAME']}")
        connections["default"] = other
        yield other
        connections["default"] = usual
        other.close()
        if usual.vendor == "postgresql":
            with usual._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {other.settings_dict['NAME']}")


def models_of(connection, migration):
    """The catalogue's models as they were after a migration; after the newest one for None."""
    loader = MigrationLoader(connection)
    return loader.project_state(migration or loader.graph.leaf_nodes("catalog")).apps


def fill(models):
    """A few rows that hang together, written without any of today's rules."""

    def make(model, **values):
        return models.get_model("catalog", model).objects.create(**values)

    names = {"name_en": "Slurry pump", "name_fa": "پمپ دوغاب", "state": "published"}
    source = make("Source", key="article", publisher_en="The article", publisher_fa="مقاله")
    sector = make("Sector", slug="oil", **names)
    company = make("Company", slug="sazan", **names)
    imports = {"import_year": 1402, "import_usd": 123_456_789_012_345}
    product = make("Product", slug="pump", sector=sector, hs_code="841370", **imports, **names)
    record = {"year": 1402, "currency": "USD", "value": 123_456_789_012_345, "countries": "CN,DE"}
    make("ImportRecord", product=product, **record)
    make("Demand", product=product, buyer=company, year=1403)
    desk = make("Desk", slug="desk", mode="both", year=1404, opens=date(2025, 5, 1), **names)
    make("DeskProduct", desk=desk, product=product)
    reported = {"origin": "article", "source": source, "causes": "finance,market"}
    make("IdleUnit", slug="unit", sector=sector, province="tehran", **reported, **names)
    default_storage.save("documents/a.pdf", ContentFile(b"%PDF-1.7"))
    make("Document", product=product, kind="drawing", title_en="Drawing", file="documents/a.pdf")


def rows(models):
    """Every row of the models' tables: a dict from model to a list of dicts from column to value."""
    found = {}
    for model in models.get_app_config("catalog").get_models(include_auto_created=True):
        found[model.__name__] = list(model.objects.order_by("pk").values())
    return {name: of_model for name, of_model in found.items() if of_model}


def common(some, others):
    """`some` rows as far as the models and columns of `others` go."""
    columns = {name: of_model[0].keys() for name, of_model in others.items()}
    return {
        name: [{column: row[column] for column in row.keys() & columns[name]} for row in some[name]]
        for name in some.keys() & columns.keys()
    }


@pytest.mark.django_db
def test_recovery_codes_are_not_hashed_twice_by_going_back_and_forth(admin_user):
    reverse = (
        import_module("catalog.migrations.0044_recovery_codes_hashed").Migration.operations[0].reverse_code
    )
    reverse(apps, None)
    code = StaticDevice.objects.create(user=admin_user).token_set.create(token="hash")
    with pytest.raises(IrreversibleError, match="restore the backup"):
        reverse(apps, None)
    assert StaticToken.objects.get() == code


@pytest.mark.whole
def test_a_database_of_the_version_before_is_upgraded_and_taken_back_with_its_rows(empty_database):
    call_command("migrate", *BEFORE, verbosity=0)
    old = models_of(empty_database, BEFORE)
    fill(old)
    before = rows(old)
    assert sum(map(len, before.values())) == 10

    call_command("migrate", verbosity=0)
    upgraded = rows(models_of(empty_database, None))
    assert upgraded.keys() >= before.keys()
    assert common(upgraded, before) == common(before, upgraded)

    with transaction.atomic():  # the rows are then taken back as they were
        call_command("reindex", verbosity=0)
        call_command("check_index", verbosity=0)
        assert [product.name_en for product in Product.objects.matching("slurry")] == ["Slurry pump"]
        transaction.set_rollback(True)

    if empty_database.vendor == "sqlite":  # a minute of work that hardly depends on the engine
        call_command("migrate", *BEFORE, verbosity=0)
        assert rows(old) == before
