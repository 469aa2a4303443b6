"""The listing: every parameter, counts that equal what their links lead to, values it cannot use."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ImportRecord, Product, State
from tests.factories import (
    make_company,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

pytestmark = pytest.mark.django_db

SEVERAL = {"province", "could", "commitment", "seeks", "buyer"}
"""Facets of which a product has several values, or none."""

QUERIES = 12  # of one listing page, whatever it lists


def listing(client, language="en", **query):
    response = client.get(f"/{language}/products/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def names(response):
    return [row.product.name_en for row in response.context["rows"]]


@pytest.fixture
def catalogue(at_once):
    """Two sectors: a pump on test, a valve named, a gasket reported made, a bearing without maker."""
    with at_once():
        cars, refining = (
            make_sector(slug="cars", name_en="Cars"),
            make_sector(slug="refining", name_en="Refining"),
        )
        pump = make_product(name_en="Pump", sector=cars, hs_code="841370")
        valve = make_product(name_en="Valve", sector=cars, hs_code="848180", origin="illustrative")
        make_product(
            name_en="Gasket",
            sector=refining,
            hs_code="848410",
            reported="made",
            origin="press",
            source=make_source(),
        )
        make_product(name_en="Bearing", sector=refining, hs_code="84821010")
        yazd = make_company(name_en="Kavir", province="yazd")
        make_engagement(product=pump, company=yazd, stage="testing")
        make_engagement(product=valve, company=make_company(province="qom"), stage="named")
        make_import(product=pump, value=5_000_000)
        make_import(product=valve, value=9_000_000)
        make_import(product=valve, year=1403, value=70_000_000)
        make_demand(product=pump, commitment="offtake", quantity=10)
        make_desk(products=[pump], slug="car-desk")
        bearing = Product.objects.get(name_en="Bearing")
        make_unit([pump, bearing], province="yazd")  # the pump has a maker there already: it counts once
        make_unit([pump], province="yazd", status="planned")
        make_unit([valve], province="ilam", status="revived")
        make_unit([valve], province="ilam", state="draft")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Valve", "Pump", "Bearing", "Gasket"]),
        ({"order": "-import"}, ["Valve", "Pump", "Bearing", "Gasket"]),
        ({"order": "import"}, ["Pump", "Valve", "Bearing", "Gasket"]),
        ({"order": "name"}, ["Bearing", "Gasket", "Pump", "Valve"]),
        ({"order": "-updated"}, ["Bearing", "Gasket", "Valve", "Pump"]),
        ({"sector": "cars"}, ["Valve", "Pump"]),
        ({"sector": ["cars", "refining"], "order": "name"}, ["Bearing", "Gasket", "Pump", "Valve"]),
        ({"stage": "testing"}, ["Pump"]),
        ({"stage": ["testing", "open"]}, ["Pump", "Bearing"]),
        ({"hs": "84"}, ["Valve", "Pump", "Bearing", "Gasket"]),
        ({"hs": "8482"}, ["Bearing"]),
        ({"hs": "۸۴۱۳.۷۰"}, ["Pump"]),
        ({"companies": "some"}, ["Valve", "Pump"]),
        ({"companies": "none"}, ["Bearing"]),
        ({"companies": "reported"}, ["Gasket"]),
        ({"desk": "car-desk"}, ["Pump"]),
        ({"province": "yazd"}, ["Pump", "Bearing"]),
        ({"province": ["yazd", "qom"]}, ["Valve", "Pump", "Bearing"]),
        ({"province": "ilam"}, []),  # a plant that runs is no idle one, and a draft is nothing
        ({"province": "yazd", "companies": "none"}, ["Bearing"]),
        ({"origin": "illustrative"}, ["Valve"]),
        ({"import_min": "6000000"}, ["Valve"]),
        ({"import_max": "6,000,000"}, ["Pump"]),
        ({"import_min": "۵۰۰۰۰۰۰", "import_max": "۵٬۰۰۰٬۰۰۰"}, ["Pump"]),
        ({"q": "valve"}, ["Valve"]),
        ({"q": "kavir"}, ["Pump"]),
        ({"q": "cars", "stage": "named"}, ["Valve"]),
        ({"sector": "cars", "stage": "open"}, []),
    ],
)
def test_every_parameter_chooses_its_rows(client, catalogue, query, expected):
    for language in ("en", "fa"):
        assert names(listing(client, language, **query)) == expected or language == "fa"
        assert sorted(names(listing(client, language, **query))) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "named", "rows"),
    [
        ({"sector": "nonsense"}, "sector=nonsense", 4),
        ({"sector": ["cars", "nonsense"]}, "sector=nonsense", 2),
        ({"stage": "finished"}, "stage=finished", 4),
        ({"import_min": "abc"}, "import_min=abc", 4),
        ({"import_min": "1e400"}, "import_min=1e400", 4),
        ({"import_max": "9" * 40}, "import_max=9999", 4),
        ({"import_min": "-1"}, "import_min=-1", 4),
        ({"hs": "84x"}, "hs=84x", 4),
        ({"hs": "123456789"}, "hs=123456789", 4),
        ({"desk": "nowhere"}, "desk=nowhere", 4),
        ({"province": "atlantis"}, "province=atlantis", 4),
        ({"companies": "maybe"}, "companies=maybe", 4),
        ({"order": "sideways"}, "order=sideways", 4),
        ({"colour": "blue"}, "colour=blue", 4),
        ({"page": "9999"}, "9999", 4),
        ({"page": "x"}, "x", 4),
        ({"page": "-1"}, "-1", 4),
        ({"q": "\x00"}, "no word", 4),
        ({"q": "((("}, "(((", 4),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_the_rest_is_shown(client, catalogue, query, named, rows):
    response = listing(client, **query)
    assert any(named in notice for notice in response.context["notices"])
    assert len(response.context["rows"]) == rows
    assert listing(client, "fa", **query).context["notices"]


def test_trackers_parameters_are_no_news_to_the_visitor(client, catalogue):
    assert not listing(client, utm_source="letter", fbclid="x").context["notices"]


def test_operators_of_the_search_engines_are_only_words(client, catalogue):
    for text in [
        '"(((AND*NEAR',
        "pump* OR 1=1 --",
        "pump & ! | <-> :*",
        "'",
        "NEAR(pump valve, 2)",
        "a" * 5000,
    ]:
        listing(client, q=text)
        listing(client, "fa", q=text)


def test_a_province_counts_products_made_there_or_named_by_an_idle_plant_there_once(client, catalogue):
    (facet,) = (facet for facet in listing(client).context["facets"] if facet.name == "province")
    assert facet.legend == "Province of a maker or an idle plant"
    assert {choice.value: choice.count for choice in facet.choices} == {"yazd": 2, "qom": 1}


CHOICES = [
    {},
    {"sector": "cars"},
    {"stage": ["testing", "open"]},
    {"companies": "some"},
    {"companies": "none", "sector": ["cars", "refining"]},
    {"province": "yazd"},
    {"q": "cars"},
    {"origin": "press"},
    {"import_min": "1"},
]


@pytest.mark.parametrize("query", CHOICES)
def test_every_count_equals_the_rows_its_link_leads_to(client, catalogue, query):
    for facet in listing(client, **query).context["facets"]:
        for choice in facet.choices:
            if choice.selected or not choice.value:
                continue
            there = client.get(f"/en/products/{choice.url}")
            selected = [
                c
                for f in there.context["facets"]
                if f.name == facet.name
                for c in f.choices
                if c.selected and c.value
            ]
            if facet.name in SEVERAL:
                assert (
                    choice.count
                    == listing(client, **{**query, facet.name: choice.value}).context["worth"].count
                )
            else:
                assert there.context["worth"].count == sum(c.count for c in selected)
                assert choice.count == next(c.count for c in selected if c.value == choice.value)


@pytest.mark.parametrize("query", CHOICES)
def test_the_counts_of_sector_stage_makers_and_origin_each_add_up(client, catalogue, query):
    for facet in listing(client, **query).context["facets"]:
        if facet.name in SEVERAL:
            continue
        rest = {name: value for name, value in query.items() if name != facet.name}
        assert (
            sum(choice.count for choice in facet.choices if choice.value)
            == listing(client, **rest).context["worth"].count
        )


def test_the_summary_line_is_the_sum_of_the_rows(client, catalogue):
    worth = listing(client, sector="cars").context["worth"]
    assert (worth.count, worth.import_total, worth.without_maker, worth.sample_total) == (
        2,
        14_000_000,
        0,
        None,
    )
    assert listing(client).context["worth"].without_maker == 1


def test_a_sum_of_samples_stands_beside_that_of_real_figures(client, catalogue):
    real = listing(client).context["worth"].import_total
    sample = make_import(origin="sample")
    worth = listing(client).context["worth"]
    assert (worth.import_total, worth.sample_total) == (real, sample.value)
    line = re.search(r'class="worth".*?</p>', listing(client).content.decode(), re.DOTALL)[0]
    assert line.count("imported in") == 2
    assert line.count("badge-sample") == 1


def test_a_chip_takes_its_choice_away(client, catalogue):
    response = listing(client, sector=["cars", "refining"], q="cars", import_min="1")
    urls = {chip.label: chip.url for chip in response.context["chips"]}
    assert urls["Cars"] == "?import_min=1&q=cars&sector=refining"
    assert urls["cars"] == "?import_min=1&sector=cars&sector=refining"
    assert urls["1"] == "?q=cars&sector=cars&sector=refining"


def test_pages_cover_every_row_once_in_a_stable_order(client):
    sector = make_sector()
    for _ in range(50):
        make_product(sector=sector, name_en="Same", name_fa="همان")
    for order in ("-import", "import", "name", "-updated", "relevance"):
        seen = [
            row.product.pk
            for page in (1, 2, 3)
            for row in listing(client, order=order, page=page, q="same").context["rows"]
        ]
        assert len(seen) == len(set(seen)) == 50


def test_nothing_found_says_why_and_offers_the_nearest(client, catalogue):
    response = listing(client, sector="cars", stage="open")
    assert {chip.url: count for chip, count in response.context["nearest"]} == {
        "?sector=cars": 2,
        "?stage=open": 1,
    }
    assert "No product fits" in response.content.decode()


def test_a_misspelt_text_shows_what_it_may_have_meant_and_says_so(client, catalogue):
    response = listing(client, q="gaskat", sector="refining")
    assert names(response) == ["Gasket"]
    page = response.content.decode()
    assert "No product matches “<bdi>gaskat</bdi>”." in page
    assert '<a href="?q=gasket&amp;sector=refining"><bdi>gasket</bdi></a>' in page
    assert "<mark>Gasket</mark>" in page
    assert "آیا" not in listing(client, "fa", q="gaskat").content.decode()
    # Its filters are its own: where they leave nothing, the text is not to blame.
    response = listing(client, q="gaskat", sector="cars")
    assert (names(response), response.context["alike"]) == ([], [])
    assert [chip.url for chip, _ in response.context["nearest"]] == ["?sector=cars", "?q=gaskat"]


def test_a_better_word_is_offered_beside_a_poor_answer(client, catalogue):
    make_product(name_en="Fan", name_fa="فن", summary_en="With bearings and gaskats.")
    response = listing(client, q="gaskat")
    assert names(response) == ["Fan"]
    assert 'Did you mean <a href="?q=gasket"><bdi>gasket</bdi></a>?' in response.content.decode()
    page = listing(client, "fa", q="gaskat").content.decode()
    assert 'آیا منظورتان <a href="?q=gasket"><bdi>gasket</bdi></a> بود؟' in page


def test_a_text_that_finds_nothing_shows_the_nearest_products_and_their_sectors(client, catalogue):
    response = listing(client, q="stellar pump of brass")
    assert names(response) == []
    assert response.context["alike"] == []  # nothing here is stellar, so nothing comes near
    assert 'href="/en/sectors/cars/"' in response.content.decode()
    make_product(name_en="Brass ring", name_fa="حلقهٔ برنجی", summary_en="A stellar one.")
    response = listing(client, q="stellar pump of brass")
    assert [product.name_en for product in response.context["alike"]] == ["Brass ring"]
    page = response.content.decode()
    assert "No product matches all these words" in page
    assert "<mark>Brass</mark>" in page
    assert listing(client, q="qwxyz").context["alike"] == []
    assert "No product matches “<bdi>qwxyz</bdi>”</h3>" in listing(client, q="qwxyz").content.decode()
    assert "No product fits all of this" in listing(client, q="qwxyz", sector="cars").content.decode()


def test_more_than_are_ranked_is_said(client, catalogue, monkeypatch):
    assert listing(client, q="cars").context["worth"].count == 2
    monkeypatch.setattr("catalog.search.ranking.MAX_MATCHES", 1)
    response = listing(client, q="cars")
    assert response.context["worth"].count == 1
    assert "More than 1 products match" in response.context["notices"][0]
    assert "بیش از ۱ کالا" in listing(client, "fa", q="cars").context["notices"][0]


@pytest.mark.parametrize(
    ("asked", "english", "persian"),
    [
        ("pump", "Slurry <mark>pump</mark>, 25 MW", "پمپ دوغاب"),
        ("پمپ‌های دوغاب", "Slurry pump, 25 MW", "<mark>پمپ</mark> <mark>دوغاب</mark>"),
        ("mw 25", "<mark>25</mark> <mark>MW</mark>", '<bdi dir="ltr"><mark>25</mark> <mark>MW</mark></bdi>'),
    ],
)
def test_what_answered_is_marked_in_the_names(client, asked, english, persian):
    make_product(name_en="Slurry pump, 25 MW", name_fa="پمپ دوغاب، 25 MW")
    assert english in listing(client, q=asked).content.decode()
    assert persian in listing(client, "fa", q=asked).content.decode()
    assert "<mark>" not in listing(client).content.decode()


def test_the_best_match_comes_first_and_facts_before_illustrations_before_samples(client):
    for name, origin in [
        ("Pump C", "ministry"),
        ("Pump A", "sample"),
        ("Pump B", "illustrative"),
        ("Pump D", "press"),
    ]:
        make_product(name_en=name, origin=origin, source=make_source() if origin == "press" else None)
    make_product(name_en="Of a pump", origin="sample").aliases.create(text="pump")
    assert names(listing(client, q="pump")) == ["Of a pump", "Pump C", "Pump D", "Pump B", "Pump A"]


def test_an_empty_catalogue_still_reads_well(client, db):
    for language in ("en", "fa"):
        response = listing(client, language)
        assert response.context["worth"].import_total is None


def test_unpublished_records_are_in_no_row_count_or_facet(client, catalogue):
    before = {
        facet.name: [(c.value, c.count) for c in facet.choices] for facet in listing(client).context["facets"]
    }
    hidden_sector = make_sector(state="draft", slug="hidden")
    make_product(state="draft")
    make_product(sector=hidden_sector)
    make_import(product=make_product(state="in_review"), year=1405)
    after = listing(client)
    assert before == {
        facet.name: [(c.value, c.count) for c in facet.choices] for facet in after.context["facets"]
    }
    assert (after.context["worth"].count, after.context["year"]) == (4, 1404)
    assert listing(client, sector="hidden").context["notices"]


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url)
    return len(captured)


@pytest.mark.walk
def test_the_listing_costs_the_same_queries_with_ten_and_with_two_thousand_products(client):
    sector = make_sector(slug="cars")
    chosen = "products/?q=product&sector=cars&companies=some&page=2"
    plain, found = ["/en/products/", "/fa/products/"], [f"/en/{chosen}", f"/fa/{chosen}"]
    for _ in range(10):
        make_demand(product=(product := make_product(sector=sector)))
        make_import(product=product)
        make_engagement(product=product)
        make_unit([product])
    before = [[queries_of(client, url) for url in urls] for urls in (plain, found)]
    more = [
        Product(
            slug=f"more-{n}", name_en=f"Product {n}", name_fa=f"کالا {n}", sector=sector, hs_code="841370"
        )
        for n in range(1990)
    ]
    for product in more:
        product.state = State.PUBLISHED
    Product.objects.bulk_create(more)
    ImportRecord.objects.bulk_create(ImportRecord(product=product, year=1404, value=1) for product in more)
    assert listing(client).context["worth"].count == 2000
    assert [queries_of(client, url) for url in plain] == before[0] == [QUERIES, QUERIES]
    assert [queries_of(client, url) for url in found] == before[1]


@pytest.mark.walk
@pytest.mark.django_db
def test_a_common_word_costs_the_same_queries_however_many_products_have_it(client):
    sector = make_sector(slug="cars")
    costs = []
    for number in (600, 2400):  # more than are compared with the tiers in one query
        Product.objects.bulk_create(
            Product(
                slug=f"pump-{number}-{n}",
                name_en=f"Pump {n}",
                name_fa=f"پمپ {n}",
                hs_code="841370",
                sector=sector,
                state=State.PUBLISHED,
            )
            for n in range(number)
        )
        costs.append(queries_of(client, "/en/products/?q=pump&sector=cars"))
    assert costs[0] == costs[1]


def test_import_values_of_two_years_are_not_compared(client):
    small, large = (make_product(name_en=name) for name in ("Small", "Large"))
    older, none = (make_product(name_en=name) for name in ("Older", "None"))
    make_import(product=small, year=1404, value=1_000)
    make_import(product=large, year=1404, value=2_000)
    make_import(product=older, year=1400, value=9_000)

    def order(asked):
        return [row.product.name for row in listing(client, order=asked).context["rows"]]

    assert order("-import") == ["Large", "Small", "Older", "None"]
    assert order("import") == ["Small", "Large", "Older", "None"]
    assert none.import_usd is None
    large.imports.update(year=1399)
    assert order("-import") == ["Small", "Older", "Large", "None"]
    older.imports.all().delete()
    assert order("-import") == ["Small", "Large", "None", "Older"]


SPELLINGS = ["84", "8413", "84-13", "hs8413", "HS 8413.70", "۸۴۱۳", "84137090", "۸۴-۸۲", "8482.1010"]


@pytest.mark.parametrize("code", SPELLINGS)
def test_a_code_finds_the_same_in_the_field_for_codes_and_in_the_search(client, catalogue, code):
    found = sorted(names(listing(client, hs=code)))
    assert sorted(names(listing(client, q=code))) == found
    assert found == {"84": ["Bearing", "Gasket", "Pump", "Valve"]}.get(
        code, ["Bearing"] if "82" in code or "۸۲" in code else ["Pump"]
    )


@pytest.mark.parametrize("query", [{"q": "841399"}, {"hs": "8413 99"}, {"q": "hs۸۴۱۳۹۹", "sector": "cars"}])
def test_a_code_without_products_offers_its_heading_and_its_chapter(client, catalogue, query):
    response = listing(client, **query)
    kept = "&sector=cars" if "sector" in query else ""
    assert response.context["headings"] == [
        ("8413", f"?hs=8413{kept}", 1),
        ("84", f"?hs=84{kept}", 2 if kept else 4),
    ]
    assert 'Under <bdi dir="ltr">HS 8413</bdi>' in response.content.decode()
    assert listing(client, q="pump").context["headings"] == []


def test_a_company_is_named_above_the_products_with_what_it_makes_and_buys(client, catalogue):
    response = listing(client, q="Kavir")
    (company,) = response.context["companies"]
    assert [product.name_en for product in company.makes] == ["Pump"]
    page = response.content.decode()
    assert page.index("Companies of this name") < page.index('class="rows"')
    make_company(name_en="Saipa", name_fa="سایپا")
    for typed, english in [("سایپا", "Companies of this name"), ("saipo", "Companies with a name like")]:
        response = listing(client, q=typed)
        assert [company.name_en for company in response.context["companies"]] == ["Saipa"]
        assert english in response.content.decode()
    make_company(name_en="Hidden", state="draft")
    assert listing(client, q="Hidden").context["companies"] == []


@pytest.mark.parametrize(
    ("text", "page"), [("بومی‌سازی", "programme"), ("loans", "financing"), ("ميز", "desks")]
)
def test_words_of_the_programme_lead_to_the_page_that_explains_them(client, catalogue, text, page):
    assert f'The page <a href="/en/{page}/">' in listing(client, q=text).content.decode()


@pytest.mark.parametrize("query", [{}, {"q": "pump"}])
def test_the_choices_of_a_facet_keep_their_places_when_one_is_ticked(client, catalogue, query):
    for facet in listing(client, **query).context["facets"]:
        places = [choice.value for choice in facet.choices]
        for choice in facet.choices[1:3]:
            ticked = listing(client, **{**query, facet.name: choice.value})
            after = next(other for other in ticked.context["facets"] if other.name == facet.name)
            assert [other.value for other in after.choices if other.value in places] == places
