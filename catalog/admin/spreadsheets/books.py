"""What each noun's spreadsheet holds: one declaration of its columns for templates, reading and writing."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalog.admin.fields import currency_name
from catalog.formats.numerals import number
from catalog.models import (
    Company,
    Contract,
    ContractLine,
    Demand,
    Engagement,
    ExchangeRate,
    Facility,
    IdleUnit,
    ImportRecord,
    Milestone,
    Party,
    Payment,
    Product,
    languages,
)
from catalog.models.base import calendar_of
from catalog.open_data.exports.columns import ColumnKind

from .columns import LinkColumn, MoneyColumn, WholeNumberColumn, column_of

ORIGIN = (
    ("origin", ("Ministry", "Ministry"), gettext_lazy("Where it comes from. Left out: the ministry.")),
    ("source", ("", ""), gettext_lazy("Key of the source; needed for what the press reports.")),
    ("note", ("", "")),
)
PLACE = "n"
"""The column that counts rows under their record."""


class Place:
    """The number of a row under the record it belongs to: its first, its second line."""

    name, kind, examples, needed, empty = PLACE, ColumnKind.NUMBER, ("1", "2"), False, None
    label = gettext_lazy("Number")
    meaning = gettext_lazy("Which row under its record: 1, 2, 3 … in their order; empty for a further one.")

    def read(self, text, names):
        return WholeNumberColumn.read(self, text, names)

    def allowed(self):
        return ""

    def example(self, place):
        return self.examples[place]


class Said:
    """A column for the reader's eyes: the name of what a link leads to. It is not read."""

    kind, examples, needed = ColumnKind.TEXT, ("", ""), False
    meaning = gettext_lazy("Only so that you can read the row; it is not read again.")

    def __init__(self, link):
        self.link, self.name = link, f"{link.name}_name"

    @property
    def label(self):
        return _("%(column)s: name") % {"column": self.link.label}

    def allowed(self):
        return ""

    def example(self, place):
        return self.examples[place]


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of a model. `fields` are (name, its two examples[, meaning]); `keys` the alternatives
    by which a row is known, the first whose cells are filled; `parent` the field of the record that rows
    are counted under. `follows` {name of a column: (name of another, function of its value)} says what an
    empty cell stands for; `lapses` {name of a column: another} what a file without that column empties when
    it changes the other. `words_of_address` gives what the address of a new record is made of. `rule` raises
    ValidationError for what only forms forbid; `together` notes faults of rows that do not go together, given
    those of this sheet and of the ones before."""

    model: type[models.Model]
    name: str
    fields: tuple
    keys: tuple
    parent: str = ""
    follows: dict = field(default_factory=dict)
    lapses: dict = field(default_factory=dict)
    words_of_address: Callable | None = None
    rule: Callable = field(default=lambda record: None)
    together: Callable = field(default=lambda rows, checked: None)
    same: Callable = field(default=lambda values, record: True)

    @property
    def title(self):
        return capfirst(str(self.model._meta.verbose_name_plural))

    @cached_property
    def columns(self):
        """The columns that are read, by name."""
        found = {}
        for name, examples, *meaning in self.fields:
            if name == PLACE:
                found[name] = Place()
                continue
            found[name] = column = column_of(self.model, name, examples, *meaning)
            if isinstance(column, MoneyColumn):
                column.currency = currency_name(self.model, name) or ""
        return found

    @cached_property
    def links(self):
        return [column for column in self.columns.values() if isinstance(column, LinkColumn)]

    @cached_property
    def money(self):
        """The columns of amounts whose currency is another column of the sheet."""
        return [column for column in self.columns.values() if isinstance(column, MoneyColumn)]

    @cached_property
    def written(self):
        """The columns of a file: those that are read, and names beside keys."""
        found = []
        for column in self.columns.values():
            found.append(column)
            if isinstance(column, LinkColumn) and column.field.related_model in (Product, Company, Contract):
                found.append(Said(column))
        return [one for one in found if not isinstance(one, Said) or not one.link.field.many_to_many]

    @cached_property
    def given(self):
        """The columns that a new record may leave empty though its model asks for them."""
        pairs = languages.language_pairs(self.model)
        return {self.address, *(field.name for pair in pairs for field in pair)}

    def needs(self, column):
        """Whether no row is complete without a cell of this column."""
        return column.needed and column.name not in self.given

    @property
    def address(self):
        return next((name for name in ("slug", "key") if name in self.columns), "")


@dataclass(frozen=True)
class Book:
    """A file for one noun: its sheet, and those of the rows that stand under it."""

    name: str
    sheets: tuple

    @property
    def main(self):
        return self.sheets[0]

    @property
    def model(self):
        return self.main.model

    @property
    def title(self):
        return self.main.title

    @property
    def further(self):
        """The sheets of rows under its records, which a CSV holds one at a time."""
        return self.sheets[1:]

    def sheet(self, name):
        return next(sheet for sheet in self.sheets if sheet.name == name)


def _name_en(record):
    return record.name_en


def _rate_words(rate):
    return " ".join(str(part) for part in (rate.currency, rate.kind, rate.year) if part)


def _unit_rule(unit):
    if unit.capacity_unit and unit.capacity is None:
        raise ValidationError({"capacity": _("Write the capacity, or empty its unit.")})


def _line_rule(line):
    if line.amount is not None and not line.contract.currency:
        raise ValidationError({"amount": _("The lines have amounts: say in which currency.")})
    if line.delivered_amount and not line.contract.counts:
        message = _("Only contracts deliver: change the kind of the contract above, or empty this.")
        raise ValidationError({"delivered_amount": message})


def _milestone_rule(milestone):
    if milestone.done and milestone.done > timezone.localdate():
        message = _("This day is still to come: it cannot have been done then.")
        raise ValidationError({"done": message})


def _payment_rule(payment):
    if payment.paid_on and payment.paid_on > timezone.localdate():
        raise ValidationError({"paid_on": _("This day is still to come: nothing was paid then.")})


def _payments_together(rows, checked):
    """No more is paid of a facility than was approved, by the file and by what it leaves alone."""
    of_file = {one.record.pk: one.record for one in checked if isinstance(one.record, Facility)}
    facilities, paid = {}, defaultdict(list)
    for one in rows:
        if not one.faults:
            key = one.record.facility.pk or id(one.record.facility)  # a new one has no key yet
            facilities[key] = one.record.facility
            paid[key].append(one)
    stored = [facility.pk for facility in facilities.values() if facility.pk]
    left = Payment.objects.filter(facility__in=stored).exclude(pk__in=[one.record.pk for one in rows])
    others = dict(left.order_by().values_list("facility").annotate(Sum("amount")))
    for key, own in paid.items():
        total = others.get(key, 0) + sum(one.record.amount for one in own)
        approved = of_file.get(key, facilities[key]).approved_amount
        if approved is None or total <= approved:
            continue
        text = _("Together these payments come to %(paid)s: more than the %(approved)s approved.")
        language = get_language()
        words = text % {"paid": number(total, language), "approved": number(approved, language)}
        for one in own:
            if one.is_new or one.after:
                one.fault("amount", words)


def _same_figure(values, record):
    """Each source has a figure of its own, but a sample gives way to what is known. A file that does not name
    sources means the figure that there is."""
    return record.is_sample or "source" not in values or values["source"] == record.source_id


def _figures_together(rows, checked):
    """One figure of a product, year and currency is chosen for sums. Where sources differ, a file says whose
    figure it has."""
    chosen, unnamed = {}, {}
    for one in rows:
        if one.faults or not one.record.product_id:
            continue
        figure = one.record.product_id, one.record.year, one.record.currency
        if one.record.chosen and one.values.get("chosen") and chosen.setdefault(figure, one) is not one:
            one.fault("chosen", _("Another figure of that year is chosen in this file."))
        if one.is_new and "source" not in one.values:
            unnamed[figure] = one
    if unnamed:
        products = {product for product, _year, _currency in unnamed}
        there = ImportRecord.objects.filter(product__in=products).values_list("product", "year", "currency")
        for figure in unnamed.keys() & set(there):
            text = _("Several sources have a figure of that year: add a column that names the source.")
            unnamed[figure].fault("value", text)


IMPORT_RECORDS = Sheet(
    ImportRecord,
    "import_records",
    (
        ("product", ("slurry-pump", "841370"), gettext_lazy("Key, HS code or name of the product.")),
        ("year", ("1403", "2024")),
        (
            "calendar",
            ("Iranian", ""),
            gettext_lazy("Iranian or Gregorian. Left empty, the number of the year says it."),
        ),
        ("value", ("61834211", "44 billion toman")),
        ("currency", ("US dollars", "Rials"), gettext_lazy("Rials, toman, euros or US dollars.")),
        ("quantity", ("1250", "")),
        ("countries", ("CN,DE", "Germany, Italy")),
        ("calculated_from", ("", "")),
        ("chosen", ("", "")),
        *ORIGIN,
    ),
    keys=(
        ("product", "calendar", "year", "currency", "source"),
        ("product", "calendar", "year", "currency", "source", "origin"),
        ("product", "calendar", "year", "currency"),
    ),
    follows={"calendar": ("year", calendar_of)},
    lapses={"calculated_from": "value"},
    same=_same_figure,
    together=_figures_together,
)
DEMANDS = Sheet(
    Demand,
    "demands",
    (
        ("product", ("slurry-pump", "841370"), gettext_lazy("Key, HS code or name of the product.")),
        ("buyer", ("example-refinery", ""), gettext_lazy("Key, legal id or name of the company.")),
        ("year", ("1405", "")),
        ("quantity", ("40", "")),
        ("value", ("680000000000", "")),
        ("currency", ("Rials", ""), gettext_lazy("Rials, toman, euros or US dollars.")),
        ("commitment", ("Budgeted", "Indicative")),
        ("contract", ("", "")),
        ("confirmed_on", ("1405/03/01", "2026-05-22")),
        *ORIGIN,
    ),
    keys=(("product", "buyer", "year"),),
)
COMPANIES = Sheet(
    Company,
    "companies",
    (
        ("slug", ("", ""), gettext_lazy("Its key. Left empty, it is made from the English name.")),
        ("name_en", ("Example Pumps", "Example Valves")),
        ("name_fa", ("پمپ نمونه", "شیر نمونه")),
        ("legal_id", ("", "")),
        ("kind", ("Firm", "")),
        ("knowledge_based", ("Yes", "")),
        ("sector", ("", "")),
        ("province", ("", "")),
        ("town_en", ("", "")),
        ("town_fa", ("", "")),
        ("founded", ("1379", "")),
        ("size", ("", "")),
        ("website", ("https://company.example", "")),
        ("public_phone", ("", "")),
        ("public_email", ("", "")),
        ("summary_en", ("", "")),
        ("summary_fa", ("", "")),
        ("verified_on", ("", "")),
        *ORIGIN,
    ),
    keys=(("slug",), ("legal_id",), ("name_fa",), ("name_en",)),
    words_of_address=_name_en,
)
ENGAGEMENTS = Sheet(
    Engagement,
    "engagements",
    (
        ("company", ("example-pumps", ""), gettext_lazy("Key, legal id or name of the company.")),
        ("product", ("slurry-pump", "841370"), gettext_lazy("Key, HS code or name of the product.")),
        ("stage", ("Prototype", "Production")),
        ("since", ("1402", "")),
        ("capacity", ("220", "")),
        ("free_capacity", ("88", "")),
        ("local_share", ("65", "")),
        ("seeks", ("", "")),
        ("evidence_en", ("", "")),
        ("evidence_fa", ("", "")),
        ("confirmed_on", ("1405/03/01", "")),
        *ORIGIN,
    ),
    keys=(("company", "product"),),
)
CONTRACTS = Sheet(
    Contract,
    "contracts",
    (
        ("reference", ("M-1405-001", "M-1405-002")),
        ("kind", ("Contract", "Memorandum")),
        ("title_en", ("Pumps for a refinery", "Joint development of a valve")),
        ("title_fa", ("پمپ برای پالایشگاه", "توسعهٔ مشترک شیر")),
        ("desk", ("", "")),
        ("sector", ("", "")),
        ("signed_on", ("1405/03/01", "")),
        ("signed_precision", ("to the day", "")),
        ("due", ("1406/03/01", "")),
        ("status", ("Signed", "")),
        ("total_basis", ("the sum of its lines", "the total as stated")),
        ("stated_amount", ("", "44 billion toman")),
        ("currency", ("Euros", "Rials"), gettext_lazy("Rials, toman, euros or US dollars.")),
        ("items_count", ("", "")),
        ("items_unit", ("", "")),
        *ORIGIN,
    ),
    keys=(("reference",),),
)
_OF_CONTRACT = ("contract", ("M-1405-001", "M-1405-001"), gettext_lazy("Reference of the contract."))
PARTIES = Sheet(
    Party,
    "parties",
    (
        _OF_CONTRACT,
        (PLACE, ("1", "2")),
        ("role", ("Buyer", "Supplier")),
        ("company", ("example-refinery", "")),
        ("name_en", ("", "A company as printed")),
        ("name_fa", ("", "شرکتی به نام چاپ‌شده")),
    ),
    keys=((PLACE,),),
    parent="contract",
)
LINES = Sheet(
    ContractLine,
    "contract_lines",
    (
        _OF_CONTRACT,
        (PLACE, ("1", "2")),
        ("product", ("slurry-pump", "")),
        ("description_en", ("", "Spare parts")),
        ("description_fa", ("", "قطعات یدکی")),
        ("quantity", ("40", "")),
        ("unit", ("", "")),
        ("amount", ("2690000", "150000")),
        ("delivered_amount", ("", ""), gettext_lazy("What was delivered of the amount.")),
    ),
    keys=((PLACE,),),
    parent="contract",
    rule=_line_rule,
)
MILESTONES = Sheet(
    Milestone,
    "milestones",
    (
        _OF_CONTRACT,
        (PLACE, ("1", "2")),
        ("kind", ("First delivery", "Payment"), gettext_lazy("What is due: a delivery, a payment, a step.")),
        ("due", ("1405/12/01", "1406/03/01")),
        ("done", ("", "")),
    ),
    keys=((PLACE,),),
    parent="contract",
    rule=_milestone_rule,
)
FACILITIES = Sheet(
    Facility,
    "facilities",
    (
        ("reference", ("F-1405-12", "F-1405-13")),
        ("company", ("example-pumps", ""), gettext_lazy("Key, legal id or name of the company.")),
        ("contract", ("M-1405-001", ""), gettext_lazy("Reference of the contract.")),
        ("kind", ("Loan", "Guarantee")),
        ("purpose_en", ("Working capital", "")),
        ("purpose_fa", ("سرمایهٔ در گردش", "")),
        ("lender", ("example-bank", "")),
        ("lender_en", ("", "A bank as printed")),
        ("lender_fa", ("", "بانکی به نام چاپ‌شده")),
        ("approved_amount", ("44 billion toman", "250000")),
        ("currency", ("Rials", "Euros"), gettext_lazy("Rials, toman, euros or US dollars.")),
        ("approved_on", ("1405/03/01", "")),
        *ORIGIN,
    ),
    keys=(("reference",),),
)
PAYMENTS = Sheet(
    Payment,
    "payments",
    (
        ("facility", ("F-1405-12", "F-1405-12"), gettext_lazy("Reference of the facility.")),
        (PLACE, ("1", "2")),
        ("paid_on", ("1405/04/01", "1405/05/01")),
        ("amount", ("20 billion toman", "10 billion toman")),
    ),
    keys=((PLACE,),),
    parent="facility",
    rule=_payment_rule,
    together=_payments_together,
)
UNITS = Sheet(
    IdleUnit,
    "units",
    (
        ("slug", ("", ""), gettext_lazy("Its key. Left empty, it is made from the English name.")),
        ("name_en", ("Example foundry", "Example workshop")),
        ("name_fa", ("ریخته‌گری نمونه", "کارگاه نمونه")),
        ("sector", ("steel-metals", "general-machinery")),
        ("province", ("Yazd", "Qazvin")),
        ("town_en", ("", "")),
        ("town_fa", ("", "")),
        ("park_en", ("", "")),
        ("park_fa", ("", "")),
        ("products", ("slurry-pump; mill-liner", ""), gettext_lazy("Keys, with semicolons between them.")),
        ("capacity", ("107500", "")),
        ("capacity_unit", ("piece", "")),
        ("idle_since", ("1391", "")),
        ("causes", ("finance; legal matters", "")),
        ("needs", ("working capital", "")),
        ("needs_en", ("", "")),
        ("needs_fa", ("", "")),
        ("jobs", ("58", "")),
        ("status", ("Idle", "")),
        ("revived_on", ("", "")),
        ("confirmed_on", ("1405/03/01", "")),
        *ORIGIN,
    ),
    keys=(("slug",), ("name_fa",), ("name_en",)),
    words_of_address=_name_en,
    rule=_unit_rule,
)
PRODUCTS = Sheet(
    Product,
    "products",
    (
        ("slug", ("", ""), gettext_lazy("Its key. Left empty, it is made from the English name.")),
        ("name_en", ("Example pump", "Example valve")),
        ("name_fa", ("پمپ نمونه", "شیر نمونه")),
        ("sector", ("general-machinery", "refining")),
        ("hs_code", ("841370", "84818090")),
        ("unit", ("piece", "")),
        ("summary_en", ("", "")),
        ("summary_fa", ("", "")),
        ("specification", ("", "")),
        ("take_part_en", ("", "")),
        ("take_part_fa", ("", "")),
        ("target_year", ("1406", "")),
        ("reported", ("", "")),
        ("confirmed_on", ("", "")),
        *ORIGIN,
    ),
    keys=(("slug",), ("name_fa",), ("name_en",)),
    words_of_address=_name_en,
)
RATES = Sheet(
    ExchangeRate,
    "exchange_rates",
    (
        ("key", ("", ""), gettext_lazy("Its key. Left empty, it is made from currency, kind and year.")),
        ("currency", ("US dollars", "Euros")),
        ("kind", ("official rate", "market rate")),
        ("rials", ("420000", "1050000")),
        ("year", ("1404", "")),
        ("date_from", ("", "1405/03/01")),
        ("date_to", ("", "1405/03/31")),
        ("implied", ("No", "")),
        ("basis_en", ("", "")),
        ("basis_fa", ("", "")),
        *ORIGIN,
    ),
    keys=(("key",), ("currency", "kind", "year", "date_from")),
    words_of_address=_rate_words,
)

BOOKS = {
    book.name: book
    for book in (
        Book("import_records", (IMPORT_RECORDS,)),
        Book("demands", (DEMANDS,)),
        Book("companies", (COMPANIES,)),
        Book("engagements", (ENGAGEMENTS,)),
        Book("contracts", (CONTRACTS, PARTIES, LINES, MILESTONES)),
        Book("facilities", (FACILITIES, PAYMENTS)),
        Book("units", (UNITS,)),
        Book("products", (PRODUCTS,)),
        Book("exchange_rates", (RATES,)),
    )
}
"""In the order in which staff asked for them."""


def book_of(model):
    """The Book of a noun; None where it has none."""
    return next((book for book in BOOKS.values() if book.model is model), None)
