"""Hundreds of queries no honest visitor types, the same at every run: every list answers each with a page."""

import random
from urllib.parse import quote

import pytest

from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_unit,
)

QUERIES = 80  # for each list
LISTS = {
    "products": {
        "sector": ["cars"],
        "stage": ["open", "prototype", "reported"],
        "hs": ["8413", "۸۴"],
        "companies": ["some", "none", "reported"],
        "desk": ["desk"],
        "province": ["yazd"],
        "origin": ["ministry", "sample"],
        "import_min": ["1000", "۱٬۰۰۰"],
        "import_max": ["10 000 000"],
        "order": ["relevance", "-import", "import", "name", "-updated"],
    },
    "companies": {
        "sector": ["cars"],
        "province": ["yazd"],
        "kind": ["firm", "unknown"],
        "knowledge_based": ["yes", "unknown"],
        "order": ["name", "-products", "-updated"],
    },
    "desks": {"sector": ["cars"], "year": ["1405", "۱۴۰۵"], "state": ["held", "coming"]},
    "contracts": {
        "desk": ["desk"],
        "sector": ["cars"],
        "year": ["1405"],
        "kind": ["contract", "memorandum"],
        "state": ["signed", "unknown"],
        "order": ["-signed", "signed", "due", "late", "reference"],
    },
    "units": {
        "sector": ["cars"],
        "province": ["yazd", "qom"],
        "cause": ["finance", "raw_material"],
        "need": ["buyer"],
        "state": ["idle", "planned", "revived"],
        "match": ["yes", "no"],
        "order": ["name", "since", "-jobs", "-capacity", "-confirmed", "-updated"],
    },
}
SCRIPTS = [
    (0x20, 0x7E),  # ASCII
    (0x370, 0x52F),  # Greek, Cyrillic
    (0x590, 0x6FF),  # Hebrew, Arabic, Persian
    (0x900, 0x97F),  # Devanagari, with digits of its own
    (0x2000, 0x206F),  # spaces, joiners, marks of direction
    (0x2070, 0x218F),  # superscripts, fractions, Roman numerals
    (0x4E00, 0x9FFF),  # Chinese
    (0xFB50, 0xFEFF),  # presentation forms: ﷺ unfolds into eighteen letters
    (0x1F300, 0x1FAFF),  # pictures
    (0x01, 0x10FFFF),  # anything
]
OPERATORS = (
    *["AND", "OR", "NOT", "NEAR(", '"', "'", "''", "*", "^", "(", ")", "{", "}", ":", ":*", "-", "+", "\\"],
    *["&", "|", "!", "<->", "::tsquery", "%", "_", "%s", "--", "/*", ";", "$$", "name:", "§", "¤", "¬", "\0"],
    *["<script>", '"><img src=x onerror=x>', "{{ 7 }}", "\u202e", "\u200c", "\u0640", "\ufeff", "../"],
)
NUMBERS = (
    ["0", "-1", "00", "1e400", "nan", "inf", "0x10", "1_000", "1.5", "½", "²", "१२", "٣", "+5", "−5"]
    + ["9" * digits for digits in (4, 15, 18, 19, 20, 400)]
    + ["1299", "1300", "1500", "1501", "9223372036854775807", "9223372036854775808", "1000000000000001"]
)
BROKEN = ["%ff", "%ED%A0%80", "%C0%80", "%", "%zz", "%00"]  # no text in UTF-8


def text(dice):
    kind = dice.randrange(4)
    if kind == 0:
        return "".join(dice.choice([*OPERATORS, " ", "pump", "پمپ"]) for _ in range(dice.randint(1, 10)))
    if kind == 1:
        return dice.choice(NUMBERS)
    if kind == 2:
        return dice.choice(["pump ", "پلی‌پروپیلن ", "a", "ا", "ﷺ", "1"]) * dice.choice([1, 20, 250])
    first, last = dice.choice(SCRIPTS)
    points = (dice.randint(first, last) for _ in range(dice.choice([1, 4, 50])))
    return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)


def hostile(dice, known):
    """A query string of one to eight parameters, some of them good, some repeated, some nobody knows."""
    parts = []
    for _ in range(dice.choice([1, 2, 3, 8])):
        name = dice.choice([*known, "q", "page", "rate", text(dice)])
        for _ in range(dice.choice([1, 1, 3])):
            good = known.get(name) if dice.random() < 0.5 else None
            value = dice.choice(BROKEN) if dice.random() < 0.1 else quote(dice.choice(good or [text(dice)]))
            parts.append(f"{quote(name)}={value}")
    return "&".join(parts)


@pytest.fixture
def records(db):
    sector = make_sector(slug="cars")
    product = make_product(sector=sector, name_en="Pump", name_fa="پمپ پلی‌پروپیلن")
    company = make_company(sector=sector, province="yazd")
    make_engagement(product=product, company=company)
    make_import(product=product)
    make_demand(product=product)
    desk = make_desk(slug="desk", sectors=[sector], products=[product])
    make_contract(desk=desk, sector=sector, amounts=[5])
    make_unit(
        sector=sector,
        products=[product],
        causes="finance,market",
        needs="buyer",
        capacity=5,
        capacity_unit="tonne",
    )


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_every_query(client, name):
    dice = random.Random(name)
    for _ in range(QUERIES):
        address = f"/{dice.choice(['en', 'fa'])}/{name}/?{hostile(dice, LISTS[name])}"
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "<script>" not in page, address
        assert "<img src=x" not in page, address


@pytest.mark.usefixtures("records")
def test_suggestions_answer_every_query(client):
    dice = random.Random("suggest")
    for _ in range(QUERIES):
        address = (
            f"/{dice.choice(['en', 'fa'])}/products/suggest/?{hostile(dice, {'q': ['pump', 'پمپ', '84']})}"
        )
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert len(response.json()["items"]) <= 8, address


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["products", "companies", "contracts", "units"])
def test_a_notice_shows_no_sign_that_turns_it_around(client, name):
    for query in ("q=%E2%80%AE%0A!", "%E2%80%AE=1", "sector=%E2%80%AEa", "page=%E2%80%AE0"):
        notices = client.get(f"/en/{name}/?{query}").context["notices"]
        assert len(notices) == 1, query
        assert notices[0].isprintable(), query


@pytest.mark.django_db
def test_a_notice_keeps_the_joiners_of_persian_words_and_is_short(client):
    listing = "/fa/products/"
    (notice,) = client.get(listing, {"sector": "پلی‌پروپیلن"}).context["notices"]
    assert notice.endswith("sector=پلی‌پروپیلن")
    (notice,) = client.get(listing, {"q": "!" * 900}).context["notices"]
    assert notice.count("!") == 60


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "00", "-0", "-7", "۰"])
def test_a_page_before_the_first_is_the_first(client, number):
    for n in range(30):
        make_contract(title_en=f"Contract {n}")
    response = client.get("/en/contracts/", {"page": number})
    assert response.context["page"].number == 1
    assert len(response.context["notices"]) == 1
