"""The columns of the contract download, and what they need from the database."""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.formats.calendar import iranian_year_of
from catalog.models import Contract, Party

from .columns import Column, Kind, of_field
from .origins import both, public, record_columns, sector_columns

CONTRACT = attrgetter("contract")
PRECISION = attrgetter("contract.signed_precision")
PRECISIONS = tuple(Contract.Precision.choices)
PARTIES = {
    Party.Role.BUYER: ("buyers", pgettext_lazy("of a contract", "Buyers")),
    Party.Role.SUPPLIER: ("suppliers", _("Suppliers")),
    Party.Role.FINANCIER: ("financiers", _("Financiers")),
    Party.Role.OTHER: ("other_parties", _("Other parties")),
}


@dataclass(frozen=True)
class ContractRow:
    """A contract, and its milestones counted by progress (done, late, ahead)."""

    contract: Contract
    steps: Counter


def fetched(contracts):
    """Contracts of `with_amounts`, their `public_parties` fetched, with what else their columns read."""
    return contracts.select_related("desk", "sector", "source").prefetch_related("milestones")


def rows(contracts):
    """A ContractRow of each."""
    return [
        ContractRow(contract, Counter(milestone.progress for milestone in contract.milestones.all()))
        for contract in contracts
    ]


def columns(site):
    """The columns, as functions of a ContractRow; see record_columns for `site`."""
    return (
        *_fields("reference", "kind"),
        Column("counts", _("Counts as a contract"), attrgetter("contract.counts"), Kind.YES_NO),
        *_fields(*both("title")),
        *sector_columns(CONTRACT),
        Column("desk", _("Desk"), _of_desk("name")),
        Column("desk_slug", _("Desk: name in its address"), _of_desk("slug")),
        *(Column(*names, _parties(role), Kind.TEXTS) for role, names in PARTIES.items()),
        *_fields("signed_on"),
        Column("signed_precision", _("How exactly that day is known"), PRECISION, Kind.CODE, PRECISIONS),
        Column("signed_year", _("Signed in the Iranian year"), _year, Kind.YEAR),
        *_fields("due", "status"),
        Column("amount", _("Amount"), attrgetter("contract.amount"), Kind.NUMBER),
        Column("currency", _("Currency"), attrgetter("contract.currency")),
        *_fields("total_basis"),
        Column("delivered", _("Amount delivered"), attrgetter("contract.delivered"), Kind.NUMBER),
        *_fields("items_count", "items_unit"),
        Column("steps", _("Steps"), lambda row: row.steps.total(), Kind.NUMBER),
        Column("steps_done", _("Steps done"), lambda row: row.steps["done"], Kind.NUMBER),
        Column("steps_late", _("Steps late"), lambda row: row.steps["late"], Kind.NUMBER),
        *record_columns(CONTRACT, site),
    )


def _fields(*names):
    return (of_field(Contract, name, "contract") for name in names)


def _of_desk(name):
    return lambda row: getattr(public(row.contract.desk), name, None)


def _parties(role):
    return lambda row: tuple(party.name for party in row.contract.public_parties if party.role == role)


def _year(row):
    return signed_year(row.contract)


def signed_year(contract):
    """The Iranian year, None where what is known lies in two: March 2019 is Esfand 1397 or Farvardin 1398."""
    first, precision = contract.signed_on, contract.signed_precision
    if first is None:
        return None
    last = first
    if precision == Contract.Precision.MONTH and first.day == 1:
        last = first.replace(day=28)
    elif precision == Contract.Precision.YEAR and (first.month, first.day) == (1, 1):
        last = first.replace(month=12, day=31)
    years = {iranian_year_of(first), iranian_year_of(last)}
    return years.pop() if len(years) == 1 else None
