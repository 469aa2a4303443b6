"""What can be taken away: the one list behind the open data page and its description for machines.

Each noun with downloads is a dataset; what follows a standard of its own is one besides. A distribution is
offered from the day its address exists and its dataset has a public row.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Contract, Desk
from catalog.nouns import nouns_offering

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
    """Public rows of a model with one meaning, in one or more formats. `key` names it on the page and for
    machines; `rows` makes the queryset where it is not all of them."""

    key: str
    title: str
    summary: str
    model: type[Model]
    distributions: tuple
    rows: Callable | None = None

    @property
    def existing(self):
        """The distributions whose address exists."""
        return [distribution for distribution in self.distributions if distribution.path]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ATOM = "https://www.rfc-editor.org/rfc/rfc4287"
OCDS = "https://standard.open-contracting.org/1.1/en/schema/"


def datasets():
    """Every Dataset, those of the lists first."""
    return [*(list_dataset(noun, export) for noun, export in nouns_offering("export")), *STANDARD_DATASETS]


def list_dataset(noun, export):
    """The downloads and the feed of a noun's list as a Dataset."""
    return Dataset(f"{noun.stem}-list", export.dataset, export.summary, noun.model, list_files(noun))


def list_files(noun):
    files = (
        Distribution(f"catalog:{noun.stem}_csv", _("Table"), "CSV", "text/csv"),
        Distribution(f"catalog:{noun.stem}_xlsx", _("Workbook"), "Excel", XLSX),
        Distribution(f"catalog:{noun.stem}_json", _("Records with codes"), "JSON", "application/json"),
    )
    feed = Distribution(
        f"catalog:{noun.stem}_feed", _("Latest changes"), "Atom", "application/atom+xml", ATOM
    )
    return (*files, feed) if noun.feed else files


STANDARD_DATASETS = (
    Dataset(
        "contracts",
        _("Contracts as open contracting data (OCDS)"),
        _(
            "Contracts and offtakes with their parties, values, lines, milestones, amendments and sources, "
            "in the Open Contracting Data Standard 1.1. No samples, no memoranda."
        ),
        Contract,
        (
            Distribution(
                "ocds_releases", _("Release package"), "JSON", "application/json", f"{OCDS}release_package/"
            ),
            Distribution(
                "ocds_records", _("Record package"), "JSON", "application/json", f"{OCDS}record_package/"
            ),
        ),
        rows=lambda: Contract.objects.published().open_contracting(),
    ),
    Dataset(
        "desks",
        _("Calendar of desks"),
        _("The days of the domestic production promotion desks, for any calendar program."),
        Desk,
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
