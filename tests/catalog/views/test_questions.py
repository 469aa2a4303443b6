"""Questions answered in public: on products and desks, searched with the product, gone when withdrawn."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import search
from catalog.models import Product
from tests.factories import make_desk, make_office, make_product, make_question

pytestmark = pytest.mark.django_db


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def pump():
    return make_product(slug="pump", name_en="Slurry pump")


def ask(product, **values):
    office = make_office(name_en="Office of pumps", name_fa="دفتر پمپ")
    values.setdefault("answered_on", date(2026, 11, 28))
    return make_question(product=product, office=office, **values)


def test_the_product_shows_the_latest_and_leads_to_all_of_them(client, pump):
    ask(pump, text_en="Is cobalt allowed?", answered_on=date(2026, 11, 1))
    ask(pump, text_en="Who tests the seal?", answer_en="The laboratory of the buyer.")
    text = text_of(client, "/en/products/pump/")
    assert "Who tests the seal? The laboratory of the buyer." in text
    assert "Answered by Office of pumps on 7 Azar 1405 (28 November 2026)" in text
    assert "cobalt" not in text
    assert "All 2 answered questions" in text
    text = text_of(client, "/en/products/pump/questions/")
    assert text.index("Who tests the seal?") < text.index("Is cobalt allowed?")


def test_a_product_without_questions_says_nothing_of_them(client, pump):
    assert "Questions and answers" not in text_of(client, "/en/products/pump/")
    page = client.get("/en/products/pump/questions/")
    assert "No question was answered in public yet" in page.text
    assert "noindex" in page.text


def test_a_desk_has_questions_too(client):
    desk = make_desk(slug="pumps")
    assert "Questions and answers" not in text_of(client, "/en/desks/pumps/")
    make_question(desk=desk, text_en="May I come by train?", text_fa="با قطار بیایم؟")
    assert "May I come by train?" in text_of(client, "/en/desks/pumps/")
    assert "با قطار بیایم؟" in text_of(client, "/fa/desks/pumps/questions/")


def test_the_page_answers_as_the_record_itself_does(client, pump):
    question = ask(pump, text_en="Zzhidden?")
    Product.objects.filter(pk=pump.pk).update(state="draft", published_at=None)
    text_of(client, "/en/products/pump/questions/", 404)
    assert client.get("/en/products/pump/questions/feed.atom").status_code == 404
    pump.refresh_from_db()
    pump.put_out()
    pump.withdraw("Gone.", "رفت.")
    assert "Gone." in text_of(client, "/en/products/pump/questions/", 410)
    assert question.text not in text_of(client, "/en/products/pump/questions/", 410)


def found(client, words):
    return "/en/products/pump/" in client.get("/en/products/", {"q": words}).text


def test_a_word_of_a_published_question_finds_the_product_and_a_withdrawn_one_no_longer(client, pump):
    question = ask(
        pump, state="draft", text_en="Is tantalum allowed?", answer_fa="بله، تانتالیوم هم مجاز است."
    )
    assert not found(client, "tantalum")
    question.publish()
    assert found(client, "tantalum")
    assert found(client, "تانتالیوم")
    assert list(search.index_faults(documents(), search.digests())) == []
    assert "tantalum" in client.get("/en/products/pump/questions/feed.atom").content.decode()
    question.withdraw("Wrong.", "نادرست.")
    assert not found(client, "tantalum")
    for address in ("products/pump/", "products/pump/questions/", "products/pump/questions/feed.atom"):
        assert "tantalum" not in client.get(f"/en/{address}").content.decode()


def documents():
    for product in Product.objects.in_pieces():
        document = product.search_document()
        yield document.id, search.document_digest(document)


def test_the_feed_names_the_office_and_nobody_else(client, pump):
    ask(pump, text_en="Who tests <the> seal?", answer_en="The laboratory.")
    feed = client.get("/en/products/pump/questions/feed.atom").content.decode()
    assert "Who tests &lt;the&gt; seal?" in feed
    assert "Answered by Office of pumps on 7 Azar 1405" in feed


def test_pages_take_as_many_queries_whatever_was_asked(client, pump):
    desk = make_desk(slug="pumps")

    def number(address):
        make_product()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    addresses = ("/en/products/pump/", "/en/desks/pumps/")
    for address in addresses:
        number(address)
    before = [number(address) for address in addresses]
    for _ in range(3):
        ask(pump)
        make_question(desk=desk)
    assert [number(address) for address in addresses] == before


def test_the_pages_with_questions_are_in_a_sitemap(client, pump):
    make_question(product=make_product(slug="draft"), state="draft")
    make_question(desk=make_desk(slug="pumps"))
    ask(pump)
    text = client.get("/sitemap-questions.xml").content.decode()
    assert "<loc>http://testserver/fa/products/pump/questions/</loc>" in text
    assert "<loc>http://testserver/en/desks/pumps/questions/</loc>" in text
    assert "draft" not in text
