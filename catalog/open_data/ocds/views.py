"""Contracts as open contracting data: /ocds/releases.json and /ocds/records.json."""

import hashlib
import json

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override
from django.views.decorators.http import require_safe

from catalog.models import Contract, ContractLine, Document, Origin, Party
from catalog.open_data.datasets import LICENCE_URL
from catalog.open_data.ocds.packages import Publication, record_package, release_package


@require_safe
def releases(request):
    """The release package; 404 while no contract is public, for a package holds at least one."""
    uri = request.build_absolute_uri(reverse("ocds_releases"))
    return package_response(request, release_package(contracts_to_publish(), ocds_publication(request), uri))


@require_safe
def records(request):
    """The record package; 404 as above."""
    uri = request.build_absolute_uri(reverse("ocds_records"))
    releases_uri = request.build_absolute_uri(reverse("ocds_releases"))
    return package_response(
        request, record_package(contracts_to_publish(), ocds_publication(request), uri, releases_uri)
    )


releases.heavy = records.heavy = True
releases.public = records.public = True


def contracts_to_publish():
    published = list(contracts())
    if not published:
        raise Http404("No contract to publish")
    return published


def contracts():
    """Public contracts with all that a release tells, in a constant number of queries."""
    parties = Party.objects.with_public_company().exclude(company__origin=Origin.SAMPLE)
    documents = Document.objects.published().filter(access=Document.Access.PUBLIC)
    return (
        Contract.objects.published()
        .open_contracting()
        .select_related("source", "desk")
        .prefetch_related(
            Prefetch("parties", parties.select_related("company"), to_attr="public_parties"),
            Prefetch("documents", documents.exclude(origin=Origin.SAMPLE), to_attr="public_documents"),
            Prefetch("lines", ContractLine.objects.select_related("product__sector")),
            "milestones",
            "amendments",
        )
        .order_by("pk")
    )


def ocds_publication(request):
    with override("en"):
        policy = f"{reverse('catalog:data')}#ocds"
    return Publication(
        prefix=settings.OCDS_PREFIX,
        publisher=publisher_name(),
        site=request.build_absolute_uri("/"),
        licence=LICENCE_URL,
        policy=request.build_absolute_uri(policy),
    )


def publisher_name():
    """The owner, else the site, in English; with what keeps a reader from taking it for official."""
    notes = []
    owner = settings.SITE_OWNER["en"] or settings.SITE_OWNER["fa"]
    if not owner:
        notes.append("a demonstration")
    if settings.OCDS_PREFIX == settings.OCDS_DEMONSTRATION_PREFIX:
        notes.append(f"the prefix {settings.OCDS_PREFIX} is not registered")
    name = owner or settings.SITE_NAME["en"]
    return f"{name} ({'; '.join(notes)})" if notes else name


def package_response(request, package):
    """The package as JSON. Caches may keep it but ask each time: a contract may be withdrawn any minute."""
    body = json.dumps(package, ensure_ascii=False).encode()
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Content-Language"] = "en, fa"  # whatever the browser prefers
    return response
