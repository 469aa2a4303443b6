"""Downloads: what the page lists, and nothing else, in three formats and both languages."""

import csv
import datetime
import io
import json
import random
import re
from urllib.parse import unquote

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.open_data.exports import xlsx_file
from catalog.open_data.exports.csv_file import unescaped
from catalog.views import companies, contracts, products, units
from tests.catalog.test_hostile_queries import LISTS, hostile
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

NOUNS = {"products": products, "companies": companies, "contracts": contracts, "units": units}
KEYS = {"products": "slug", "companies": "slug", "contracts": "reference", "units": "slug"}
FORMULAS = [
    "=1+1",
    "+98 21 8888",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "'=1",
    "a;=1",
    "\u200b=1",
]


def got(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response)


def as_json(client, listing, query="", language="en"):
    return json.loads(got(client, f"/{language}/{listing}/export.json{query}"))


def as_csv(client, listing, query="", language="en"):
    """Rows as dicts by machine name, texts as they were."""
    text = got(client, f"/{language}/{listing}/export.csv{query}").decode("utf-8-sig")
    headings, *lines = csv.reader(io.StringIO(text, newline=""))
    names = [heading.rpartition(" [")[2].removesuffix("]") for heading in headings]
    return [dict(zip(names, map(unescaped, line), strict=True)) for line in lines]


def as_workbook(client, listing, query="", language="en"):
    return openpyxl.load_workbook(io.BytesIO(got(client, f"/{language}/{listing}/export.xlsx{query}")))


def as_cells(client, listing, query="", language="en"):
    """Rows of cells as dicts by machine name."""
    headings, *lines = as_workbook(client, listing, query, language).worksheets[0].iter_rows()
    names = [cell.value.rpartition(" [")[2].removesuffix("]") for cell in headings]
    return [dict(zip(names, line, strict=True)) for line in lines]


def listed(page):
    """The records that a page lists: those of the product listing stand in its rows."""
    return [row.product for row in page["rows"]] if "worth" in page else page["page"]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "address",
    [
        "products/?order=-import",
        "products/?q=valve&sector=petrochemicals&sector=oil-gas-drilling&order=relevance",
        "companies/?order=-products",
        "contracts/?kind=contract&kind=memorandum&order=due",
        "units/?order=-jobs&rate=market",
    ],
)
def test_every_format_has_the_rows_of_the_page_in_its_order(loaded, client, monkeypatch, language, address):
    listing, query = address.split("/")
    monkeypatch.setattr(NOUNS[listing], "PAGE_SIZE", 1000)
    key = KEYS[listing]
    keys = [getattr(record, key) for record in listed(client.get(f"/{language}/{address}").context)]
    assert len(keys) >= 4
    found = as_json(client, listing, query, language)
    rows = found[listing]
    assert [row[key] for row in rows] == keys
    assert found["count"] == len(keys)
    fields = {field["name"]: field for field in found["fields"]}
    lines = as_csv(client, listing, query, language)
    cells = as_cells(client, listing, query, language)
    for row, line, cell in zip(rows, lines, cells, strict=True):
        for name, value in row.items():
            words = value
            if fields[name]["kind"] == "code":
                words = fields[name]["choices"].get(value)
            elif fields[name]["kind"] == "codes":
                words = " | ".join(fields[name]["choices"][code] for code in value) or None
            elif fields[name]["kind"] == "texts":
                words = " | ".join(value) or None
            assert line[name] == written(words), (name, line[key])
            assert held(cell[name], fields[name]["kind"]) == words, (name, line[key])


def written(value):
    """What CSV writes for a value."""
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def held(cell, kind):
    """The value of a cell as JSON has it."""
    assert cell.data_type != "f"
    if kind == "date" and cell.value is not None:
        assert cell.number_format == "yyyy-mm-dd"
        return cell.value.date().isoformat()
    return cell.value


