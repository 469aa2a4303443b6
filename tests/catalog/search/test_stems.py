import pytest

from catalog.search.stems import stem, stems, unified_spelling


@pytest.mark.parametrize(
    "forms",
    [
        "pump pumps",
        "battery batteries",
        "valve valves",
        "switch switches",
        "gas gases",
        "hose hoses",
        "tyre tyres tire tires",
        "fibre fibres fiber fibers",
        "centre centres center centers",
        "catalyst catalysts catalyser catalyzers",
        "moulding molding mouldings moldings",
        "aluminium aluminum",
        "polyaluminium polyaluminum",
        "anaesthesia anesthesia",
        "haemodialysis hemodialysis",
        "polymerisation polymerization",
        "pelletiser pelletizer pelletizers",
        "analyser analyzer",
        "signalling signaling",
        "colour color colors",
        "sulphur sulfur",
        "licence license",
        "پمپ پمپها پمپهای پمپهایی",
        "توربین توربینی توربینهای",
        "باتری باتریها باتریهای",
        "قطعه قطعات قطعاتی",
        "خودرو خودروی خودروها",
    ],
)
def test_forms_of_one_word_have_one_root(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "gas gasket",
        "glass glas",
        "process proce",
        "bus bush",
        "four for",
        "rotor router",
        "تنها تن",
        "پلی پل",
        "بها به",
        "شیر شیره",
        "16 1",
    ],
)
def test_other_words_have_other_roots(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_a_root_is_never_empty_and_stays_its_own():
    for word in ["s", "es", "ies", "e", "ی", "ها", "های", "ات", "a", "中", "ß", "16s", "sss"]:
        assert stem(word)
    assert unified_spelling("polymerizati") == "polymerisati"
    assert unified_spelling("پمپ") == "پمپ"


def test_endings_written_apart_are_left_out_but_not_at_the_start():
    assert stems(["پمپ", "های", "دوغاب"]) == ["پمپ", "دوغاب"]
    assert stems(["ای", "سی", "یو"]) == ["ای", "سی", "یو"]
