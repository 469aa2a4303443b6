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


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_no_sheet_grows_beyond_what_can_be_read(sheet):
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= 500


def test_the_script_stays_small():
    scripts = [p for p in (settings.BASE_DIR / "static" / "js").iterdir() if not p.name.startswith("admin")]
    assert sum(len(script.read_text(encoding="utf-8").splitlines()) for script in scripts) < 200


def test_the_font_is_small_and_has_its_licence_beside_it():
    fonts = settings.BASE_DIR / "static" / "fonts"
    assert (fonts / "vazirmatn.woff2").stat().st_size < 45_000
    assert "SIL OPEN FONT LICENSE" in (fonts / "Vazirmatn-OFL.txt").read_text(encoding="utf-8").upper()
