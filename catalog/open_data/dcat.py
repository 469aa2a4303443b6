"""The open data as a catalogue in DCAT, the vocabulary in which data portals read one another. Pure."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .datasets import LICENCE_URL

DCAT_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
BULK_TITLE = _("Everything at once")
BULK_SUMMARY = _("Every public record of every kind, a file of each, with keys that tie them together.")
SUMMARY = _(
    "Products that Iran imports and wants to make at home, who works on them and buys them, desks, contracts,"
    " idle plants and financing: every public record of this site, as lists and as files."
)
# The vocabularies that DCAT-AP names for languages and places.
AUTHORITY = "http://publications.europa.eu/resource/authority"
DCAT_LANGUAGES = [
    {"@id": f"{AUTHORITY}/language/{code}", "@type": "dct:LinguisticSystem"} for code in ("ENG", "FAS")
]
IRAN = f"{AUTHORITY}/country/IRN"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def catalogue_document(stocks, title, publisher, page, bulk=None):
    """The catalogue of these Stocks and of the bulk files, if there are any, as JSON-LD, a dict. `title` is a
    lazy text, `publisher` a name by language, `page` the address of the page that it stands on."""
    changed = [stock.changed for stock in stocks] + ([bulk.begun] if bulk else [])
    described = {
        "@context": DCAT_CONTEXT,
        "@id": f"{page}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _in_each(title),
        "dct:description": _in_each(SUMMARY),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": [{"@language": code, "@value": name} for code, name in publisher.items()],
        },
        "dct:license": {"@id": LICENCE_URL},
        "dct:language": DCAT_LANGUAGES,
        "dct:modified": _moment(max(changed)) if changed else None,
        "dct:spatial": {"@id": IRAN, "@type": "dct:Location"},
        "foaf:homepage": {"@id": page, "@type": "foaf:Document"},
        "dcat:dataset": [_dataset(stock, page) for stock in stocks] + ([_bulk(bulk, page)] if bulk else []),
    }
    return {name: value for name, value in described.items() if value}


def _dataset(stock, page):
    dataset = stock.dataset
    files = [_distribution(one, page) for one in dataset.existing]
    return _described(dataset.key, dataset.title, dataset.summary, stock.changed, page) | {
        "dcat:distribution": files
    }


def _bulk(bulk, page):
    """Everything in one writing: each file with its size and checksum."""
    described = _described("everything", BULK_TITLE, BULK_SUMMARY, bulk.begun, page)
    return described | {"dcat:distribution": [_bulk_file(one, page) for one in bulk.resources]}


def _bulk_file(resource, page):
    address = {"@id": urljoin(page, resource["path"])}
    return {
        "@type": "dcat:Distribution",
        "dct:title": resource["path"],
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": MEDIA_TYPES + resource["mediatype"]},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(resource["bytes"])},
        "spdx:checksum": {
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": resource["hash"].partition(":")[2],
        },
        "dct:license": {"@id": LICENCE_URL},
    }


def _moment(when):
    return {
        "@type": "xsd:dateTime",
        "@value": timezone.localtime(when).isoformat(timespec="seconds"),
    }


def _described(key, title, summary, changed, page):
    return {
        "@id": f"{page}#{key}",
        "@type": "dcat:Dataset",
        "dct:identifier": key,
        "dct:title": _in_each(title),
        "dct:description": _in_each(summary),
        "dct:modified": _moment(changed),
        "dct:language": DCAT_LANGUAGES,
        "dct:license": {"@id": LICENCE_URL},
        "dcat:landingPage": {"@id": page},
    }


def _distribution(distribution, page):
    address = {"@id": urljoin(page, distribution.path)}
    described = {
        "@type": "dcat:Distribution",
        "dct:title": _in_each(distribution.title),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": MEDIA_TYPES + distribution.media_type},
        "dct:license": {"@id": LICENCE_URL},
    }
    if distribution.standard:
        described["dct:conformsTo"] = {"@id": distribution.standard}
    return described


def _in_each(text):
    """[{@language, @value}] of a lazy text."""
    texts = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts.append({"@language": code, "@value": str(text)})
    return texts
