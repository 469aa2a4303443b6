"""What is invented never stands as if it were real: pages, lists, feeds, downloads and answers, read twice.

Between the two readings all samples get other names, amounts and quantities: what a reader sees without a
mark must be the same. Then the amounts of what is real change: what stands under a mark must be the same.
"""

import json

import pytest

from catalog.models import ImportRecord
from tests.factories import make_company, make_contract, make_demand, make_engagement, make_import, make_unit
from tests.samples import altering, unmarked, walk

SUMS = (
    *("", "products/", "sectors/", "sectors/petrochemicals/", "companies/", "contracts/", "units/"),
    *("desks/", "programme/", "financing/", "contracts/?kind=memorandum"),
    "compare/?p=turbocharger&p=slurry-pump",
)


@pytest.mark.walk
@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_value_of_a_sample_stands_without_its_mark(client, loaded, language):
    places = list(walk.addresses(language))
    before = walk.answers(client, places)
    altering.alter_samples()
    after = walk.answers(client, places)
    assert list(walk.differences(walk.unmarked(before), walk.unmarked(after))) == []
    assert sum(altering.WORD in text for _kind, text in after.values()) > len(places) / 2


@pytest.mark.whole
def test_no_value_of_a_sample_stands_in_the_bulk_files_without_its_mark(client, loaded):
    before = walk.bulk_files(client)
    altering.alter_samples()
    after = walk.bulk_files(client)
    assert list(walk.differences(walk.unmarked(before), walk.unmarked(after))) == []
    assert sum(altering.WORD in text for _kind, text in after.values()) > 10


@pytest.mark.walk
@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_real_is_added_to_what_is_marked_as_a_sample(client, loaded, language):
    places = [f"/{language}/{place}" for place in SUMS]
    before = walk.answers(client, places)
    altering.alter_real_amounts()
    after = walk.answers(client, places)
    assert list(walk.differences(walk.marked(before), walk.marked(after))) == []
    assert walk.unmarked(before) != walk.unmarked(after)


def row_of(page):
    return page.split("<tbody")[1].split("</tbody>")[0]


def test_a_row_of_figures_that_are_samples_says_so_once(client, db):
    product = make_product_with("sample")
    row = row_of(client.get("/en/products/").content.decode())
    assert row.count("badge-sample") == 1
    assert "Sample figures" in row
    ImportRecord.objects.filter(product=product).update(origin="ministry")
    row = row_of(client.get("/en/products/").content.decode())
    assert row.count("badge-sample") == 3  # stage, companies and promise


def make_product_with(origin):
    """A product with an import figure, a maker and a promise of that origin."""
    company = make_company(origin=origin)
    engagement = make_engagement(origin=origin, company=company, stage="production")
    make_import(product=engagement.product, origin=origin)
    make_demand(product=engagement.product, buyer=company, origin=origin)
    return engagement.product


def test_a_page_on_which_all_is_invented_says_so_once(client, db):
    product = make_product_with("sample")
    samples = [make(origin="sample") for make in (make_unit, make_contract, make_company)]
    for record in (product, *samples):
        address = record.get_absolute_url()
        page = client.get(address).content.decode()
        assert page.count("badge-sample") == 1, address
        assert page.count("sample-page") == 1, address
    make_engagement(product=product)
    page = client.get(product.get_absolute_url()).content.decode()
    assert "sample-page" not in page
    assert page.count("badge-sample") > 3


def test_a_feed_and_downloads_say_that_a_stage_is_a_samples(client, db):
    product = make_product_with("sample")
    assert "Production (sample)" in client.get("/en/products/feed.atom").content.decode()
    row = download(client)
    assert (row["stage"], row["stage_sample"], row["promise_sample"]) == ("production", True, True)
    make_engagement(product=product, stage="production")
    assert "Production." in client.get("/en/products/feed.atom").content.decode()
    assert download(client)["stage_sample"] is False


def download(client):
    answer = json.loads(b"".join(client.get("/en/products/export.json")))
    return answer["products"][0]


def test_the_reader_of_marks_knows_what_they_speak_for():
    page = unmarked.of_page(
        "<table><tr><th>a <b class=badge-sample>S</b></th><td>1</td></tr>"
        "<tr><th>b</th><td>2</td></tr></table>"
        "<section><h2>c <b class=badge-sample>S</b></h2><p>3</p><p>4 <b class=badge-real>R</b></p></section>"
        "<p>5 <span class=marked-part>6 <b class=badge-sample>S</b></span></p>"
    )
    assert set(page) == {"b", "2", "4", "R", "5"}
