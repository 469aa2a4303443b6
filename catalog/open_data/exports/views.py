"""Listings as files: the query of the page, every matching row, in the page's order."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import FileResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.formats.calendar import to_jalali
from catalog.formats.numerals import digits, is_persian
from catalog.listings.companies import CompanyFilterSet
from catalog.listings.contracts import ContractFilterSet
from catalog.listings.facets import search_notices
from catalog.listings.products import read_query
from catalog.listings.units import UnitFilterSet
from catalog.models import Company, Contract, IdleUnit, Product, Sector
from catalog.open_data.exports import companies, contracts, csv_file, json_file, products, units, xlsx_file
from catalog.open_data.exports.columns import Table, batches
from catalog.views.contracts import with_parties
from catalog.views.units import with_products

FORMATS = {"csv": csv_file, "xlsx": xlsx_file, "json": json_file}
LONGEST_NOTICE = 300  # characters in the header, six bytes each in Persian: servers refuse long headers


@dataclass(frozen=True)
class Listing:
    """A noun whose listing can be taken away. `noun` names it in addresses ("product") and `rows` its rows in
    JSON ("products"); `read` makes the page's FilterSet of a query, `batches` the rows of its result,
    `columns` what they show (see catalog/open_data/exports/)."""

    noun: str
    rows: str
    title: str
    read: Callable
    batches: Callable
    columns: Callable

    @property
    def page(self):
        """Path of the listing as a page, in the active language."""
        return reverse(f"catalog:{self.noun}_list")


@require_safe
def export(request, listing, suffix):
    """The listing as a download. Of what cannot be used in its query the header X-Notices tells, a JSON
    list."""
    filterset = listing.read(request.GET)
    notices = [*filterset.notices, *search_notices(filterset)]
    form = FORMATS[suffix]
    if request.method == "HEAD":
        response = StreamingHttpResponse(())
    elif form is xlsx_file:
        response = FileResponse(workbook(table(request, listing, filterset, notices)))
    else:
        response = StreamingHttpResponse(form.chunks(table(request, listing, filterset, notices)))
    response.headers["Content-Type"] = form.CONTENT_TYPE
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name(listing, suffix))
    response.headers["X-Robots-Tag"] = "noindex"
    if notices:
        response.headers["X-Notices"] = json.dumps([notice[:LONGEST_NOTICE] for notice in notices])
    return response


def table(request, listing, filterset, notices):
    site = f"{request.scheme}://{request.get_host()}"
    query = filterset.chosen.urlencode()
    return Table(
        noun=listing.rows,
        title=str(listing.title),
        columns=listing.columns(site),
        page=f"{site}{listing.page}{'?' if query else ''}{query}",
        chosen=filterset.chosen_words,
        notices=notices,
        day=timezone.localdate(),
        language=get_language(),
        batches=listing.batches(filterset),
    )


def workbook(table):
    """The open file of an Excel workbook; nothing else holds it, and it is gone when it is closed."""
    with tempfile.TemporaryDirectory(prefix="portal-export-") as directory:
        place = Path(directory) / "export.xlsx"
        xlsx_file.write(table, place)
        return place.open("rb")


def file_name(listing, suffix):
    """ "Products 2026-05-11.csv", "کالاها ۱۴۰۵-۰۲-۲۱.csv"."""
    today, language = timezone.localdate(), get_language()
    if not is_persian(language):
        return f"{listing.title} {today.isoformat()}.{suffix}"
    return f"{listing.title} {digits('{:04}-{:02}-{:02}'.format(*to_jalali(today)), language)}.{suffix}"


def product_batches(filterset):
    ordered = filterset.ordered(filterset.result())
    records = Product.objects.published().select_related("sector", "source")
    return batches(ordered, records, lambda some: products.rows(some, filterset.year))


def company_batches(filterset):
    ordered = filterset.ordered(filterset.filter_queryset(filterset.queryset))
    return batches(ordered, companies.fetched(Company.objects.published()), companies.rows)


def contract_batches(filterset):
    ordered = filterset.ordered(filterset.filter_queryset(filterset.queryset).with_lateness())
    records = with_parties(contracts.fetched(Contract.objects.published().with_amounts()))
    return batches(ordered, records, contracts.rows)


def unit_batches(filterset):
    ordered = filterset.ordered(filterset.filter_queryset(filterset.queryset))
    records = with_products(units.fetched(IdleUnit.objects.published()))
    return batches(ordered, records, rows=list)


PRODUCTS = Listing(
    noun="product",
    rows="products",
    title=_("Products"),
    read=read_query,
    batches=product_batches,
    columns=products.columns,
)
COMPANIES = Listing(
    noun="company",
    rows="companies",
    title=_("Companies"),
    read=lambda data: CompanyFilterSet(data, Company.objects.published()),
    batches=company_batches,
    columns=companies.columns,
)
CONTRACTS = Listing(
    noun="contract",
    rows="contracts",
    title=_("Contracts"),
    read=lambda data: ContractFilterSet(data, Contract.objects.published()),
    batches=contract_batches,
    columns=contracts.columns,
)
UNITS = Listing(
    noun="unit",
    rows="units",
    title=_("Idle units"),
    read=lambda data: UnitFilterSet(data, sectors=Sector.objects.published()),
    batches=unit_batches,
    columns=units.columns,
)


def addresses(listing):
    """The listing's downloads, named product_csv, product_xlsx, product_json: they take no argument."""
    return [
        path(
            f"{listing.rows}/export.{suffix}",
            export,
            {"listing": listing, "suffix": suffix},
            name=f"{listing.noun}_{suffix}",
        )
        for suffix in FORMATS
    ]
