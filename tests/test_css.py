import re

import pytest
from django.conf import settings

# The admin's sheets answer Django's own, which speak of left and right.
SHEETS = [
    sheet
    for sheet in sorted((settings.BASE_DIR / "static" / "css").rglob("*.css"))
    if not sheet.name.startswith("admin")
]
NAMES = [sheet.name for sheet in SHEETS]
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))"
    r"\s*:|(?:float|text-align):\s*(?:left|right)"
)


def without_comments(sheet):
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)


def declarations(css):
    """The sheet without the conditions of @media and @container, which may speak of widths."""
    return re.sub(r"@(?:media|container|supports)[^{]*", "", css)


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_only_logical_properties_so_that_one_sheet_serves_both_directions(sheet):
    assert PHYSICAL.findall(declarations(without_comments(sheet))) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_colours_are_named_in_the_tokens_only(sheet):
    if sheet.name not in ("tokens.css", "print.css"):
        assert re.findall(r"#[0-9a-f]{3,8}\b|oklch\(|rgb\(", without_comments(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_every_name_used_is_declared(sheet):
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    css = without_comments(sheet)
    declared = set(re.findall(r"(--[\w-]+)\s*:", tokens + css))
    assert set(re.findall(r"var\((--[\w-]+)", css)) - declared == set()


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.name != "print.css"], ids=str)
def test_persian_is_never_set_smaller_than_14_px_nor_in_lines_under_one_and_a_half(sheet):
    css = without_comments(sheet)
    heights = re.findall(r"line-height:\s*([^;}]+)", css) + re.findall(
        r"font: \d+ [^;/]+/ ?(\S+(?: [^v]\S+)*) var", css
    )
    low = [height for height in heights if re.match(r"1\.[0-4]", height)]
    sizes = re.findall(r"font-size:\s*([^;}]+)", css) + re.findall(r"font: \d+ ([^;/]+)/", css)
    small = [size for size in sizes if re.match(r"0\.[0-8]\d*rem", size) and float(size[:-3]) < 0.875]
    assert (low, small) == ([], [])


def test_the_tokens_of_persian_say_so():
    css = without_comments(SHEETS[NAMES.index("tokens.css")])
    persian = re.search(r":root:lang\(fa\) \{(.*?)\}", css, re.S)[1]
    sizes = dict(re.findall(r"--([\w-]+):\s*([^;]+);", persian))
    assert (sizes["t-least"], sizes["t-xs"]) == ("0.875rem", "0.875rem")
    assert min(float(sizes[name]) for name in ("leading", "leading-tight", "leading-least")) >= 1.5


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_no_sheet_grows_beyond_what_can_be_read(sheet):
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= 500


def test_the_script_stays_small():
    scripts = [p for p in (settings.BASE_DIR / "static" / "js").iterdir() if not p.name.startswith("admin")]
    assert (
        sum(len(script.read_text(encoding="utf-8").splitlines()) for script in scripts) < 300
    )  # the shortlist is 86 of them


def test_the_font_is_small_and_has_its_licence_beside_it():
    fonts = settings.BASE_DIR / "static" / "fonts"
    assert (fonts / "vazirmatn.woff2").stat().st_size < 45_000
    assert "SIL OPEN FONT LICENSE" in (fonts / "Vazirmatn-OFL.txt").read_text(encoding="utf-8").upper()
