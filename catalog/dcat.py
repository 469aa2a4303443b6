"""The open data as a catalogue in DCAT, the vocabulary in which data portals read one another. Pure."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from .datasets import LICENCE_URL

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def catalogue(stocks, title, publisher, page):
    """The catalogue of these Stocks as JSON-LD, a dict. `title` is a lazy text, `publisher` a name by
    language, `page` the address of the page that it stands on."""
    return {
        "@context": CONTEXT,
        "@id": f"{page}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _in_each(title),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": [{"@language": code, "@value": name} for code, name in publisher.items()],
        },
        "dct:license": {"@id": LICENCE_URL},
        "dct:language": [code for code, _name in settings.LANGUAGES],
        "foaf:homepage": {"@id": page},
        "dcat:dataset": [_dataset(stock, page) for stock in stocks],
    }


def _dataset(stock, page):
    dataset = stock.dataset
    return {
        "@id": f"{page}#{dataset.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.key,
        "dct:title": _in_each(dataset.title),
        "dct:description": _in_each(dataset.summary),
        "dct:modified": {"@type": "xsd:dateTime", "@value": stock.changed.isoformat(timespec="seconds")},
        "dct:license": {"@id": LICENCE_URL},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [_distribution(one, page) for one in dataset.existing],
    }


def _distribution(distribution, page):
    address = {"@id": urljoin(page, distribution.path)}
    found = {
        "@type": "dcat:Distribution",
        "dct:title": _in_each(distribution.title),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": MEDIA_TYPES + distribution.media_type},
        "dct:license": {"@id": LICENCE_URL},
    }
    if distribution.standard:
        found["dct:conformsTo"] = {"@id": distribution.standard}
    return found


def _in_each(text):
    """[{@language, @value}] of a lazy text."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append({"@language": code, "@value": str(text)})
    return found
