"""The two files: a package of releases, and a package of records."""

from dataclasses import dataclass
from urllib.parse import urljoin

from .releases import release

OCDS_VERSION = "1.1"


@dataclass(frozen=True)
class Publication:
    """Who publishes, and where: `site` is the root of the host, `licence` and `policy` are addresses."""

    prefix: str
    publisher: str
    site: str
    licence: str
    policy: str


def release_package(contracts, publication, uri):
    """Releases of these contracts (at least one) as the package at `uri`."""
    releases = [release(contract, publication) for contract in contracts]
    return {**_metadata(releases, publication, uri), "releases": releases}


def record_package(contracts, publication, uri, releases_uri):
    """One record for each of these contracts (at least one); their releases are linked, for the compiled one
    says the same."""
    releases = [release(contract, publication) for contract in contracts]
    return {
        **_metadata(releases, publication, uri),
        "packages": [releases_uri],
        "records": [_record(one, releases_uri) for one in releases],
    }


def _metadata(releases, publication, uri):
    return {
        "uri": uri,
        "version": OCDS_VERSION,
        "publishedDate": max(one["date"] for one in releases),
        "publisher": {"name": publication.publisher, "uri": urljoin(publication.site, "/")},
        "license": publication.licence,
        "publicationPolicy": publication.policy,
    }


def _record(one, releases_uri):
    """The only release there is, linked and compiled; a compiled one has a name and a tag of its own."""
    ocid, date = one["ocid"], one["date"]
    return {
        "ocid": ocid,
        "releases": [{"url": f"{releases_uri}#{one['id']}", "date": date, "tag": one["tag"]}],
        "compiledRelease": {**one, "id": f"{ocid}-{date}", "tag": ["compiled"]},
    }
