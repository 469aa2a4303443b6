"""Random small catalogues in both scripts, asked on the engine of this run and of the plain reference."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalog.search import reference

# Few parts that combine into each other, so that runs, prefixes and scattered words meet often.
PARTS = [
    "پلی",
    "پروپیلن",
    "پر",
    "اتیلن",
    "پمپ",
    "و",
    "gas",
    "ga",
    "s",
    "turbine",
    "for",
    "m",
    "turbines",
    "turbocharger",
    "charger",
    "fibre",
    "fiber",
    "های",
    "گازی",
    "8413",
    "70",
    "16",
]
VARIANTS = {"پلی": "پلي", "پروپیلن": "پروپيلن", "16": "۱۶", "gas": "GAS", "turbine": "Türbine"}

part = st.sampled_from(PARTS).flatmap(lambda p: st.sampled_from([p, VARIANTS.get(p, p)]))
between = st.sampled_from([" ", " ", "\u200c", "-", "", ". ", " - "])


@st.composite
def phrases(draw, most=5):
    text = draw(part)
    for _ in range(draw(st.integers(0, most - 1))):
        text += draw(between) + draw(part)
    return text


few = st.lists(phrases(), max_size=2).map(tuple)
documents = st.fixed_dictionaries(
    {
        "codes": st.sampled_from([("841370",), ("84137010",), ("160000",), ()]),
        "names": st.lists(phrases(), min_size=2, max_size=2).map(tuple),
        "aliases": few,
        "companies": few,
        "sectors": few,
        "texts": few,
    }
)
shortened = st.tuples(phrases(), st.integers(0, 3)).map(lambda pair: pair[0][: len(pair[0]) - pair[1]])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    catalogue=st.lists(documents, min_size=1, max_size=6), texts=st.lists(shortened, min_size=1, max_size=4)
)
def test_the_engine_finds_and_orders_as_the_rules_say(index, tiers, catalogue, texts):
    indexed = index(*catalogue)
    for text in texts:
        expected = reference.tiers(indexed, text)
        assert (tiers(text) if text.strip(" -.\u200c") else {}) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text() | st.text("\"'\\*():&|!<->{}^+-~$%;\0 aAND OR NOT NEAR", max_size=60))
def test_no_text_breaks_the_engine(index, ask, text):
    index({"names": ("and or not near", "a")})
    assert ask(text) in (None, [], [0])
