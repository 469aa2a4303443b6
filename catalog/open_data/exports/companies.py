"""The columns of the company download, and what they need from the database."""

from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.figures.companies import Work, work_of
from catalog.models import Company, EngagementStage

from .columns import Column, Kind, of_field
from .origins import both, record_columns, sector_columns, slug_column

COMPANY = attrgetter("company")


@dataclass(frozen=True)
class CompanyRow:
    """A company and its Work."""

    company: Company
    work: Work


def fetched(companies):
    """Companies with what their columns read."""
    return companies.select_related("sector", "source")


def rows(companies):
    """A CompanyRow of each; two queries."""
    work = work_of(companies)
    return [CompanyRow(company, work[company.pk]) for company in companies]


def columns(site):
    """The columns, as functions of a CompanyRow; see record_columns for `site`."""
    stages = tuple(EngagementStage.choices)
    return (
        *_fields(*both("name")),
        slug_column(COMPANY),
        *_fields("kind", "knowledge_based"),
        *sector_columns(COMPANY),
        *_fields("province"),
        Column("town", _("Town"), attrgetter("company.town")),
        Column("makes", _("Products it works on"), attrgetter("work.makes"), Kind.NUMBER),
        Column("furthest_stage", _("Furthest stage"), attrgetter("work.furthest"), Kind.CODE, stages),
        Column("buys", _("Products it wants to buy"), attrgetter("work.buys"), Kind.NUMBER),
        *_fields("founded", "size", "website", "public_email", "public_phone"),
        Column("summary", _("Summary"), attrgetter("company.summary")),
        *_fields("verified_on"),
        *record_columns(COMPANY, site),
    )


def _fields(*names):
    return (of_field(Company, name, "company") for name in names)
