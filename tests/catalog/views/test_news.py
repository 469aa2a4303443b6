"""The news say what changed in public, to everybody the same, in both languages."""

import pytest
from django.core.management import call_command

from catalog.figures.news import CHANGES_LOOKED_AT
from catalog.figures.recording import record
from catalog.models import Change
from tests.factories import make_company, make_contract, make_desk, make_engagement, make_product, make_sector

pytestmark = pytest.mark.django_db
WITHDRAWN = ("Listed by mistake.", "به اشتباه ثبت شده بود.")


@pytest.fixture
def moved():
    """A product whose maker went from design to prototype."""
    product = make_product(name_en="Pump", name_fa="پمپ", slug="pump")
    engagement = make_engagement(product=product, company=make_company(name_en="Mapna"), stage="design")
    record()
    engagement.stage = "prototype"
    engagement.save()
    record()
    return product


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert not answer.cookies
    return " ".join(answer.content.decode().split())


def test_a_line_says_from_what_to_what(client, moved):
    page = text_of(client, "/en/news/")
    assert "Stage: from Design to Prototype" in page
    assert 'href="/en/products/pump/"' in page
    assert "Mapna" in page
    assert "پمپ" in text_of(client, "/fa/news/")
    assert "<title>Pump</title>" in text_of(client, "/en/news/feed.atom")


def test_home_shows_the_newest_lines_and_few_of_a_kind(client, moved):
    for number in range(9):
        make_product(name_en=f"Valve {number}")
    record()
    page = text_of(client, "/en/").partition('id="changed"')[2].partition("</section>")[0]
    assert "Stage: from Design to Prototype" in page
    assert "Valve 8" in page
    assert page.count(">Valve") == 3
    many = [
        Change(kind="maker", noun="maker", did="entered", product=moved)
        for _number in range(CHANGES_LOOKED_AT)
    ]
    Change.objects.bulk_create(many)
    page = text_of(client, "/en/").partition('id="changed"')[2].partition("</section>")[0]
    assert "Stage: from Design to Prototype" in page
    assert page.count(">Valve") == 3
    moved.withdraw(*WITHDRAWN)
    page = text_of(client, "/en/").partition('id="changed"')[2].partition("</section>")[0]
    assert "Pump" not in page


def test_the_query_narrows_by_sector_kind_and_product(client, moved):
    other = make_sector()
    assert "Pump" in text_of(client, f"/en/news/?sector={moved.sector.slug}")
    assert "Pump" not in text_of(client, f"/en/news/?sector={other.slug}")
    assert "Mapna" in text_of(client, "/en/news/?kind=maker")
    assert "Mapna" not in text_of(client, "/en/news/?kind=stage")
    assert "Mapna" in text_of(client, "/en/news/?product=pump")
    assert "Mapna" not in text_of(client, "/en/news/feed.atom?kind=desk")


@pytest.mark.parametrize("query", ["kind=nonsense", "sector=nowhere", "product=none", "page=99", "page=x"])
def test_what_cannot_be_used_is_named_and_the_rest_shown(client, moved, query):
    page = text_of(client, f"/en/news/?{query}")
    assert "Pump" in page
    assert 'class="messages"' in page


def test_a_withdrawn_record_is_named_by_its_address_alone(client, moved):
    moved.withdraw(*WITHDRAWN)
    record()
    for address in ("/en/news/", "/en/news/feed.atom"):
        page = text_of(client, address)
        assert "A product" in page
        assert "Mapna" not in page
        assert "Pump" not in page
    assert "A product" not in text_of(client, f"/en/news/?sector={moved.sector.slug}")
    assert "Listed by mistake" in client.get("/en/products/pump/").content.decode()


def test_samples_are_marked(client):
    record()
    make_desk(origin="sample", name_en="Invented desk")
    record()
    assert "Sample" in text_of(client, "/en/news/").partition("Invented desk")[2][:120]
    assert "<title>Sample: Invented desk</title>" in text_of(client, "/en/news/feed.atom")


def test_the_pages_ask_as_many_queries_for_one_change_as_for_many(client, moved, django_assert_num_queries):
    for _time in range(2):
        with django_assert_num_queries(5):  # edition, samples, keys, changes, sectors
            client.get("/en/news/")
        for number in range(30):
            make_contract([100 + number], sector=moved.sector)
        record()
    assert Change.objects.count() > 30


def test_a_site_without_changes_says_so(client):
    assert "Nothing has changed yet" in text_of(client, "/en/news/")


def test_the_command_records(moved):
    make_product()
    count = Change.objects.count()
    call_command("record_changes", verbosity=0)
    assert Change.objects.count() == count + 1
