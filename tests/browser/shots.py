"""Pictures of the main pages, in both languages, two widths and both themes, into var/shots: `make shots`.

A name says what is shown: `product-fa-360-dark.png`. The desk form of the admin is shown as a desk officer
sees it. With names of pages as arguments, only those: `shots.py home desk`.
"""

import re
import sys
import tempfile
from itertools import product as every
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.machine import FLAGS, chromium  # noqa: E402
from tests.serve import serving  # noqa: E402

OUTPUT = ROOT / "var" / "shots"
WIDTHS, THEMES = (1280, 360), ("light", "dark")
PAGES = {
    "home": "",
    "products": "products/?sector=automotive",
    "product": "products/turbocharger/",
    "nothing": "products/?q=zeppelin&sector=marine",
    "sectors": "sectors/",
    "sector": "sectors/automotive/",
    "companies": "companies/",
    "desks": "desks/",
    "contracts": "contracts/",
    "data": "data/",
    "units": "units/?province=isfahan",
    "programme": "programme/",
    "indicator": "programme/foreign-currency-saving/",
    "financing": "financing/",
    "how to": "how-to/",
    "compare": "compare/?p=turbocharger&p=slurry-pump",
    "shared shortlist": "shortlist/?p=turbocharger&p=slurry-pump",
    "dossier": "shortlist/dossier/?p=turbocharger",
    "news": "news/",
    "watch": "watch/?products=sector%3Dautomotive",
    "about": "about/",
    "accessibility": "accessibility/",
    "missing": "products/no-such-product/",
}
FIRST_LINK = {  # pages known by the first sample on a list
    "company": ("companies/", r"/companies/([a-z0-9-]+)/"),
    "desk": ("desks/?state=held", r"/desks/([a-z0-9-]+)/"),
    "contract": ("contracts/", r"/contracts/([A-Za-z0-9-]+)/"),
    "unit": ("units/?match=yes&order=-jobs", r"/units/([a-z0-9-]+)/"),
}


def main(wanted):
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        serving(directory) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        pages = PAGES | {name: first_link(browser, site, *where) for name, where in FIRST_LINK.items()}
        for name, path in pages.items():
            if not wanted or name in wanted:
                for language, width, theme in every(("en", "fa"), WIDTHS, THEMES):
                    take(browser, f"{site.address}/{language}/{path}", f"{name}-{language}", width, theme)
        if not wanted or "admin" in wanted:
            for language, theme in every(("en", "fa"), THEMES):
                desk_form(browser, site, language, theme)
        browser.close()
    print(f"{len(list(OUTPUT.glob('*.png')))} pictures in {OUTPUT.relative_to(ROOT)}")


def first_link(browser, site, listing, pattern):
    page = browser.new_page()
    page.goto(f"{site.address}/en/{listing}")
    found = re.search(pattern, page.content())[0].removeprefix("/")
    page.close()
    return found


def take(browser, address, name, width, theme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    page.goto(address)
    page.screenshot(path=OUTPUT / f"{name}-{width}-{theme}.png", full_page=True)
    page.close()


def desk_form(browser, site, language, theme):
    locale = {"en": "en-GB", "fa": "fa-IR"}[language]
    page = browser.new_page(locale=locale, viewport={"width": 1280, "height": 900}, color_scheme=theme)
    page.goto(f"{site.address}/admin/login/?next=/admin/catalog/desk/add/")
    page.fill("input[name=username]", "officer")
    page.fill("input[name=password]", site.passwords["officer"])
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/desk/add/")
    page.screenshot(path=OUTPUT / f"admin-desk-{language}-1280-{theme}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main(set(sys.argv[1:]))
