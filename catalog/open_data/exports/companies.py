"""The download of companies: its columns, and the rows they read."""

from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.figures.companies import Work, work_of
from catalog.listings.companies import CompanyFilterSet
from catalog.models import Company, EngagementStage

from .columns import (
    ColumnKind,
    Export,
    ExportColumn,
    batches,
    bilingual,
    both,
    field_columns,
    record_columns,
    records_reader,
    sector_columns,
    sector_fields,
    slug_column,
    text_column,
)

_read_companies = records_reader(
    lambda: Company.objects.published().with_public("sector"),
    *(
        *bilingual("name"),
        "slug",
        "kind",
        "knowledge_based",
        "province",
        *bilingual("town"),
        "founded",
        "size",
    ),
    *("website", "public_email", "public_phone", *bilingual("summary"), "verified_on"),
    *sector_fields("public_sector"),
)


@dataclass(frozen=True)
class CompanyRow:
    """A company's plain values and its Work."""

    record: tuple
    work: Work


def _batches(filterset):
    return batches(filterset.qs, _read_companies, _rows)


def _rows(records):
    """A CompanyRow of each; two queries."""
    work = work_of(records)
    return [CompanyRow(record, work[record.pk]) for record in records]


def _columns(site, noun):
    stages = tuple(EngagementStage.choices)
    return (
        *field_columns(Company, *both("name")),
        slug_column(),
        *field_columns(Company, "kind", "knowledge_based"),
        *sector_columns("public_sector"),
        *field_columns(Company, "province"),
        text_column("town", _("Town")),
        ExportColumn("makes", _("Products it works on"), attrgetter("work.makes"), ColumnKind.NUMBER),
        ExportColumn(
            "furthest_stage", _("Furthest stage"), attrgetter("work.furthest"), ColumnKind.CODE, stages
        ),
        ExportColumn("buys", _("Products it wants to buy"), attrgetter("work.buys"), ColumnKind.NUMBER),
        *field_columns(Company, "founded", "size", "website", "public_email", "public_phone"),
        text_column("summary", _("Summary")),
        *field_columns(Company, "verified_on"),
        *record_columns(site, noun),
    )


COMPANY_EXPORT = Export(
    dataset=_("List of companies"),
    summary=_(
        "Firms and bodies on record: what they work on and how far, what they want to buy, how to reach them."
    ),
    read=lambda query: CompanyFilterSet(query, Company.objects.published()),
    batches=_batches,
    columns=_columns,
)