def test_what_a_row_of_the_page_says_the_download_says(loaded, client, monkeypatch):
    monkeypatch.setattr(products, "PAGE_SIZE", 1000)
    page = client.get("/fa/products/").context
    rows, latest = as_json(client, "products", language="fa")["products"], page["year"]
    sources = dict(Product.objects.values_list("slug", "source__address"))
    for shown, row in zip(page["rows"], rows, strict=True):
        product = shown.product
        assert row["name_en"] == product.name_en
        assert row["sector"] == product.sector.name
        assert row["stage"] == product.stage
        assert row["maker_count"] == len(row["makers"]) == product.maker_count
        assert row["import_usd"] == shown.import_usd
        assert row["import_year"] == (shown.import_year or (shown.import_usd and latest))
        assert (row["commitment"] or "") == shown.commitment
        assert row["page"] == f"http://testserver{product.get_absolute_url()}"
        assert row["source_address"] == (sources[product.slug] or None)


@pytest.mark.django_db
class TestTexts:
    """Names that a spreadsheet would run, or could not hold."""

    def test_formulas_leave_every_format_as_texts_and_come_back(self, client):
        for name in FORMULAS:
            make_product(name_en=name, name_fa=name)
        names = sorted(FORMULAS)
        assert sorted(row["name_en"] for row in as_json(client, "products")["products"]) == names
        assert sorted(row["name_en"] for row in as_csv(client, "products")) == names
        cells = [row["name_en"] for row in as_cells(client, "products")]
        assert sorted(cell.value for cell in cells) == names
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@\t'")

    def test_no_cell_of_a_csv_begins_like_a_formula(self, client):
        make_company(name_en="=HYPERLINK(1)", public_phone="+98 21 1", summary_en="@here")
        text = got(client, "/en/companies/export.csv").decode("utf-8-sig")
        for line in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_a_workbook_holds_any_sign_and_says_where_it_cuts(self, client):
        odd = "a\x01b\ufffec_x0041_\r\nd"  # a cell's lines end in \n
        make_product(slug="odd", name_en=odd, summary_en="ب" * 40_000)
        (row,) = as_cells(client, "products")
        # openpyxl has undone the escape of an escape, and nothing else
        assert row["name_en"].value == "a_x0001_b_xFFFE_c_x0041_\nd"
        assert len(row["summary"].value) == 32_767
        assert row["summary"].value.endswith("ب…")

    def test_persian_reaches_a_spreadsheet_whole(self, client):
        make_product(name_en="Polypropylene", name_fa="پلی‌پروپیلن «ویژه»")
        body = got(client, "/fa/products/export.csv")
        assert body.startswith(b"\xef\xbb\xbf")
        assert as_csv(client, "products", language="fa")[0]["name_fa"] == "پلی‌پروپیلن «ویژه»"
        workbook = as_workbook(client, "products", language="fa")
        assert all(sheet.sheet_view.rightToLeft for sheet in workbook)
        assert not as_workbook(client, "products").worksheets[0].sheet_view.rightToLeft


