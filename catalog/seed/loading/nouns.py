"""Which file fills which model, in the order that lets every row find the rows it points to.

A column of a file is a field of the model by its name. A foreign key is written as the key of the row it
points to, a many-to-many field as keys separated by semicolons. A column that is in `key` but no field (`n`,
the number of a line in its contract) only tells rows apart.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from catalog.models import ProductAlias
from catalog.nouns import key_of, nouns


@dataclass(frozen=True)
class LoadedNoun:
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


ALIASES = LoadedNoun("alias", "aliases.csv", ProductAlias, ("product", "text"))  # public only as a product's


def loaded_nouns():
    """A LoadedNoun for each data file, those first to which others point."""
    waiting = [
        ALIASES,
        *(
            LoadedNoun(noun.one, f"{noun.name}.csv", noun.model, noun.row_key or (key_of(noun.model),))
            for noun in nouns("loaded")
        ),
    ]
    ordered = []
    while waiting:
        models_left = {noun.model for noun in waiting}
        ready = next(noun for noun in waiting if not (_pointed_at(noun.model) & models_left))
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def _pointed_at(model):
    """The other models to which rows of this one point."""
    links = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return {field.related_model for field in links if field.related_model} - {model}


LOADED_NOUNS = loaded_nouns()

# How other files name a row of a model: by the one column that is its key.
REFERRED_BY = {noun.model: noun.key[0] for noun in LOADED_NOUNS if len(noun.key) == 1}
