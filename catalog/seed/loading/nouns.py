"""Which file fills which model, in the order that lets every row find the rows it points to.

A column of a file is a field of the model by its name. A foreign key is written as the key of the row it
points to, a many-to-many field as keys separated by semicolons. A column that is in `key` but no field (`n`,
the number of a line in its contract) only tells rows apart.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from catalog.models import (
    Amendment,
    Company,
    Contract,
    ContractLine,
    Demand,
    Desk,
    DeskBuyer,
    DeskProduct,
    Engagement,
    ExchangeRate,
    Facility,
    IdleUnit,
    ImportRecord,
    Indicator,
    Milestone,
    Office,
    Parameter,
    Party,
    Payment,
    Product,
    ProductAlias,
    Sector,
    Source,
    Statement,
)


@dataclass(frozen=True)
class Noun:
    """One kind of row: its `name` for people and for LoadedRow.noun, its `file` below data/facts and
    data/sample, the model it fills, and the columns that tell its rows apart.
    """

    name: str
    file: str
    model: type[models.Model]
    key: tuple[str, ...]

    @cached_property
    def fields(self):
        """Column name -> model field, for every column a file may have."""
        many = {field.name: field for field in self.model._meta.many_to_many}
        return many | {field.name: field for field in self.model._meta.concrete_fields if _fillable(field)}

    @property
    def has_origin(self):
        return any(field.name == "origin" for field in self.model._meta.concrete_fields)

    @property
    def has_state(self):
        return any(field.name == "state" for field in self.model._meta.concrete_fields)

    @property
    def key_is_natural(self):
        """Whether the key consists of fields, so that a row somebody typed can be recognised by it."""
        return all(column in self.fields for column in self.key)


def _fillable(field):
    return field.editable and not field.primary_key


NOUNS = (
    Noun("source", "sources.csv", Source, ("key",)),
    Noun("sector", "sectors.csv", Sector, ("slug",)),
    Noun("product", "products.csv", Product, ("slug",)),
    Noun("alias", "aliases.csv", ProductAlias, ("product", "text")),
    Noun("parameter", "parameters.csv", Parameter, ("product", "order")),
    Noun("import record", "import_records.csv", ImportRecord, ("product", "year", "currency")),
    Noun("company", "companies.csv", Company, ("slug",)),
    Noun("engagement", "engagements.csv", Engagement, ("company", "product")),
    Noun("demand", "demands.csv", Demand, ("product", "buyer", "year")),
    Noun("office", "offices.csv", Office, ("key",)),
    Noun("desk", "desks.csv", Desk, ("slug",)),
    Noun("desk product", "desk_products.csv", DeskProduct, ("desk", "product")),
    Noun("desk buyer", "desk_buyers.csv", DeskBuyer, ("desk", "company")),
    Noun("contract", "contracts.csv", Contract, ("reference",)),
    Noun("party", "parties.csv", Party, ("contract", "n")),
    Noun("contract line", "contract_lines.csv", ContractLine, ("contract", "n")),
    Noun("milestone", "milestones.csv", Milestone, ("contract", "n")),
    Noun("amendment", "amendments.csv", Amendment, ("contract", "n")),
    Noun("idle unit", "idle_units.csv", IdleUnit, ("slug",)),
    Noun("facility", "facilities.csv", Facility, ("reference",)),
    Noun("payment", "payments.csv", Payment, ("facility", "n")),
    Noun("exchange rate", "exchange_rates.csv", ExchangeRate, ("key",)),
    Noun("indicator", "indicators.csv", Indicator, ("slug",)),
    Noun("statement", "statements.csv", Statement, ("key",)),
)

# How other files name a row of a model: by the one column that is its key.
REFERRED_BY = {noun.model: noun.key[0] for noun in NOUNS if len(noun.key) == 1}