@pytest.mark.django_db
class TestValues:
    def test_numbers_are_numbers_and_days_are_days(self, client):
        product = make_product(target_year=1406, confirmed_on=datetime.date(2026, 5, 1))
        make_import(product=product, value=61_834_211, year=1404, quantity=12)
        make_demand(product=product, year=1405, quantity=7, commitment="tendered")
        (row,) = as_cells(client, "products")
        assert (row["import_usd"].value, row["import_usd"].number_format) == (61_834_211, "#,##0")
        assert (row["target_year"].value, row["target_year"].number_format) == (1406, "0")
        assert row["confirmed_on"].value.date() == datetime.date(2026, 5, 1)
        assert row["sample"].value is False
        assert row["promised_quantity"].value == 7
        (line,) = as_csv(client, "products")
        assert (line["import_usd"], line["confirmed_on"], line["sample"]) == (
            "61834211",
            "2026-05-01",
            "FALSE",
        )

    def test_an_amount_longer_than_excel_can_count_keeps_every_digit(self, client):
        make_contract(currency="IRR", total_basis="stated", stated_amount=9_223_372_036_854_775_807)
        make_contract(currency="IRR", total_basis="stated", stated_amount=999_999_999_999_999)
        values = {row["amount"].value for row in as_cells(client, "contracts")}
        assert values == {"9223372036854775807", 999_999_999_999_999}

    def test_every_figure_names_its_source_and_says_whether_it_is_a_sample(self, client):
        source = make_source(publisher_en="Daily", publisher_fa="روزنامه", address="https://daily.example/1")
        product = make_product(origin="press", source=source)
        make_import(product=product, origin="press", source=source)
        make_engagement(product=product, origin="press", source=source, company=make_company(name_fa="کویر"))
        make_demand(product=product, origin="sample", buyer=make_company(name_fa="خریدار", origin="sample"))
        (row,) = as_json(client, "products", language="fa")["products"]
        assert (row["origin"], row["sample"], row["source_publisher"]) == ("press", False, "روزنامه")
        assert (row["import_origin"], row["import_source"]) == ("press", source.address)
        assert (row["makers"], row["makers_sample"], row["makers_sources"]) == (
            ["کویر"], False, [source.address]
        )  # fmt: skip
        assert (row["buyers"], row["buyers_sample"], row["buyers_sources"]) == (["خریدار"], True, [])

    def test_of_a_year_that_lies_in_two_no_iranian_year_is_given(self, client):
        for day, precision in ((1, "month"), (1, "year"), (5, "day")):
            make_contract(signed_on=datetime.date(2019, 1, day), signed_precision=precision)
        make_contract(signed_on=datetime.date(2019, 3, 1), signed_precision="month")
        make_contract(signed_on=None)
        found = {(row["signed_precision"], row["signed_on"]): row["signed_year"]
                 for row in as_json(client, "contracts")["contracts"]}  # fmt: skip
        assert found == {
            ("month", "2019-01-01"): 1397,
            ("year", "2019-01-01"): None,
            ("day", "2019-01-05"): 1397,
            ("month", "2019-03-01"): None,
            ("day", None): None,
        }

    def test_a_contract_lists_its_public_parties_and_no_hidden_desk(self, client):
        hidden = make_company(state="draft", name_en="Hidden")
        contract = make_contract(
            desk=make_desk(state="draft"), sector=make_sector(state="draft"), amounts=[5]
        )
        contract.parties.create(role="buyer", name_en="As printed", name_fa="چنان که چاپ شد")
        contract.parties.create(role="supplier", company=hidden)
        (row,) = as_json(client, "contracts")["contracts"]
        assert (row["buyers"], row["suppliers"]) == (["As printed"], [])
        assert (row["desk"], row["desk_slug"], row["sector"], row["sector_slug"]) == (None,) * 4
        assert (row["amount"], row["currency"]) == (5, "EUR")


