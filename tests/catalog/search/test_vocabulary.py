"""The words of the index: whoever leaves takes along what nobody else holds."""

import pytest
from django.db import connection

from catalog import search
from catalog.search import vocabulary, word_lookup
from catalog.search.documents import document_tokens

DEFAULT = "default"


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, written FROM catalog_search_word")
        return dict(cursor.fetchall())


def near(word):
    return [one.written for one in word_lookup.near_words([word], DEFAULT)[word]]


def test_words_enter_with_the_first_product_and_leave_with_the_last(index, shelf):
    index({"names": ("Slurry pump", "پمپ دوغاب")}, {"names": ("Slurry valve",), "texts": ("Of bronze",)})
    assert stored().keys() == {"slurry", "pump", "دوغاب", "valve", "bronze"}
    search.remove([shelf[1]])
    assert stored().keys() == {"slurry", "pump", "دوغاب"}
    search.put([search.SearchDocument(id=shelf[0], names=("Mud pump",))])
    assert stored().keys() == {"pump"}  # "mud" is too short to be misspelt
    search.clear()
    assert stored() == {}


def test_a_word_is_offered_as_a_record_writes_it(index):
    index(
        {"names": ("Turbo-Compressor", "پمپ آب‌شیرین‌کن"), "aliases": ("HDPE-Catalyst", "Ex d", "n95mask 8413")}
    )
    assert stored() == {
        "turbo": "turbo",
        "compressor": "compressor",
        "turbocompressor": "turbo-compressor",
        "hdpe": "HDPE",
        "catalyst": "catalyst",
        "hdpecatalyst": "HDPE-Catalyst",
        "شیرین": "شیرین",
        "ابشیرینکن": "آب‌شیرین‌کن",
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("compresor", ["compressor"]),  # a letter missing
        ("comppressor", ["compressor"]),  # one too many
        ("compressar", ["compressor"]),  # one wrong
        ("comperssor", ["compressor"]),  # two swapped
        ("compressors", ["compressor"]),
        ("comprsor", []),  # two errors
        ("vlve", ["valve"]),
        ("pmup", []),  # too short to tell
        ("کمپرسر", ["کمپرسور"]),
        ("کنپرسور", ["کمپرسور"]),
        ("abshirinkn", []),
    ],
)
def test_one_typing_error_is_forgiven_in_words_of_five_letters_and_more(index, typed, meant):
    index({"names": ("Compressor", "کمپرسور"), "aliases": ("valve", "pump")})
    assert near(typed) == meant


def test_the_likeliest_word_comes_first(index):
    index({"names": ("Motor", "x")}, {"names": ("Rotor", "y")}, {"names": ("Rotor", "Retor")})
    assert near("rotar") == ["rotor"]
    assert near("notor") == ["rotor", "motor"]  # more products hold it
    assert near("metor") == ["motor", "retor"]  # it begins so


def test_a_part_leads_to_the_compounds_that_end_in_it(index):
    index({"names": ("Turbocharger", "توربوشارژرها"), "texts": ("Superplasticisers and bearing",)})
    found = word_lookup.compounds_ending_in(
        ["charger", "chargers", "شارژر", "plasticiser", "ring", "turbo"], DEFAULT
    )
    assert {part: words for part, words in found.items() if words} == {
        "charger": ("turbocharger",),
        "chargers": ("turbocharger",),
        "شارژر": ("توربوشارژرها",),
        "plasticiser": ("superplasticisers",),
    }
    assert word_lookup.compounds_containing(["plastic"], DEFAULT) == {"plastic": ("superplasticisers",)}


def test_the_longest_beginning_that_the_index_knows_is_found(index):
    index({"names": ("Smart meter", "پمپ خودمکش"), "texts": ("smelter",)})
    found = word_lookup.longest_prefixes(["smartphone", "smog", "خودنویس", "zzzz"], DEFAULT)
    assert found == {"smartphone": "smart", "خودنویس": "خود"}


def test_faults_are_named(index):
    documents = index({"names": ("Turbine",)})
    expected = set(vocabulary.words_of(documents[0], document_tokens(documents[0])))
    assert list(vocabulary.faults(expected, DEFAULT)) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search_form WHERE form = '-turbin'")
    assert list(vocabulary.faults(expected, DEFAULT)) == [("turbine", "stale")]
    assert ("turbine", "left over") in list(vocabulary.faults(set(), DEFAULT))
    assert ("rotor", "missing") in list(vocabulary.faults(expected | {"rotor"}, DEFAULT))
