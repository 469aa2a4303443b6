"""What was meant by who typed with the other keyboard layout: "j,vfdk" is توربین. Pure, no database."""

# The Persian layout of ISIRI 9147, with the two places where Windows has پ.
_KEYS = {
    "q": "ض", "w": "ص", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "u": "ع", "i": "ه", "o": "خ", "p": "ح",
    "[": "ج", "]": "چ", "a": "ش", "s": "س", "d": "ی", "f": "ب", "g": "ل", "h": "ا", "j": "ت", "k": "ن",
    "l": "م", ";": "ک", "'": "گ", "z": "ظ", "x": "ط", "c": "ز", "v": "ر", "b": "ذ", "n": "د", "m": "پ",
    ",": "و", "\\": "پ", "`": "پ", "H": "آ", "C": "ژ",
}  # fmt: skip
_LETTERS = {letter: key for key, letter in _KEYS.items() if key.islower()} | {"ئ": "m", "ي": "d"}

SHORTEST_TYPED = 3
"""Keys that are pressed for the shortest word."""


def on_other_layout(text):
    """The text as the same keys give it on the other layout; "" where it is not all of one of them."""
    typed = text.strip()
    if len(typed) < SHORTEST_TYPED:
        return ""
    persian = [_KEYS.get(sign) or _KEYS.get(sign.lower(), "") if sign != " " else " " for sign in typed]
    latin = [_LETTERS.get(sign, "") if sign != " " else " " for sign in typed]
    return next(("".join(signs) for signs in (persian, latin) if all(signs)), "")
