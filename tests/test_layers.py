"""The parts of the catalogue depend on one another in one direction, and never on the site around them."""

import ast
from pathlib import Path

import pytest

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
LAYERS = (
    *("client_address", "formats", "search", "models", "nouns"),
    *("caching", "currency", "figures", "charts", "listings"),
    *("open_data", "templatetags", "api", "staff", "admin", "seed", "views", "urls", "apps", "management"),
)
"""Each may import from those before it."""


def modules(layer):
    path = CATALOG / layer
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imported(path):
    """The dotted names that a module imports, relative ones made absolute."""
    package = path.relative_to(CATALOG.parent).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*home, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def forbidden(layer, names):
    """Those of these dotted names that belong to the site around the catalogue or to a later layer."""
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    for name in names:
        first, second, *_ = [*name.split("."), ""]
        if first in {"portal", "contact"} or (
            first == "catalog" and second in LAYERS and second not in allowed
        ):
            yield name


def test_every_part_of_the_catalogue_has_its_place():
    parts = {path.stem for path in CATALOG.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    assert parts - {"__init__", "migrations"} == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_part_imports_only_from_those_before_it(layer):
    found = {
        f"{path.relative_to(CATALOG)}: {name}"
        for path in modules(layer)
        for name in forbidden(layer, imported(path))
    }
    assert not found


@pytest.mark.parametrize(
    "name", ["catalog.views.home.home", "portal.settings.DEBUG", "contact.models.Enquiry"]
)
def test_an_import_of_a_later_part_is_found(name):
    assert list(forbidden("models", ["catalog.formats.money", name])) == [name]
