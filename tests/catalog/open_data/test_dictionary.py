"""The dictionary of fields: every public noun, nothing that is not public."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from catalog.models.base import Record
from catalog.nouns import nouns
from catalog.open_data.dictionary import INTERNAL, noun_entries

# Nouns the public never sees as records of their own.
UNSEEN = {"ProductAlias", "LoadRun", "LoadedRow"}


def fields(key, language="en"):
    with override(language):
        noun = next(noun for noun in noun_entries() if noun.key == key)
    return {field.name: field for field in noun.fields}


def test_every_record_of_the_domain_is_explained():
    records = {
        model.__name__ for model in apps.get_app_config("catalog").get_models() if issubclass(model, Record)
    }
    assert records <= {noun.model.__name__ for noun in nouns("dictionary")} | UNSEEN
    assert {"Product", "Contract", "Party", "ContractLine", "Source"} <= {noun.key for noun in noun_entries()}


@pytest.mark.parametrize(("language", "letters"), [("en", "[a-z]"), ("fa", "[ء-ی]")])
def test_every_field_says_what_it_is_in_the_reader_s_language(language, letters):
    with override(language):
        for noun in noun_entries():
            for field in noun.fields:
                assert re.search(letters, field.label, re.IGNORECASE), (noun.key, field.name)
                assert re.search(letters, field.kind, re.IGNORECASE), (noun.key, field.name)


def test_what_is_internal_stays_inside():
    for noun in noun_entries():
        assert not {field.name for field in noun.fields} & INTERNAL
    assert {"note", "state", "sort_fa", "updated_at", "legal_id"} <= INTERNAL


def test_choices_are_those_of_the_model():
    from_model = [(value, str(label)) for value, label in apps.get_model("catalog.Contract").Status.choices]
    assert list(fields("Contract")["status"].choices) == from_model


@pytest.mark.parametrize(
    ("noun", "field", "kind"),
    [
        ("ImportRecord", "year", "year, Iranian or Gregorian as its number says"),
        ("ImportRecord", "value", "whole number, money in whole units of its currency"),
        ("Demand", "quantity", "whole number"),
        ("Contract", "signed_on", "day, Gregorian (ISO 8601)"),
        ("Contract", "desk", "link to desk"),
        ("Desk", "sectors", "links to sectors"),
        ("Company", "knowledge_based", "yes or no"),
        ("Company", "website", "web address"),
        ("Product", "slug", "name for machines"),
        ("Product", "stage", "one of these values"),
        ("Product", "summary_en", "text"),
    ],
)
def test_a_field_says_what_kind_of_value_it_holds(noun, field, kind):
    assert fields(noun)[field].kind == kind


def test_it_says_what_may_be_empty():
    assert fields("Contract")["signed_on"].optional
    assert not fields("Contract")["reference"].optional


def test_a_new_field_joins_by_itself():
    model = apps.get_model("catalog.Source")
    own = {field.name for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)}
    assert set(fields("Source")) == own
