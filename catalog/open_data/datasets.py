"""What can be taken away: the one list behind the open data page and its description for machines.

A new download joins with one line, a Distribution in the Dataset it belongs to. It is offered from the day
its address exists and its dataset has a public row.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Company, Contract, Desk, IdleUnit, Product

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Distribution:
    """One file or feed: the name of its address, a title, its format as people and as machines say it, and
    the address of the standard it keeps to, if any."""

    address: str
    title: str
    format: str
    media_type: str
    standard: str = ""

    @property
    def path(self):
        """Its path in the active language; None while it does not exist."""
        try:
            return reverse(self.address)
        except NoReverseMatch:
            return None


@dataclass(frozen=True)
class Dataset:
    """Public rows with one meaning, in one or more formats. `key` names it on the page and for machines;
    `rows` makes the queryset, whose rows have `updated_at`."""

    key: str
    title: str
    summary: str
    rows: Callable
    distributions: tuple

    @property
    def existing(self):
        """The distributions whose address exists."""
        return [distribution for distribution in self.distributions if distribution.path]


def files_of(noun):
    """The downloads and the feed of a listing (views/exports.py, views/feeds.py)."""
    return (
        Distribution(f"catalog:{noun}_csv", _("Table"), "CSV", "text/csv"),
        Distribution(f"catalog:{noun}_xlsx", _("Workbook"), "Excel", XLSX),
        Distribution(f"catalog:{noun}_json", _("Records with codes"), "JSON", "application/json"),
        Distribution(f"catalog:{noun}_feed", _("Latest changes"), "Atom", "application/atom+xml", ATOM),
    )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ATOM = "https://www.rfc-editor.org/rfc/rfc4287"
OCDS = "https://standard.open-contracting.org/1.1/en/schema/"

DATASETS = (
    Dataset(
        "product-list",
        _("List of products"),
        _(
            "Every product with its code, imports, makers and buyers, and with the source of each figure. "
            "The page of the list gives the same for what is chosen there. Samples are marked. In CSV a text "
            "that begins like a formula has an apostrophe before it, so that no spreadsheet runs it."
        ),
        Product.objects.published,
        files_of("product"),
    ),
    Dataset(
        "company-list",
        _("List of companies"),
        _(
            "Firms and bodies on record: what they work on and how far, what they want to buy, how to reach "
            "them."
        ),
        Company.objects.published,
        files_of("company"),
    ),
    Dataset(
        "contract-list",
        _("List of contracts"),
        _(
            "Contracts, memoranda and plans with parties, amounts, days and steps, as on the page of the "
            "list."
        ),
        Contract.objects.published,
        files_of("contract"),
    ),
    Dataset(
        "unit-list",
        _("List of idle units"),
        _("Where each unit stands, why it stopped, what it needs and which wanted products it could make."),
        IdleUnit.objects.published,
        files_of("unit"),
    ),
    Dataset(
        "contracts",
        _("Contracts as open contracting data (OCDS)"),
        _(
            "Contracts and offtakes with their parties, values, lines, milestones, amendments and sources, "
            "in the Open Contracting Data Standard 1.1. No samples, no memoranda."
        ),
        lambda: Contract.objects.published().open_contracting(),
        (
            Distribution(
                "ocds_releases", _("Release package"), "JSON", "application/json", f"{OCDS}release_package/"
            ),
            Distribution(
                "ocds_records", _("Record package"), "JSON", "application/json", f"{OCDS}record_package/"
            ),
        ),
    ),
    Dataset(
        "desks",
        _("Calendar of desks"),
        _("The days of the domestic production promotion desks, for any calendar program."),
        Desk.objects.published,
        (
            Distribution(
                "catalog:desk_calendar",
                _("Calendar feed"),
                "iCalendar",
                "text/calendar",
                "https://www.rfc-editor.org/rfc/rfc5545",
            ),
        ),
    ),
)
