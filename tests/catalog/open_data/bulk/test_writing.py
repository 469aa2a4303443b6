"""The bulk files: everything public, whole, checked and in its place at once; nothing else."""

import csv
import fcntl
import hashlib
import io
import json
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog.caching import editions
from catalog.nouns import nouns
from catalog.open_data.bulk import records, stored
from catalog.open_data.exports.csv_file import unescaped
from tests.catalog import test_visibility
from tests.factories import (
    make_company,
    make_demand,
    make_engagement,
    make_product,
    make_sector,
    make_source,
    make_unit,
)


@pytest.fixture
def place(settings, tmp_path):
    settings.BULK_ROOT = tmp_path / "bulk"
    return settings.BULK_ROOT


def write():
    call_command("write_bulk", stdout=io.StringIO())


def lines(place, noun):
    """Rows of a noun's JSON Lines, having seen that its CSV says the same."""
    text = (place / "current" / f"{noun}.jsonl").read_text("utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    with (place / "current" / f"{noun}.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [{name: unescaped(value) for name, value in row.items()} for row in cells] == [
        {name: written(value) for name, value in row.items()} for row in found
    ]
    return found


def written(value):
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def test_every_noun_of_the_dictionary_has_its_files_and_every_file_its_checksum(loaded_place):
    manifest = json.loads((loaded_place / "current" / "datapackage.json").read_text("utf-8"))
    known = {noun.model.__name__ for noun in nouns("dictionary")}
    assert {contents.model.__name__ for contents in records.contents()} == known - {"Source"}
    assert {one["noun"] for one in manifest["resources"]} == known
    for one in manifest["resources"]:
        data = (loaded_place / "current" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    counts = {one["path"]: one["rows"] for one in manifest["resources"]}
    for noun in (contents.name for contents in records.contents()):
        assert len(lines(loaded_place, noun)) == counts[f"{noun}.csv"] == counts[f"{noun}.jsonl"]
    assert (counts["products.csv"], counts["documents.csv"]) == (256, 0)
    for line in (loaded_place / "current" / "SHA256SUMS").read_text("utf-8").splitlines():
        value, name = line.split("  ")
        assert hashlib.sha256((loaded_place / "current" / name).read_bytes()).hexdigest() == value


@pytest.fixture
def loaded_place(loaded, place):
    write()
    return place


@pytest.mark.django_db
def test_a_row_says_it_in_both_languages_and_links_by_keys(place):
    names = ["=1+1", "-5", "@x", "\t+1"]
    source = make_source(key="daily", publisher_fa="روزنامه")
    product = make_product(slug="pump", name_en=names[0], name_fa="پمپ", origin="press", source=source)
    for n, name in enumerate(names[1:]):
        make_product(slug=f"p{n}", name_en=name, sector=product.sector, origin="sample")
    make_unit(slug="works", products=[product], causes="finance,market", sector=product.sector)
    make_source(key="of-no-public-record")
    make_product(state="draft", origin="press", source=make_source(key="of-a-draft"))
    write()
    rows = lines(place, "products")
    assert [row["name_en"] for row in rows] == names
    assert (rows[0]["name_fa"], rows[0]["sector"], rows[0]["source"]) == ("پمپ", product.sector.slug, "daily")
    assert [row["origin"] for row in rows] == ["press", "sample", "sample", "sample"]
    (unit,) = lines(place, "idle_units")
    assert (unit["products"], unit["causes"], unit["jobs"]) == (["pump"], ["finance", "market"], None)
    assert [row["key"] for row in lines(place, "sources")] == ["daily"]
    internal = {"note", "legal_id", "file", "state", "withdrawn_reason_en"}
    for file in (place / "current").glob("*.csv"):
        assert not internal & set(file.read_text("utf-8").split("\r\n")[0].split(",")), file.name


def public():
    return {
        one.name: records.plain_values(one, list(one.rows().order_by("pk"))) for one in records.contents()
    }


@pytest.mark.django_db
def test_nothing_unpublished_is_in_any_file_nor_is_a_link_to_it():
    world = test_visibility.World()
    before = public()
    for noun, hide in test_visibility.NOUNS.items():
        with transaction.atomic():
            hide(world, "in_review")
            after = public()
            for name, rows in before.items():
                assert after[name] == rows, (noun, name)
            transaction.set_rollback(True)
    test_visibility.hidden_lender(world, "withdrawn")
    assert "zz-hidden" not in str(public()).lower()


@pytest.mark.django_db
def test_a_new_writing_takes_the_place_of_the_last_and_is_another_edition(place):
    write()
    first, edition = (place / "current").resolve(), editions.current()
    make_product()
    write()
    assert (place / "current").resolve() != first
    write()
    assert len(lines(place, "products")) == 1
    assert len([one for one in place.iterdir() if one.is_dir() and not one.is_symlink()]) == 2
    assert not first.exists()
    assert editions.current() != edition


@pytest.mark.django_db
def test_only_one_writes_at_a_time_and_what_was_cut_off_is_cleared_away(place):
    (place / ".writing").mkdir(parents=True)
    (place / ".writing" / "half.csv").write_text("half", "utf-8")
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="another process"):
            write()
    assert stored.current_bulk() is None
    write()
    assert not (place / ".writing").exists()
    assert stored.current_bulk() is not None


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["withdrawn", "withdrawn and sent back", "row deleted"])
def test_what_is_taken_back_closes_the_files_until_they_are_written_anew(place, how):
    product, company = make_product(), make_company()
    make_engagement(product=product, company=company)
    demand = make_demand(product=product)
    write()
    make_product(state="draft").save()  # a draft that somebody works on closes nothing
    product.save()
    assert stored.current_bulk() is not None
    if how == "row deleted":
        demand.delete()
    else:
        company.withdraw("A mistake.", "اشتباه.")
        if "sent back" in how:
            company.send_to_review()
    assert stored.current_bulk() is None
    write()
    assert stored.current_bulk() is not None
    assert [len(lines(place, noun)) for noun in ("companies", "engagements", "demands")] == (
        [2, 1, 0] if how == "row deleted" else [1, 0, 1]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["draft", "withdrawn"])
def test_a_record_that_is_moved_to_one_that_is_not_public_closes_the_files(place, to):
    product, public, hidden = make_product(), make_sector(), make_sector(state=to)
    write()
    product.sector = public
    product.save()
    assert stored.current_bulk() is not None
    product.sector = hidden
    product.save()
    assert stored.current_bulk() is None
    write()
    assert stored.current_bulk() is not None
    assert lines(place, "products") == []


def begun(place):
    return datetime.fromisoformat(json.loads((place / "current" / "datapackage.json").read_text())["created"])


@pytest.mark.django_db
def test_a_withdrawal_that_was_under_way_closes_the_files(place):
    """Its history is a moment older than the files that were written before it was there to be seen."""
    company = make_company()
    write()
    company.withdraw("A mistake.", "اشتباه.")
    company.history.update(history_date=begun(place) - timedelta(seconds=7))
    assert stored.current_bulk() is None
