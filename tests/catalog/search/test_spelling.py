import pytest

from catalog.search.spelling import corrected

KNOWN = ["engine", "turbocharger", "توربوشارژر", "pump", "process"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("turbocharjer", "turbocharger"),
        ("trubocharger", "turbocharger"),
        ("enginee turbo", "engine turbo"),
        ("توربوشارزر", "توربوشارژر"),
        ("turbocharger", ""),
        ("pmup", ""),
        ("zeppelin", ""),
        ("turbocharjer zeppelin", ""),
        ("", ""),
    ],
)
def test_an_unknown_word_becomes_the_nearest_known_one(asked, meant):
    assert corrected(asked, KNOWN) == meant
