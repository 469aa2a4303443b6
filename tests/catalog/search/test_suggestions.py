import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import search
from catalog.search.suggestions import SuggestedRecord, digests, expected_digest, starts


@pytest.fixture
def offer(db):
    """Call with entries; see `product`, `sector` and `company`."""

    def fill(*entries):
        search.clear()
        search.suggestions.put(entries)

    return fill


def product(id_, name_en, name_fa="کالا", **fields):
    return SuggestedRecord(search.PRODUCT, id_, f"p-{id_}", name_en, name_fa, **fields)


def sector(id_, name_en, name_fa="بخش"):
    return SuggestedRecord(search.SECTOR, id_, f"s-{id_}", name_en, name_fa)


def company(id_, name_en, name_fa=""):
    return SuggestedRecord(search.COMPANY, id_, f"c-{id_}", name_en, name_fa)


def slugs(text):
    return [one.slug for one in search.suggest(text)]


def typed(text):
    """What is marked of each suggestion."""
    return [one.text[start:end] for one in search.suggest(text) for start, end in one.spans]


def test_what_is_called_so_comes_first_then_names_that_begin_so_and_names_and_aliases_within(offer):
    offer(
        product(1, "Turbo blower"),
        product(2, "Gas turbo set"),
        product(3, "Charger", aliases=("Turbo", "turbo unit")),
        product(4, "Fan", aliases=("turbofan",)),
        sector(1, "Turbomachines"),
        company(1, "Arak Turbo"),
    )
    assert slugs("turbo") == ["p-3", "p-1", "p-2", "p-4", "s-1", "c-1"]
    assert slugs("turbo f") == ["p-4"]
    assert slugs("TURBO-B") == ["p-1"]


def test_both_scripts_from_the_first_letter_through_all_foldings(offer):
    offer(
        product(1, "Desalination pump", "پمپ آب‌شیرین‌کن"),
        product(2, "Tyre", "لاستیک"),
        sector(1, "Cars", "خودرو"),
    )
    assert slugs("پ") == slugs("d") == ["p-1"]
    assert slugs("آب شیرین") == slugs("ابشيرين") == ["p-1"]
    assert typed("ابشيرينكن") == ["آب‌شیرین‌کن"]
    assert typed("آبش") == ["آب‌ش"]
    assert slugs("لاستيك") == ["p-2"]
    assert slugs("خ") == ["s-1"]


@pytest.mark.parametrize("text", ["8413", "۸۴۱۳", "84.13", "HS 8413", "کد ۸۴۱۳"])
def test_digits_offer_the_products_under_that_code(offer, text):
    offer(
        product(1, "Pump", code="8413.70"),
        product(2, "Screw pump", code="8413.60"),
        product(3, "8413 valves"),
    )
    found = search.suggest(text)
    assert [one.slug for one in found] == ["p-2", "p-1", "p-3"]
    assert [one.text[slice(*one.spans[0])] for one in found] == ["8413"] * 3
    assert (found[0].part, found[0].text) == ("code", "8413.60")


def test_there_are_eight_at_most_and_each_record_once_with_room_for_every_noun(offer):
    offer(
        *(
            product(n, f"Pump {n}", f"پمپ {n}", aliases=(f"pump number {n}", f"pumps {n}"))
            for n in range(1, 20)
        ),
        *(sector(n, f"Pumps {n}") for n in range(1, 5)),
        *(company(n, f"Pump Works {n}") for n in range(1, 9)),
    )
    assert slugs("pump") == ["p-1", "p-10", "p-11", "p-12", "s-1", "s-2", "c-1", "c-2"]
    assert slugs("pump w") == [f"c-{n}" for n in range(1, 7)]


def test_where_no_name_begins_so_the_products_that_hold_the_words_are_offered(index, offer, shelf):
    index({"names": ("Slurry pump", "پمپ دوغاب")}, {"names": ("Valve", "شیر"), "texts": ("Beside a pump",)})
    search.suggestions.put([product(shelf[0], "Slurry pump"), product(shelf[1], "Valve")])
    first, second = search.suggest("pump slu") + search.suggest("beside")
    assert (first.name_en, first.spans) == ("Slurry pump", ((0, 3), (7, 11)))
    assert (second.name_en, second.spans, second.part) == ("Valve", (), "")
    assert search.suggest("unheard of") == []


def test_one_query_answers_whatever_stands_there(offer):
    offer(product(1, "Pump"))
    counts = []
    for number in (1, 300):
        offer(*(product(n, f"Pump {n}", aliases=("pumping",)) for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            search.suggest("p")
        counts.append(len(queries))
    assert counts == [1, 1]


def test_putting_again_replaces_and_removing_leaves_nothing(offer):
    offer(product(1, "Pump"), company(1, "Pump Works"))
    search.suggestions.put([product(1, "Valve")])
    assert (slugs("pump"), slugs("valve")) == (["c-1"], ["p-1"])
    search.suggestions.remove(search.COMPANY, [1, 99])
    search.suggestions.remove(search.PRODUCT, [1])
    assert slugs("p") == slugs("v") == []
    assert [list(digests(noun)) for noun in (search.PRODUCT, search.COMPANY)] == [[], []]


def test_what_is_stored_is_expected_digest_with_all_its_starts(offer):
    entry = product(1, "Pump", aliases=("slurry",))
    offer(entry)
    assert list(digests(search.PRODUCT)) == [expected_digest(entry)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_suggestion_start WHERE part = 'alias'")
    assert list(digests(search.PRODUCT)) != [expected_digest(entry)]


hostile = st.text() | st.text("pumپ\"'\\*%_\0\u200c\u0640﷽", max_size=30)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile, name=hostile)
def test_no_text_breaks_a_suggestion_and_marks_stand_within_the_text(offer, text, name):
    name = name.replace("\0", "").encode("utf-8", "ignore").decode()
    entry = product(1, name, "پمپ", aliases=(name, "Pump"))
    offer(entry)
    assert len(starts(entry)) == len({(start, part, place) for start, part, place, _ in starts(entry)})
    for one in search.suggest(text):
        for start, end in one.spans:
            assert 0 <= start < end <= len(one.text)


@pytest.mark.parametrize("text", ["x" * 10_000_000, "﷽" * 2000, "p " * 100_000, "!" * 100_000, "\ud800p"])
def test_a_long_or_broken_text_is_answered(offer, text):
    offer(product(1, "x" * 160))
    assert slugs(text) in ([], ["p-1"])


@pytest.mark.parametrize("text", ["slury pum", "slurri", "\\l\\", "اسلاری", "hs8413"])
def test_suggestions_are_corrected_as_the_list_is(offer, text):
    offer(product(1, "Slurry pump", "پمپ دوغاب", code="8413.70"))
    search.put([search.SearchDocument(id=1, names=("Slurry pump", "پمپ دوغاب", "اسلوری"), codes=("841370",))])
    assert slugs(text) == ["p-1"]
    assert slugs("qwxyz") == []


def test_signs_that_are_letters_of_the_other_layout_are_read_so_first(offer):
    offer(product(1, "Lathe", "تراش"), product(2, "Pump", "پمپ"))
    assert slugs("\\l\\") == ["p-2"]
    assert slugs("l") == ["p-1"]
    assert slugs("lathe,") == ["p-1"]
