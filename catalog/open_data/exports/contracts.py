"""The download of contracts: its columns, and the rows they read."""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.formats.calendar import iranian_year_of
from catalog.listings.contracts import ContractFilterSet
from catalog.models import Contract, Milestone, Party
from catalog.models.base import in_language

from .columns import (
    ColumnKind,
    Export,
    ExportColumn,
    batches,
    bilingual,
    both,
    children_reader,
    field_columns,
    record_columns,
    records_reader,
    sector_columns,
    sector_fields,
    text_column,
)

_read_contracts = records_reader(
    lambda: Contract.objects.published().with_public("sector", "desk"),
    *("reference", "kind", *bilingual("title"), "public_desk__slug", *bilingual("public_desk__name")),
    *("signed_on", "signed_precision", "due", "status", "amount", "currency", "total_basis", "delivered"),
    *("items_count", "items_unit", *sector_fields("public_sector")),
)
_read_parties = children_reader(
    Party.objects.with_public_company,
    "contract",
    *("company_id", "role", *bilingual("name"), *bilingual("company__name")),
)
_read_milestones = children_reader(Milestone.objects.all, "contract", "due", "done")
_PARTIES = {
    Party.Role.BUYER: ("buyers", pgettext_lazy("of a contract", "Buyers")),
    Party.Role.SUPPLIER: ("suppliers", _("Suppliers")),
    Party.Role.FINANCIER: ("financiers", _("Financiers")),
    Party.Role.OTHER: ("other_parties", _("Other parties")),
}


@dataclass(frozen=True)
class ContractRow:
    """A contract's plain values, its public parties, and its milestones counted by progress."""

    record: tuple
    parties: list
    steps: Counter


def _batches(filterset):
    return batches(filterset.qs, _read_contracts, _rows)


def _rows(records):
    """A ContractRow of each; two queries."""
    keys = [record.pk for record in records]
    parties, milestones = _read_parties(keys), _read_milestones(keys)
    return [
        ContractRow(record, parties[record.pk], _progress(record, milestones[record.pk]))
        for record in records
    ]


def _progress(record, milestones):
    """The Counter of Milestone.progress of a contract's milestones."""
    contract, today = Contract(kind=record.kind, status=record.status), timezone.localdate()
    steps = (SimpleNamespace(contract=contract, due=one.due, done=one.done) for one in milestones)
    return Counter(Milestone.progress_on(step, today) for step in steps)


def _columns(site, noun):
    precisions = tuple(Contract.Precision.choices)
    return (
        *field_columns(Contract, "reference", "kind"),
        ExportColumn("counts", _("Counts as a contract"), _counts, ColumnKind.YES_NO),
        *field_columns(Contract, *both("title")),
        *sector_columns("public_sector"),
        text_column("desk", _("Desk"), "public_desk__name"),
        ExportColumn("desk_slug", _("Desk: name in its address"), attrgetter("record.public_desk__slug")),
        *(ExportColumn(*names, _names_in(role), ColumnKind.TEXTS) for role, names in _PARTIES.items()),
        *field_columns(Contract, "signed_on"),
        ExportColumn(
            "signed_precision",
            _("How exactly that day is known"),
            attrgetter("record.signed_precision"),
            ColumnKind.CODE,
            precisions,
        ),
        ExportColumn(
            "signed_year",
            _("Signed in the Iranian year"),
            lambda row: signed_year(row.record),
            ColumnKind.YEAR,
        ),
        *field_columns(Contract, "due", "status"),
        ExportColumn("amount", _("Amount"), attrgetter("record.amount"), ColumnKind.NUMBER),
        ExportColumn("currency", _("Currency"), attrgetter("record.currency")),
        *field_columns(Contract, "total_basis"),
        ExportColumn("delivered", _("Amount delivered"), attrgetter("record.delivered"), ColumnKind.NUMBER),
        *field_columns(Contract, "items_count", "items_unit"),
        ExportColumn("steps", _("Steps"), lambda row: row.steps.total(), ColumnKind.NUMBER),
        ExportColumn("steps_done", _("Steps done"), lambda row: row.steps["done"], ColumnKind.NUMBER),
        ExportColumn("steps_late", _("Steps late"), lambda row: row.steps["late"], ColumnKind.NUMBER),
        *record_columns(site, noun),
    )


def _counts(row):
    return row.record.kind in Contract.COUNTED


def _names_in(role):
    def names(row):
        return tuple(_party_name(party) for party in row.parties if party.role == role)

    return names


def _party_name(party):
    return in_language(party, "company__name" if party.company_id else "name")


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


CONTRACT_EXPORT = Export(
    dataset=_("List of contracts"),
    summary=_(
        "Contracts, memoranda and plans with parties, amounts, days and steps, as on the page of the list."
    ),
    read=lambda query: ContractFilterSet(query, Contract.objects.published()),
    batches=_batches,
    columns=_columns,
)
