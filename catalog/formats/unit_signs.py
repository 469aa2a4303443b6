"""Units of measurement in words for readers of Persian: those of time, mass and shares."""

from .numerals import is_persian

_WORDS = {
    "%": "درصد",
    "y": "سال",
    "d": "روز",
    "h": "ساعت",
    "min": "دقیقه",
    "s": "ثانیه",
    "ms": "میلی‌ثانیه",
    "h⁻¹": "در ساعت",
    "kg": "کیلوگرم",
    "t": "تن",
}


def unit_sign(sign, language):
    """The sign, in Persian the word: "h" -> "ساعت". What engineers write as signs stays: bar, °C, m³/h."""
    return _WORDS.get(sign, sign) if is_persian(language) else sign