@pytest.mark.django_db
class TestAnswer:
    @pytest.mark.parametrize("listing", NOUNS)
    @pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
    def test_an_empty_listing_is_a_whole_file(self, client, listing, suffix):
        body = got(client, f"/fa/{listing}/export.{suffix}")
        if suffix == "json":
            assert json.loads(body)[listing] == []
        elif suffix == "csv":
            assert body.count(b"\r\n") == 1
        else:
            assert openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].max_row == 1

    @pytest.mark.parametrize(
        ("suffix", "kind"),
        [("csv", "text/csv; charset=utf-8"), ("json", "application/json"), ("xlsx", "spreadsheetml.sheet")],
    )
    def test_it_says_what_it_is_and_asks_to_be_asked_for_again(self, client, suffix, kind):
        make_product()
        address = f"/en/products/export.{suffix}"

        def twice(answer):
            response = answer(address)
            body = b"".join(response)
            again = answer(address, headers={"if-none-match": response["ETag"]})
            b"".join(again)
            assert again.status_code == 304
            return response, body

        for answer in (client.get, client.head):
            response, body = twice(answer)
            assert bool(body) == (answer == client.get)
            assert kind in response["Content-Type"]
            assert response["Content-Disposition"].startswith("attachment; filename=")
            assert "must-revalidate" in response["Cache-Control"]
            assert response["X-Robots-Tag"] == "noindex"
            assert response["Content-Language"] == "en"
            assert not response.cookies
            assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"

    @pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
    def test_head_reads_no_row(self, client, suffix):
        make_company()
        with CaptureQueriesContext(connection) as queries:
            client.head(f"/en/companies/export.{suffix}")
        assert not [query for query in queries if "company" in query["sql"]]

    @pytest.mark.parametrize(
        "address",
        [
            *("/en/products/export.csv", "/fa/contracts/export.xlsx", "/en/products/feed.atom"),
            *("/en/data/products.csv", "/sitemap.xml", "/sitemap-products.xml", "/opensearch.xml"),
        ],
    )
    def test_other_methods_are_refused_and_those_there_are_named(self, address):
        program = Client(enforce_csrf_checks=True)  # it has no form
        for method in ("post", "put", "patch", "delete"):
            response = getattr(program, method)(address)
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        # A script of another site asks first whether it may read what the open data page lists.
        expected = (405, "GET, HEAD") if address.endswith(".xml") else (204, "GET, HEAD, OPTIONS")
        response = program.options(address)
        assert (response.status_code, response["Allow"]) == expected

    def test_other_formats_are_not_there(self, client):
        assert client.get("/en/products/export.pdf").status_code == 404
        assert client.get("/en/desks/export.csv").status_code == 404

    def test_its_name_is_readable_in_the_language_of_the_page(self, client):
        name = client.head("/en/contracts/export.xlsx").headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="Contracts 20\d\d-\d\d-\d\d\.xlsx"', name)
        name = unquote(client.head("/fa/contracts/export.xlsx").headers["Content-Disposition"])
        assert re.fullmatch(
            r"attachment; filename\*=utf-8''قراردادها ۱۴[۰-۹]{2}-[۰-۹]{2}-[۰-۹]{2}\.xlsx", name
        )

    def test_what_cannot_be_used_is_named_and_the_rest_counts(self, client):
        make_product(slug="one", hs_code="841370")
        make_product(slug="two", hs_code="732690")
        query = "?hs=8413&colour=%D8%A2%D8%A8%DB%8C&sector=nowhere&page=7&q=!!"
        found = as_json(client, "products", query)
        assert [row["slug"] for row in found["products"]] == ["one"]
        assert len(found["notices"]) == 2
        assert "colour=آبی" in found["notices"][0]
        assert found["page"] == "http://testserver/en/products/?hs=8413&q=%21%21"
        assert "HS code begins with: 8413" in found["chosen"]
        for suffix in ("csv", "xlsx", "json"):
            header = client.head(f"/fa/products/export.{suffix}{query}").headers["X-Notices"]
            assert header.isascii()
            assert "colour=آبی" in json.loads(header)[0]
        assert "X-Notices" not in client.get("/en/products/export.csv?hs=8413").headers

    def test_a_thousand_unusable_values_make_no_header_too_long_to_send(self, client):
        query = "&".join(f"name{n}={'ی' * 50}" for n in range(1000))
        response = client.get(f"/fa/products/export.csv?{query}")
        assert 200 < len(response.headers["X-Notices"]) < 4000

    def test_the_workbook_tells_about_itself_on_its_second_sheet(self, client):
        make_product()
        about = as_workbook(client, "products", "?stage=open&x=1").worksheets[1]
        cells = [[cell.value for cell in line] for line in about.iter_rows()]
        assert ["Public address", "http://testserver/en/products/?stage=open", None, None] in cells
        assert any(line[0] == "Note" and "x=1" in line[1] for line in cells)
        (stage,) = [line for line in cells if line[1] == "stage"]
        assert stage[0] == "Stage"
        assert "Prototype = prototype" in stage[3]

    def test_more_rows_than_a_sheet_holds_go_on_the_next(self, client, monkeypatch):
        monkeypatch.setattr(xlsx_file, "SHEET_ROWS", 2)
        for n in range(5):
            make_product(slug=f"product-{n}", name_en=f"P{n}")
        workbook = as_workbook(client, "products", "?order=name")
        assert workbook.sheetnames == ["Products", "Products 2", "Products 3", "About this file"]
        slugs = [cell.value for sheet in workbook.worksheets[:3] for cell in sheet["C"][1:]]
        assert slugs == [f"product-{n}" for n in range(5)]

    def test_the_first_bytes_leave_before_any_row_is_read(self, client):
        make_product()
        for suffix in ("csv", "json"):
            stream = iter(client.get(f"/en/products/export.{suffix}").streaming_content)
            with CaptureQueriesContext(connection) as queries:
                assert b"hs_code" in next(stream)
                assert len(queries) == 0
                assert b"841370" in b"".join(stream)

    @pytest.mark.parametrize("listing", NOUNS)
    def test_queries_are_the_same_for_any_number_of_rows(self, client, listing):
        counts = []
        for _ in range(2):
            for _ in range(3):
                product, company = make_product(), make_company(sector=make_sector())
                make_engagement(product=product, company=company)
                make_demand(product=product)
                make_import(product=product)
                contract = make_contract(desk=make_desk(), sector=make_sector(), amounts=[1])
                contract.parties.create(company=company)
                contract.milestones.create(due=datetime.date(2026, 1, 1))
                make_unit(products=[product], causes="finance,market")
            with CaptureQueriesContext(connection) as queries:
                got(client, f"/en/{listing}/export.csv")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9


