"""How browsers learn to search here."""

from xml.etree import ElementTree

import pytest

from tests.factories import make_product

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def described(client, query="", **headers):
    response = client.get(f"/opensearch.xml{query}", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def templates(root):
    return {url.get("type"): url.get("template") for url in root.iter(f"{NAMESPACE}Url")}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_page_leads_to_the_search_of_its_language(client, db, language):
    make_product(name_en="Pump", name_fa="پمپ")
    page = client.get(f"/{language}/about/").content.decode()
    address = f"/opensearch.xml?hl={language}"
    assert f'<link rel="search" type="application/opensearchdescription+xml" href="{address}"' in page
    root = described(client, f"?hl={language}")
    assert root.findtext(f"{NAMESPACE}Language") == language
    assert root.findtext(f"{NAMESPACE}Description").startswith({"en": "Find", "fa": "کالاها"}[language])
    search = templates(root)["text/html"]
    assert search == f"http://testserver/{language}/products/?q={{searchTerms}}"
    found = client.get(search.partition("testserver")[2].replace("{searchTerms}", "pump"))
    assert len(found.context["rows"]) == 1


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "fa", "fa"),
        ("", "de", "en"),
        ("?hl=en", "fa", "en"),
        ("?hl=xx", "fa", "fa"),
        ("?hl=%00", "en", "en"),
    ],
)
def test_an_unusable_language_is_the_browsers(client, query, header, language):
    root = described(client, query, **{"accept-language": header})
    assert root.findtext(f"{NAMESPACE}Language") == language


def test_names_keep_to_the_lengths_of_the_format(client, settings):
    settings.SITE_NAME = {"en": "Portal of a Very Long Name " * 3, "fa": "درگاه"}
    root = described(client, "?hl=en")
    assert root.findtext(f"{NAMESPACE}ShortName") == "Product search"
    assert len(root.findtext(f"{NAMESPACE}LongName")) <= 48
    assert described(client, "?hl=fa").findtext(f"{NAMESPACE}ShortName") == "درگاه"
