"""Values, queries and addresses no honest visitor sends; the same dice give the same."""

from urllib.parse import quote

LISTS = {
    "products": {
        "sector": ["cars"],
        "stage": ["open", "prototype", "reported"],
        "hs": ["8413", "۸۴"],
        "companies": ["some", "none", "reported"],
        "desk": ["desk"],
        "province": ["yazd"],
        "origin": ["ministry", "sample"],
        "import_min": ["1000", "۱٬۰۰۰"],
        "import_max": ["10 000 000"],
        "order": ["relevance", "-import", "import", "name", "-updated"],
    },
    "companies": {
        "sector": ["cars"],
        "province": ["yazd"],
        "kind": ["firm", "unknown"],
        "knowledge_based": ["yes", "unknown"],
        "order": ["name", "-products", "-updated"],
    },
    "desks": {"sector": ["cars"], "year": ["1405", "۱۴۰۵"], "state": ["held", "coming"]},
    "contracts": {
        "desk": ["desk"],
        "sector": ["cars"],
        "year": ["1405"],
        "kind": ["contract", "memorandum"],
        "state": ["signed", "unknown"],
        "order": ["-signed", "signed", "due", "late", "reference"],
    },
    "units": {
        "sector": ["cars"],
        "province": ["yazd", "qom"],
        "cause": ["finance", "raw_material"],
        "need": ["buyer"],
        "state": ["idle", "planned", "revived"],
        "match": ["yes", "no"],
        "order": ["name", "since", "-jobs", "-capacity", "-confirmed", "-updated"],
    },
}
SCRIPTS = [
    (0x20, 0x7E),  # ASCII
    (0x370, 0x52F),  # Greek, Cyrillic
    (0x590, 0x6FF),  # Hebrew, Arabic, Persian
    (0x900, 0x97F),  # Devanagari, with digits of its own
    (0x2000, 0x206F),  # spaces, joiners, marks of direction
    (0x2070, 0x218F),  # superscripts, fractions, Roman numerals
    (0x4E00, 0x9FFF),  # Chinese
    (0xFB50, 0xFEFF),  # presentation forms: ﷺ unfolds into eighteen letters
    (0x1F300, 0x1FAFF),  # pictures
    (0x01, 0x10FFFF),  # anything
]
OPERATORS = (
    *["AND", "OR", "NOT", "NEAR(", '"', "'", "''", "*", "^", "(", ")", "{", "}", ":", ":*", "-", "+", "\\"],
    *["&", "|", "!", "<->", "::tsquery", "%", "_", "%s", "--", "/*", ";", "$$", "name:", "§", "¤", "¬", "\0"],
    *["<script>", '"><img src=x onerror=x>', "{{ 7 }}", "\u202e", "\u200c", "\u0640", "\ufeff", "../"],
)
NUMBERS = (
    ["0", "-1", "00", "1e400", "nan", "inf", "0x10", "1_000", "1.5", "½", "²", "१२", "٣", "+5", "−5"]
    + ["9" * digits for digits in (4, 15, 18, 19, 20, 400)]
    + ["1299", "1300", "1500", "1501", "9223372036854775807", "9223372036854775808", "1000000000000001"]
)
BROKEN = ["%ff", "%ED%A0%80", "%C0%80", "%", "%zz", "%00"]  # no text in UTF-8


def text(dice):
    kind = dice.randrange(4)
    if kind == 0:
        return "".join(dice.choice([*OPERATORS, " ", "pump", "پمپ"]) for _ in range(dice.randint(1, 10)))
    if kind == 1:
        return dice.choice(NUMBERS)
    if kind == 2:
        return dice.choice(["pump ", "پلی‌پروپیلن ", "a", "ا", "ﷺ", "1"]) * dice.choice([1, 20, 250])
    first, last = dice.choice(SCRIPTS)
    points = (dice.randint(first, last) for _ in range(dice.choice([1, 4, 50])))
    return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)


def hostile(dice, known):
    """A query string of one to eight parameters, some of them good, some repeated, some nobody knows."""
    parts = []
    for _ in range(dice.choice([1, 2, 3, 8])):
        name = dice.choice([*known, "q", "page", "rate", text(dice)])
        for _ in range(dice.choice([1, 1, 3])):
            good = known.get(name) if dice.random() < 0.5 else None
            value = dice.choice(BROKEN) if dice.random() < 0.1 else quote(dice.choice(good or [text(dice)]))
            parts.append(f"{quote(name)}={value}")
    return "&".join(parts)