@pytest.mark.django_db
@pytest.mark.parametrize("listing", NOUNS)
def test_whatever_is_asked_the_download_has_what_the_page_has(client, monkeypatch, listing):
    monkeypatch.setattr(NOUNS[listing], "PAGE_SIZE", 1000)
    sector = make_sector(slug="cars")
    for n in range(4):
        product = make_product(sector=sector if n % 2 else make_sector(), name_en=f"Pump {n}")
        company = make_company(
            sector=sector if n % 2 else None, province="yazd", kind="firm" if n % 2 else ""
        )
        make_engagement(product=product, company=company)
        make_import(product=product, value=n * 10**6)
        make_contract(sector=sector if n % 2 else None, amounts=[n])
        make_unit(products=[product], sector=sector, needs="capital" if n % 2 else "", jobs=n)
    dice = random.Random(listing)
    for _ in range(10):
        query = f"?{hostile(dice, LISTS[listing])}"
        page = client.get(f"/fa/{listing}/{query}").context
        found = as_json(client, listing, query, "fa")
        key = KEYS[listing]
        assert [row[key] for row in found[listing]] == [getattr(one, key) for one in listed(page)], query
        assert [notice for notice in page["notices"] if notice in found["notices"]] == found["notices"]


def test_a_sample_is_marked_and_a_draft_never_leaves(client, db):
    make_product(slug="sample", origin="sample")
    make_product(slug="draft", state="draft")
    make_product(slug="inside", sector=make_sector(state="in_review"))
    Product.objects.filter(slug="draft").update(name_en="Zzhidden")
    rows = as_json(client, "products")["products"]
    assert [(row["slug"], row["sample"]) for row in rows] == [("sample", True)]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_offers_what_can_be_taken_away_with_its_query(client, db, language):
    make_product()
    page = client.get(f"/{language}/products/?stage=open&order=name&nonsense=1").content.decode()
    for suffix in ("csv", "xlsx", "json"):
        assert f'href="/{language}/products/export.{suffix}?order=name&amp;stage=open"' in page
    assert page.count(f'href="/{language}/products/feed.atom?stage=open"') == 2  # in the head too
    assert "export.csv" not in client.get(f"/{language}/products/?stage=testing").content.decode()


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        (
            "companies/export.json?q=kavir&sector=cars&knowledge_based=unknown",
            ["Name: kavir", "Main sector: Cars", "Knowledge-based: Not known"],
        ),
        (
            "contracts/export.json?q=kavir&sector=cars&year=۱۴۰۵&rate=market",
            ["Reference, subject or party: kavir", "Sector: Cars", "Signed in the year: 1405"],
        ),
        (
            "products/export.json?q=kavir&sector=cars&order=name",
            ["Search: kavir", "Sector: Cars", "Order: By name"],
        ),
        ("units/export.json?cause=energy&need=buyer", ["Why it stopped: energy", "What it needs: a buyer"]),
    ],
)
def test_the_file_says_in_words_what_was_chosen(client, db, query, chosen):
    make_sector(slug="cars", name_en="Cars")
    assert sorted(json.loads(got(client, f"/en/{query}"))["chosen"]) == sorted(chosen)
