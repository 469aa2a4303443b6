"""Amounts of money as words. Pure integer arithmetic: 999,999,999,999,999 rials stays 999,999,999,999,999."""

from decimal import ROUND_HALF_UP, Decimal

from .numerals import is_persian, number

_SYMBOLS = {"USD": "$", "EUR": "€"}
_WORDS = {
    "en": {"USD": "dollars", "EUR": "euros", "IRR": "rials"},
    "fa": {"USD": "دلار", "EUR": "یورو", "IRR": "ریال"},
}
_TOMAN = 10  # rials: what Persian readers reckon in, though no amount is stored or summed so
_MANY_RIALS = 10**9
# Short scale in English. Persian counts a trillion as a thousand milliards.
_SCALES = (
    (10**15, "quadrillion", "qn", "میلیون میلیارد"),
    (10**12, "trillion", "tn", "هزار میلیارد"),
    (10**9, "billion", "bn", "میلیارد"),
    (10**6, "million", "m", "میلیون"),
)
_THOUSAND = "هزار"


def round_amount(amount):
    """`amount` as a reader takes it in: as it is up to 4 significant digits, else rounded half up to 3.

    1,045,000,000 stays (the figure was said so); 61,834,211 becomes 61,800,000. Below a million nothing is
    rounded, so that no small amount hides behind a larger unit.
    """
    size = abs(amount)
    if size < 10**6:
        return amount
    length = len(str(size))
    if size % 10 ** (length - 4) == 0:
        return amount
    step = 10 ** (length - 3)
    rounded = (size + step // 2) // step * step
    return rounded if amount >= 0 else -rounded


def compact(amount, currency, language, places=None):
    """A short form: "$61.8m", "€1.045bn", "40 trillion rials"; "۶۱٫۸ میلیون دلار", "۴۰ هزار میلیارد ریال".

    `amount` is an int in whole units, `currency` USD, EUR or IRR. `places`: {unit: places of decimals} of the
    column it stands in, see `places_of`. Raises KeyError for another currency.
    """
    return " ".join(compact_parts(amount, currency, language, places)).strip()


def compact_parts(amount, currency, language, places=None):
    """The short form as (number, unit): ("۶۱٫۸", "میلیون دلار"), ("40", "trillion rials"), ("$61.8m", "")."""
    scale = _scale_of(amount, language)
    if scale is None:
        return exact_parts(amount, currency, language)
    value = _scaled(amount, scale[0], language, (places or {}).get(scale[0]))
    if is_persian(language):
        return value, f"{scale[3]} {_WORDS['fa'][currency]}"
    if currency in _SYMBOLS:
        return _with_symbol(value + scale[2], currency), ""
    return value, f"{scale[1]} {_WORDS['en'][currency]}"


def large_parts(amount, currency, language):
    """The short form at display size, [(number, unit)]: in Persian without a decimal sign, which looks like a
    slash there: [("۱", "میلیارد"), ("۴۵", "میلیون یورو")]."""
    parts = compact_parts(amount, currency, language)
    scale = _scale_of(amount, language)
    if not is_persian(language) or scale is None or "٫" not in parts[0]:
        return [parts]
    whole, rest = divmod(abs(round_amount(amount)), scale[0])
    size = scale[0] // 1000
    below = next((word for unit, _, _, word in _SCALES if unit == size), _THOUSAND)
    sign = -1 if amount < 0 else 1
    return [
        (number(sign * whole, language), scale[3]),
        (number(rest // size, language), f"{below} {_WORDS['fa'][currency]}"),
    ]


def in_toman(amount, currency, language):
    """What a large amount of rials is in toman, for Persian readers: "۴ هزار میلیارد تومان"; else empty."""
    if not is_persian(language) or currency != "IRR" or abs(amount) < _MANY_RIALS:
        return ""
    return compact(amount // _TOMAN, currency, language).replace(_WORDS["fa"]["IRR"], "تومان")


def in_words(amount, currency, language):
    """An amount as it is said, with toman beside rials: "440 billion rials = 44 billion toman"; empty for
    less than a thousand."""
    if abs(amount) < 1000:
        return ""
    words = compact(amount, currency, language)
    if currency != "IRR":
        return words
    rials, toman = (_WORDS["fa"]["IRR"], "تومان") if is_persian(language) else (_WORDS["en"]["IRR"], "toman")
    return f"{words} = {compact(amount // _TOMAN, currency, language).replace(rials, toman)}"


def places_of(amounts, language):
    """{unit (10**6, 10**9 …): places of decimals} for these amounts, a column in one currency: as many as the
    one needs that needs most of them for three significant digits."""
    found = {}
    for amount in amounts:
        if scale := _scale_of(amount, language):
            found[scale[0]] = max(found.get(scale[0], 0), _places(amount, scale[0]))
    return found


def _places(amount, unit):
    """Decimals of an amount in a unit at three significant digits."""
    shown = Decimal(amount).scaleb(-_zeros(unit))
    rounded = shown.quantize(Decimal(1).scaleb(shown.adjusted() - 2), ROUND_HALF_UP)
    return max(0, -rounded.normalize().as_tuple().exponent)


def _scale_of(amount, language):
    """The entry of _SCALES by which an amount is shortened, None below a million."""
    rounded = round_amount(amount)
    scale = next((scale for scale in _SCALES if abs(rounded) >= scale[0]), None)
    if scale and is_persian(language):
        # "۱٫۱۸ هزار میلیارد" is not Persian; "۱٬۱۸۰ میلیارد" is.
        while scale[0] > 10**9 and rounded % scale[0]:
            scale = _SCALES[_SCALES.index(scale) + 1]
    return scale


def exact(amount, currency, language):
    """Every digit: "$61,834,211", "999,999,999,999,999 rials", "۶۱٬۸۳۴٬۲۱۱ دلار". Arguments as for
    `compact`."""
    return " ".join(exact_parts(amount, currency, language)).strip()


def exact_parts(amount, currency, language):
    """Every digit as (number, unit); see `compact_parts`."""
    value = number(amount, language)
    if is_persian(language):
        return value, _WORDS["fa"][currency]
    return (_with_symbol(value, currency), "") if currency in _SYMBOLS else (value, _WORDS["en"][currency])


def _scaled(amount, unit, language, places):
    if places is None:
        return number(Decimal(round_amount(amount)).scaleb(-_zeros(unit)), language)
    step = Decimal(1).scaleb(-places)
    return number(Decimal(amount).scaleb(-_zeros(unit)).quantize(step, ROUND_HALF_UP), language, places)


def _zeros(unit):
    return len(str(unit)) - 1


def _with_symbol(value, currency):
    sign, value = ("−", value[1:]) if value.startswith("−") else ("", value)
    return f"{sign}{_SYMBOLS[currency]}{value}"


def unit_words(unit, currency, language):
    """How an axis counts: (10**6, "EUR") -> "million euros", "میلیون یورو"; unit 1 is the currency alone."""
    persian = is_persian(language)
    currency = _WORDS["fa" if persian else "en"][currency]
    scale = next((scale[3] if persian else scale[1] for scale in _SCALES if scale[0] == unit), "")
    return f"{scale} {currency}".strip()


def rate_words(rials, currency, language):
    """What one unit costs: (42017, "USD") -> "42,017 rials a dollar", "هر دلار ۴۲٬۰۱۷ ریال"."""
    value = exact(rials, "IRR", language)
    if is_persian(language):
        return f"هر {_WORDS['fa'][currency]} {value}"
    return f"{value} a {_WORDS['en'][currency].removesuffix('s')}"
