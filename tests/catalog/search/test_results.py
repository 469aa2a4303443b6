import pytest

from catalog import search


@pytest.fixture
def catalogue(index, shelf):
    """Five products; `places` of Matches are their places on the shelf, best first."""
    index(
        {"names": ("Gas turbine blade", "پره توربین گاز"), "texts": ("Made of nickel",)},
        {"names": ("Slurry pump", "پمپ دوغاب"), "companies": ("Taravat Works",)},
        {"names": ("Refrigerator compressor", "کمپرسور یخچال")},
        {"names": ("Polypropylene catalyst", "کاتالیست پلی‌پروپیلن")},
        {"names": ("Smart water meter", "کنتور هوشمند آب")},
    )
    return lambda found: [shelf.index(id_) for _, ids in found.tiers for id_ in ids]


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("slury pump", "slurry pump", [1]),
        ("Slury-PUMP!", "slurry-PUMP!", [1]),
        ("gas turbne blad", "gas turbine blade", [0]),
        ("compresors", "compressor", [2]),
        ("slury pmup", "", []),  # four letters are too few to tell
        ("refrigirator compresor", "refrigerator compressor", [2]),
        ("کمپرسر یخجال", "کمپرسور یخچال", [2]),
        ("کاتالیست پلی‌پروپلین", "کاتالیست پلی‌پروپیلن", [3]),
        ("كاتاليصت", "کاتالیست", [3]),
        ("comp resor", "compressor", [2]),
    ],
)
def test_a_text_that_finds_nothing_may_mean_another(catalogue, typed, meant, found):
    answer = search.find(typed)
    assert (answer.correction, answer.is_corrected) == (meant, bool(meant))
    assert catalogue(answer.matches) == found
    assert answer.matched_text == (meant or typed)


def test_a_text_that_finds_something_is_never_replaced(catalogue):
    assert search.find("turbine").correction == ""
    answer = search.find("taravad works")
    assert (answer.is_corrected, answer.correction, catalogue(answer.matches)) == (True, "taravat works", [1])


def test_a_poor_answer_stays_and_a_better_word_is_offered(index, shelf):
    index({"names": ("Rotor", "روتور")}, {"names": ("Pump", "پمپ"), "texts": ("A rotars maker",)})
    answer = search.find("rotar")
    assert (answer.is_corrected, answer.correction) == (False, "rotor")
    assert [ids for _, ids in answer.matches.tiers] == [(shelf[1],)]


def test_known_words_that_meet_nowhere_are_not_corrected(catalogue):
    answer = search.find("turbine compressor")
    assert (answer.correction, answer.matches.tiers) == ("", ())


def test_a_word_that_only_a_hidden_product_holds_is_offered_nowhere(catalogue, shelf):
    search.remove([shelf[2]])
    assert search.find("compresor").correction == ""
    assert search.nearest("compresor").products.tiers == ()


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("turbine compressor", [2, 0]),
        ("gas turbine compressor", [0]),
        ("gas slury", [1, 0]),
        ("blue slurry thing", []),  # the catalogue knows neither blue nor thing
        ("smartphone", []),
        ("nickel pump", [1]),  # of two words one has to be named
        ("xyzzy", []),
        ("!", []),
    ],
)
def test_the_nearest_products_hold_the_most_words_then_the_thing_itself(catalogue, typed, nearest):
    assert catalogue(search.nearest(typed).products) == nearest


@pytest.mark.parametrize("typed", ["hydraulic pump", "پمپ هیدرولیک"])
def test_what_is_the_thing_comes_before_what_only_shares_its_kind(index, shelf, typed):
    index(
        {"names": ("Hydraulic excavator", "بیل هیدرولیک")},
        {"names": ("Slurry pump", "پمپ دوغاب")},
        {"names": ("Water pump", "پمپ آب")},
    )
    assert set(search.nearest(typed).products.keys[:2]) == {shelf[1], shelf[2]}


def test_more_than_can_be_ranked_leaves_the_best(index, shelf):
    index({"texts": ("pump",)}, {"names": ("Pump house",)}, {"aliases": ("pump",)}, {"names": ("Pump",)})
    found = search.match("pump", limit=2)
    assert ([ids for _, ids in found.tiers], found.truncated) == ([(shelf[3],), (shelf[2],)], True)
    assert not search.match("pump", limit=4).truncated
    assert len(search.match("pump", limit=4)) == 4


def test_the_words_beside_an_hs_code_and_small_words_need_not_be_found(index, ask):
    index({"names": ("Slurry pump",), "codes": ("841370",)}, {"names": ("Pump for the HS code",)})
    assert ask("HS 8413.70") == ask("hs code 841370") == ask("کد تعرفه ۸۴۱۳۷۰") == [0]
    assert ask("hs code") == [1]
    assert ask("pump of the slurry") == [0]
    assert ask("for the") == [1]
