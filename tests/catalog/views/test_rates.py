"""Sums in rials in dollars: by the rate the visitor chose, on every page that shows such sums."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.currency import visitor_rate
from catalog.models import Contract, Currency, ExchangeRate
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_product,
    make_rate,
    make_sector,
    make_source,
    make_statement,
)

TRILLION = 10**12


def text(response):
    """What a reader sees of a page, in one line; numbers that only point to the list of rates left out."""
    assert response.status_code == 200
    page = re.sub(r"<(sup|script|style|title)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    page = re.sub(r"</?(a|b|bdi|small|span)\b[^>]*>", "", page)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def hrefs(response):
    return [unescape(link) for link in re.findall(r'\shref="([^"]*)"', response.content.decode())]


def irr_contract(amount=42 * TRILLION, **values):
    values = {"signed_on": date(2020, 5, 1), "total_basis": "stated", "currency": "IRR", **values}
    return make_contract(stated_amount=amount, **values)


class TestTheRealSums:
    """On the data that ships."""

    @pytest.fixture(autouse=True)
    def data(self, loaded):
        pass

    def test_the_choice_stands_only_where_it_changes_something(self, client):
        rials = Contract.objects.published().filter(currency=Currency.IRR)
        contracts = rials.exclude(origin="sample").first(), rials.filter(origin="sample").first()
        places = ["", "programme/", "sectors/automotive/", "sectors/marine/", "companies/iran-khodro/"]
        places += ["financing/", "desks/kiln-and-tile-desk-1403/", "products/airbag-module/"]
        offered = set()
        for address in [*map("/en/{}".format, places), *map(Contract.get_absolute_url, contracts)]:
            offers = 'class="rate-switch"' in client.get(address).content.decode()
            shown = [client.get(f"{address}?rate={kind}") for kind in ExchangeRate.Kind.values]
            assert offers == any("≈" in text(page) for page in shown), address
            offered.add(offers)
        assert offered == {True, False}

    @pytest.mark.parametrize(
        ("address", "sentences"),
        [
            (
                "/en/sectors/automotive/?rate=market",
                [
                    "The same source also says: about $952m (implied rate: 42,017 rials a dollar)",
                    "about $174m at the market rate"
                    " (230,000 rials a dollar; implied; Financial Tribune, date not recorded)",
                ],
            ),
            (
                "/en/sectors/automotive/?rate=official",
                [
                    "The same source also says: about $952m (implied rate: 42,017 rials a dollar)",
                    "about $952m at the official rate"
                    " (42,000 rials a dollar; implied; Mehr News Agency, 1399 (2020/21))",
                ],
            ),
            (
                "/fa/sectors/automotive/?rate=market",
                [
                    "همان منبع معادل ارزی را نیز اعلام کرده است: حدود ۹۵۲ میلیون دلار"
                    " (نرخ ضمنی: هر دلار ۴۲٬۰۱۷ ریال)",
                    "حدود ۱۷۴ میلیون دلار با نرخ بازار"
                    " (هر دلار ۲۳۰٬۰۰۰ ریال؛ نرخ ضمنی؛ فایننشال تریبیون، تاریخ ثبت نشده)",
                ],
            ),
            (
                "/fa/sectors/automotive/?rate=official",
                [
                    "حدود ۹۵۲ میلیون دلار با نرخ رسمی (هر دلار ۴۲٬۰۰۰ ریال؛ نرخ ضمنی؛ خبرگزاری مهر، ۱۳۹۹)",
                ],
            ),
            ("/en/programme/?rate=official", ["more than ≈ $47.6m · official rate 42,000 · 1399 (2020/21)"]),
        ],
    )
    def test_forty_trillion_rials_read_as_stated_and_by_the_rate(self, client, address, sentences):
        page = text(client.get(address))
        for sentence in sentences:
            assert sentence in page

    def test_without_a_choice_only_the_stated_pair_stands_there(self, client):
        page = text(client.get("/en/sectors/automotive/"))
        assert "about $952m (implied rate: 42,017 rials a dollar)" in page
        assert "$174m" not in page
        assert "Rates used" not in page

    @pytest.mark.parametrize(
        ("reference", "kind", "sum_and_rate"),
        [
            ("P-1398-03", "official", "≈ $286m · official rate 42,000 · 1398 (2019/20)"),
            ("P-1398-03", "market", "≈ $97.3m · market rate 123,333 · 1398 (2019/20)"),  # nearest day
            ("P-1398-02", "market", "≈ $35m · market rate 120,000 · 1398 (2019/20)"),  # its own source's
            ("P-1398-07", "official", "≈ $119m · official rate 42,000 · 1398 (2019/20)"),
            ("P-1400-01", "market", "≈ $12.2m · market rate 270,492 · 1400 (2021/22)"),
            ("P-UNDATED-06", "market", "≈ $28.5m · market rate 280,702 · date not recorded"),
        ],
    )
    def test_a_contract_is_converted_by_a_rate_of_its_year_or_source(
        self, client, reference, kind, sum_and_rate
    ):
        assert sum_and_rate in text(client.get(f"/en/contracts/{reference}/?rate={kind}"))

    @pytest.mark.parametrize("kind", ExchangeRate.Kind.values)
    def test_a_year_without_a_rate_stays_in_rials(self, client, kind):
        for year in (1396, 1402):
            response = client.get(f"/en/contracts/?year={year}&rate={kind}")
            page = text(response)
            assert "≈" not in page
            in_rials = any(contract.currency == Currency.IRR for contract in response.context["page"])
            assert (f"no {kind} rate of their time is on record" in page) == in_rials == (year == 1402)

    def test_every_number_beside_a_sum_points_to_the_list_and_every_rate_says_its_source(self, client):
        for address in ("contracts/?order=signed&rate=market", "sectors/automotive/?rate=market"):
            page = client.get(f"/en/{address}").content.decode()
            targets = set(re.findall(r'href="#(rate-[\w-]+)"', page))
            listed = re.findall(r'<li id="(rate-[\w-]+)">(.*?)</li>', page, flags=re.S)
            assert targets == {key for key, _ in listed}
            assert len(listed) >= 2
            assert all('<span class="source">' in entry for _, entry in listed)


@pytest.mark.django_db
class TestEveryPage:
    @pytest.fixture(autouse=True)
    def records(self):
        source = make_source(publisher_en="Rate Gazette")
        make_rate(rials=42_000, year=1399, origin="press", source=source)
        make_rate(rials=210_000, year=1399, kind="market")
        make_rate(rials=1, year=1399, kind="market", origin="sample")
        make_rate(rials=2, year=1398)
        sector, company = make_sector(slug="cars"), make_company(slug="maker")
        desk = make_desk(slug="desk", year=1399, sectors=[sector])
        product = make_product(slug="pump", sector=sector)
        contract = irr_contract(reference="C-1", desk=desk, sector=sector)
        contract.parties.create(company=company)
        contract.lines.create(product=product, amount=21 * TRILLION)
        make_demand(product=product, buyer=company, year=1399, value=8_400 * 10**9, currency="IRR")
        said = {"unit": "money", "currency": "IRR", "year_from": 1399, "year_to": 1399}
        for scope in ({"sector": sector}, {"desk": desk}, {"product": product}, {"headline": 1}):
            make_statement(value=4_200 * 10**9, qualifier="more than", **scope, **said)

    @pytest.mark.parametrize(
        ("address", "sums"),
        [
            ("contracts/", ["$1bn"]),
            ("contracts/C-1/", ["$1bn", "$500m"]),
            ("desks/desk/", ["$1bn", "more than ≈ $100m"]),
            ("companies/maker/", ["$1bn", "$200m"]),
            ("products/pump/", ["$500m", "$200m", "more than about $100m"]),
            ("sectors/cars/", ["more than about $100m"]),
            ("", ["more than about $100m"]),
        ],
    )
    def test_sums_of_single_records_are_converted_where_they_stand(self, client, address, sums):
        plain = text(client.get(f"/en/{address}"))
        assert "Show rials in dollars too: no at the official rate at the market rate" in plain
        for dollars in sums:
            assert dollars not in plain
        response = client.get(f"/en/{address}?rate=official")
        page = text(response)
        for dollars in sums:
            assert dollars in page
        assert "official rate" in page
        assert "Rates used 42,000 rials a dollar · official rate · 1399 (2020/21) · stated" in page
        assert "Rate Gazette" in page
        assert "≈ $5bn" not in page  # the sample rate, the other year
        ids = re.findall(r'\sid="([^"]*)"', response.content.decode())
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("language", ["en", "fa"])
    def test_the_choice_goes_along_from_the_list_to_contract_desk_company_and_back(self, client, language):
        def leads(address, *targets):
            found = hrefs(client.get(address))
            for target in targets:
                assert f"/{language}/{target}" in found, (address, target)

        rate = "?rate=market"
        other = {"en": "fa", "fa": "en"}[language]
        leads(f"/{language}/{rate}", f"contracts/{rate}", f"desks/{rate}", f"companies/{rate}")
        leads(f"/{language}/contracts/{rate}", f"contracts/C-1/{rate}")
        leads(
            f"/{language}/contracts/C-1/{rate}",
            *(f"{page}/{rate}" for page in ("contracts", "desks/desk", "companies/maker", "sectors/cars")),
        )
        leads(f"/{language}/desks/{rate}", f"desks/desk/{rate}")
        leads(f"/{language}/desks/desk/{rate}", f"contracts/C-1/{rate}", f"sectors/cars/{rate}")
        leads(f"/{language}/companies/maker/{rate}", f"contracts/C-1/{rate}", f"products/pump/{rate}")
        leads(
            f"/{language}/sectors/cars/{rate}",
            f"contracts/?kind=contract&kind=offtake&{rate[1:]}&sector=cars",
        )
        leads(f"/{language}/products/pump/{rate}", f"contracts/C-1/{rate}", f"companies/maker/{rate}")
        assert f"/{other}/contracts/C-1/{rate}" in hrefs(client.get(f"/{language}/contracts/C-1/{rate}"))

    def test_without_a_choice_no_link_but_the_switch_speaks_of_rates(self, client):
        for address in ("", "contracts/", "contracts/C-1/", "desks/desk/", "companies/maker/"):
            spoken = [link for link in hrefs(client.get(f"/en/{address}")) if "rate=" in link]
            assert spoken == ["?rate=official", "?rate=market"], address

    def test_filters_order_pages_and_clearing_keep_the_choice(self, client):
        for n in range(30):
            irr_contract(title_en=f"Pumps {n}")
        response = client.get("/en/contracts/?kind=contract&order=signed&rate=market&q=pumps")
        page = response.content.decode()
        for facet in response.context["facets"]:
            assert all("rate=market" in choice.url for choice in facet.choices)
        assert all("rate=market" in chip.url for chip in response.context["chips"])
        assert response.context["clear_url"] == "?order=signed&rate=market"
        assert len(response.context["chips"]) == 2
        assert '<input type="hidden" name="rate" value="market">' in page.split('id="filter-form"')[1]
        (following,) = re.findall(r'rel="next" href="(\?[^"]*)"', page)
        assert "rate=market" in following
        assert "≈" in text(client.get("/en/contracts/" + unescape(following)))
        without = next(link for link in hrefs(response) if link.startswith("?kind") and "rate" not in link)
        assert client.get("/en/contracts/" + without).context["query"].urlencode() == (
            "kind=contract&order=signed&q=pumps"
        )

    def test_every_list_takes_it_without_a_word(self, client):
        for page in ("products", "companies", "desks", "contracts"):
            response = client.get(f"/en/{page}/?rate=official")
            assert response.context["notices"] == []
            assert not response.context["chips"]
            assert 'name="rate" value="official"' in response.content.decode().split('id="filter-form"')[1]

    def test_nothing_found_does_not_offer_to_leave_the_rate(self, client):
        make_product(name_en="Valve")
        response = client.get("/en/products/?rate=official&q=zeppelin&stage=open")
        assert {chip.url for chip, _ in response.context["nearest"]} == {"?rate=official&stage=open"}

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "Left aside, because it cannot be used here: rate=blackmarket"),
            ("fa", "کنار گذاشته شد، چون اینجا به کار نمی‌آید: rate=blackmarket"),
        ],
    )
    def test_a_value_that_is_no_kind_is_named_once(self, client, language, sentence):
        lists = ["products/", "sectors/", "companies/", "desks/", "contracts/"]
        records = ["products/pump/", "sectors/cars/", "companies/maker/", "desks/desk/", "contracts/C-1/"]
        for address in ("", "financing/", *lists, *records):
            page = text(client.get(f"/{language}/{address}?rate=blackmarket"))
            assert page.count(sentence) == 1, address
            assert "≈" not in page

    def test_what_a_hostile_value_says_is_not_repeated_as_it_is(self, client):
        response = client.get("/en/contracts/C-1/", {"rate": "\u202e<script>" + "x" * 500})
        assert "<script>" not in response.content.decode()
        assert "\u202e" not in text(response)
        assert "rate=<script>xxx" in unescape(response.content.decode())
        assert "x" * 61 not in text(response)

    def test_it_stands_in_the_address_and_nowhere_else(self, client):
        response = client.get("/en/contracts/?rate=market")
        assert not response.cookies
        assert "≈" not in text(client.get("/en/contracts/"))
        assert visitor_rate.active() == ""

    def test_search_engines_are_told_of_one_page(self, client):
        for address in ("contracts/", "contracts/C-1/", "desks/desk/"):
            page = client.get(f"/en/{address}?rate=market").content.decode()
            canonical, *more = re.findall(r'<link rel="(?:canonical|alternate)"[^>]*href="([^"]*)"', page)
            assert canonical == f"http://testserver/en/{address}"
            assert not [link for link in more if "rate" in link]
            choices = page.split('class="rate-switch"')[1].split("</div>")[0]
            assert choices.count("<a ") == choices.count('rel="nofollow"') == 2

    @pytest.mark.parametrize("address", ["contracts/", "contracts/C-1/", "desks/desk/", "companies/maker/"])
    def test_a_choice_costs_no_query_for_any_number_of_sums(self, client, address):
        def cost(query=""):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/en/{address}{query}")
            return len(queries)

        cost()
        assert cost("?rate=market") == cost()
        contract = Contract.objects.get(reference="C-1")
        for _ in range(5):
            more = irr_contract(desk=contract.desk)
            more.parties.create(company=contract.parties.get().company)
            contract.lines.create(description_en="x", description_fa="x", amount=10**9)
        assert cost("?rate=market") == cost()


@pytest.mark.django_db
def test_totals_of_several_records_stay_in_rials(client):
    make_rate(year=1399)
    desk = make_desk(slug="desk")
    irr_contract(amount=42 * TRILLION, desk=desk)
    irr_contract(amount=42 * TRILLION, desk=desk)
    for address in ("contracts/", "desks/", "desks/desk/"):
        assert "$2bn" not in text(client.get(f"/en/{address}?rate=official"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed", "precision", "converted"),
    [
        (date(2020, 3, 19), "day", False),
        (date(2020, 3, 20), "day", True),
        (date(2020, 3, 1), "month", False),  # Esfand 1398 or Farvardin 1399
        (date(2020, 4, 1), "month", True),
        (date(2020, 1, 1), "year", False),
        (None, "day", False),
    ],
)
def test_a_day_that_may_lie_in_two_years_is_of_neither(client, signed, precision, converted):
    make_rate(year=1399)
    contract = irr_contract(signed_on=signed, signed_precision=precision)
    page = text(client.get(contract.get_absolute_url() + "?rate=official"))
    assert ("≈" in page) == converted
    assert ("no official rate of their time" in page) != converted


@pytest.mark.django_db
def test_where_there_are_no_rials_nobody_is_asked(client):
    contract = make_contract(amounts=[5_000_000])
    for query in ("", "?rate=official"):
        page = text(client.get(contract.get_absolute_url() + query))
        assert "rials" not in page


@pytest.mark.django_db
def test_pages_of_staff_and_errors_know_no_choice(client, admin_client):
    assert client.get("/nowhere/?rate=market").status_code == 404
    assert admin_client.get("/admin/catalog/contract/?rate=market").status_code in (200, 302)
    assert client.get("/en/nowhere/?rate=market").status_code == 404
    assert "?rate=market" in client.get("/en/nowhere/?rate=market").content.decode()
