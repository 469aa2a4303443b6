"""What real questions find, judged by hand: judged.csv says which product should come first.

`best` names the products of which one should stand first, `also` further ones that belong on the first page:
slugs, or @a group of GROUPS, #all under an HS code, !all of a company, %all of a sector; "-" says that
nothing should be found. With `only` nothing else may stand there. `company` should be named first above the
products. The first page of
every question is kept in judged_pages.csv, so that both engines are held to the same answers in one order;
after a change that is meant, JUDGED=write writes it anew.
"""

import csv
import os
from pathlib import Path

import pytest

from catalog import search
from catalog.models import Product

HERE = Path(__file__).parent
PAGE = 24
GROUPS = {
    "catalysts": (
        "pp-polymerisation-catalyst hdpe-polymerisation-catalyst ccr-reforming-catalyst fcc-catalyst"
        " paraffin-dehydrogenation-catalyst acetic-acid-process-catalyst ethylene-oxide-silver-catalyst"
        " acetylene-hydrogenation-catalyst methanol-synthesis-catalyst steam-reforming-nickel-catalyst"
        " hydrotreating-catalyst isomerisation-catalyst"
    ),
    "pumps": (
        "api-centrifugal-process-pump amine-circulation-pump sucker-rod-pump electric-submersible-pump"
        " drilling-mud-pump rig-centrifugal-pump common-rail-fuel-pump slurry-pump truck-concrete-pump"
        " high-pressure-desalination-pump"
    ),
    "gearboxes": (
        "manual-gearbox-six-speed automatic-gearbox-six-speed cement-mill-gearbox marine-reduction-gearbox"
        " industrial-gearbox"
    ),
    "harvesters": "cotton-harvester combine-harvester sugar-beet-harvester potato-harvester corn-harvester",
    "compressors": (
        "process-gas-compressor gas-pipeline-turbocompressor refrigerator-compressor"
        " air-conditioner-compressor industrial-screw-compressor"
    ),
}
NOTHING = "-"
PATHS = {"#": "hs_code__startswith", "!": "engagements__company__slug", "%": "sector__slug"}


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slugs(cell):
    """The products a cell of judged.csv names, as a set."""
    found = set()
    for word in cell.split():
        if word == NOTHING:
            continue
        if word[0] == "@":
            found.update(GROUPS[word[1:]].split())
        elif word[0] in PATHS:
            named = Product.objects.published().filter(**{PATHS[word[0]]: word[1:]})
            found.update(named.values_list("slug", flat=True))
        else:
            found.add(word)
    return found


def first_page(query, language):
    """What a visitor sees, best first."""
    matches = search.find(query).matches
    products = Product.objects.published().filter(pk__in=matches.ids).best_first(matches, f"sort_{language}")
    return list(products.values_list("slug", flat=True)[:PAGE])


def companies(query):
    return search.companies_called(query) or search.companies_nearly_called(query)


@pytest.fixture(scope="module")
def pages():
    """The first page of every question by its text; filled by the first test that asks."""
    return {}


@pytest.fixture
def found(loaded, pages):
    if not pages:
        pages.update({row["query"]: first_page(row["query"], row["page"]) for row in read("judged.csv")})
    return pages


def test_questions_are_many_in_both_languages_and_name_what_exists(loaded):
    rows = read("judged.csv")
    queries = [row["query"] for row in rows]
    assert len(queries) == len(set(queries)) >= 260
    assert min(sum(row["page"] == language for row in rows) for language in ("en", "fa")) >= 120
    named = set().union(*(slugs(row["best"]) | slugs(row["also"]) for row in rows))
    assert named <= set(Product.objects.values_list("slug", flat=True))
    assert all(row["best"] == NOTHING or slugs(row["best"]) for row in rows)


def test_what_is_meant_stands_first_and_nothing_is_missing(found, capsys):
    ranks, shares = [], []
    for row in read("judged.csv"):
        best, wanted = slugs(row["best"]), slugs(row["best"]) | slugs(row["also"])
        page = found[row["query"]]
        if row["best"] == NOTHING:
            ranks.append(not page)
            shares.append(not page)
            continue
        ranks.append(next((1 / place for place, slug in enumerate(page, start=1) if slug in best), 0))
        shares.append(len(wanted & set(page)) / min(len(wanted), PAGE))
    rank, recall = sum(ranks) / len(ranks), sum(shares) / len(shares)
    with capsys.disabled():
        print(f"\n  {len(ranks)} judged questions: mean reciprocal rank {rank:.3f}, recall {recall:.3f}")
    assert min(rank, recall) >= 0.95


def test_nothing_else_stands_where_only_that_is_meant(found):
    only = [row for row in read("judged.csv") if row["only"]]
    assert len(only) >= 30
    others = {
        row["query"]: set(found[row["query"]]) - slugs(row["best"]) - slugs(row["also"]) for row in only
    }
    assert {query: slugs for query, slugs in others.items() if slugs} == {}


def test_the_company_that_is_meant_is_named_first(loaded):
    wanted = {row["query"]: row["company"] for row in read("judged.csv") if row["company"]}
    named = {query: [company.slug for company in companies(query)][:1] for query in wanted}
    assert len(wanted) >= 10
    assert named == {query: [slug] for query, slug in wanted.items()}


def test_both_engines_give_the_same_products_in_the_same_order(found):
    if os.environ.get("JUDGED") == "write":
        with (HERE / "judged_pages.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([("query", "page"), *((query, " ".join(page)) for query, page in found.items())])
    kept = {row["query"]: row["page"].split() for row in read("judged_pages.csv")}
    assert kept.keys() == found.keys()
    assert {query: page for query, page in found.items() if page != kept[query]} == {}
