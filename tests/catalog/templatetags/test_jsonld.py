"""Pages say in schema.org's words what they are about: readable for machines, harmless, and no sample."""

import json
import re

import pytest

from catalog.open_data.schema_org import json_ld
from tests.factories import make_company, make_contract, make_product, make_sector

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BREAKERS = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    "a\u2028b\u2029c",
    "\\u003C/script",
    '"};',
]


def said(client, address):
    """What the page says, by type."""
    page = client.get(address).content.decode()
    blocks = [json.loads(block) for block in BLOCK.findall(page)]
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    assert len(BLOCK.findall(page)) == page.count("application/ld+json")
    return {block["@type"]: block for block in blocks}


@pytest.mark.parametrize("text", BREAKERS)
def test_nothing_in_a_text_ends_the_block_and_nothing_is_lost(text):
    block = json_ld({"name": text, "@type": [text]})
    (inside,) = BLOCK.findall(block)
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == {"name": text, "@type": [text]}


@pytest.mark.django_db
class TestPages:
    def test_a_product_says_its_names_code_and_category_and_promises_nothing(self, client):
        sector = make_sector(name_fa="خودرو")
        make_product(slug="abs", name_en="ABS", name_fa="ترمز ضدقفل", hs_code="870830", sector=sector)
        found = said(client, "/fa/products/abs/")
        product = found["Product"]
        assert product["name"] == "ترمز ضدقفل"
        assert product["alternateName"] == "ABS"
        assert product["category"] == "خودرو"
        assert product["identifier"] == {"@type": "PropertyValue", "propertyID": "HS 2017", "value": "870830"}
        assert product["url"] == "http://testserver/fa/products/abs/"
        assert not product.keys() & {"offers", "review", "aggregateRating", "description"}

    def test_breadcrumbs_are_those_of_the_page(self, client):
        make_product(slug="abs", name_en="ABS", sector=make_sector(slug="cars", name_en="Cars"))
        items = said(client, "/en/products/abs/")["BreadcrumbList"]["itemListElement"]
        assert [(item["position"], item["name"], item.get("item")) for item in items] == [
            (1, "Products", "http://testserver/en/products/"),
            (2, "Cars", "http://testserver/en/sectors/cars/"),
            (3, "ABS", None),
        ]

    def test_a_company_says_where_it_stands_and_no_more_than_is_known(self, client):
        make_company(slug="a", name_en="Kavir", name_fa="", province="yazd", town_en="Meybod", town_fa="میبد",
                     website="https://kavir.example/")  # fmt: skip
        make_company(slug="b", name_en="Bare")
        company = said(client, "/en/companies/a/")["Organization"]
        assert company["address"] == {
            "@type": "PostalAddress",
            "addressCountry": "IR",
            "addressRegion": "Yazd",
            "addressLocality": "Meybod",
        }
        assert company["url"] == "https://kavir.example/"
        assert "alternateName" not in company
        bare = said(client, "/en/companies/b/")["Organization"]
        assert bare.keys() <= {"@context", "@type", "@id", "mainEntityOfPage", "name", "alternateName"}

    @pytest.mark.parametrize("listing", ["products", "companies", "contracts"])
    def test_a_listing_names_its_rows_in_their_places_but_no_sample(self, client, listing, monkeypatch):
        make = {"products": make_product, "companies": make_company, "contracts": make_contract}[listing]
        for n, origin in enumerate(["ministry", "sample", "ministry"]):
            values = {"name_en": f"N{n}"} if listing != "contracts" else {"reference": f"N-{n}"}
            make(origin=origin, **values)
        order = "reference" if listing == "contracts" else "name"
        items = said(client, f"/en/{listing}/?order={order}")["ItemList"]
        assert items["numberOfItems"] == 3
        places = [
            (item["position"], item["name"].partition(" ")[0].replace("-", ""))
            for item in items["itemListElement"]
        ]
        assert places == [(1, "N0"), (3, "N2")]
        for item in items["itemListElement"]:
            assert client.get(item["url"].partition("testserver")[2]).status_code == 200

    def test_of_a_sample_nothing_is_said(self, client):
        make_product(slug="p", origin="sample")
        make_company(slug="c", origin="sample")
        make_contract(reference="K", origin="sample")
        for address in ("products/p/", "companies/c/", "contracts/K/"):
            assert said(client, f"/fa/{address}") == {}
        for listing in ("products", "companies", "contracts"):
            assert said(client, f"/en/{listing}/") == {}

    def test_a_name_that_wants_out_stays_in(self, client):
        for n, text in enumerate(BREAKERS):
            make_product(slug=f"p{n}", name_en=text, summary_en=text)
            assert said(client, f"/en/products/p{n}/")["Product"]["name"] == text
