"""Every kind of page for every reader: no fault that axe finds, no page wider than a phone, keys alone do."""

import re

import pytest

PAGES = {
    "home": "",
    "listing": "products/?sector=automotive&stage=prototype&stage=open",
    "nothing found": "products/?q=zeppelin&sector=marine",
    "product": "products/abs-resin/",
    "sector": "sectors/automotive/?rate=market",
    "companies": "companies/",
    "company": "companies/crouse/",
    "desks": "desks/",
    "a year of desks": "desks/?year=1398",
    "desk": "desks/desk-1399-automotive/",
    "desk with an outcome": "desks/kiln-and-tile-desk-1403/",
    "contracts": "contracts/?order=signed&rate=market",
    "contract": "contracts/P-1399-01/",
    "data": "data/",
    "API": "data/api/",
    "idle units": "units/?province=isfahan&state=idle",
    "programme": "programme/",
    "indicator": "programme/foreign-currency-saving/",
    "financing": "financing/",
    "how to": "how-to/",
    "compare": "compare/?p=turbocharger&p=slurry-pump",
    "shared shortlist": "shortlist/?p=turbocharger&p=slurry-pump",
    "dossier": "shortlist/dossier/?p=turbocharger",
    "news": "news/",
    "ask": "ask/?kind=claim&role=makes&p=turbocharger",
    "calls": "calls/",
    "service": "service/",
    "watch": "watch/?products=sector%3Dautomotive",
    "about": "about/",
    "accessibility": "accessibility/",
    "missing": "products/no-such-product/",
}
FIRST_ON_LIST = {  # what only samples have: capacities, milestones, amendments, an outcome
    "sample company": ("companies/?q=pump", r"/companies/[a-z0-9-]+/"),
    "sample desk": ("desks/?state=open", r"/desks/[a-z0-9-]+/"),
    "sample contract": ("contracts/?state=in_execution", r"/contracts/S-[0-9-]+/"),
    "idle unit": ("units/?match=yes", r"/units/[a-z0-9-]+/"),
}
PHONE = 360
WIDTHS = (320, PHONE, 768, 1024, 1280)
DAY, NIGHT = ("light", 1280), ("dark", 360)  # theme, width
VIEWS = [
    *((name, *view) for name in [*PAGES, *FIRST_ON_LIST] for view in [("en", DAY), ("fa", NIGHT)]),
    *(
        (name, *view)
        for name in ["listing", "product", "sample desk"]
        for view in [("fa", DAY), ("en", NIGHT)]
    ),
]
LABELS = """
() => [...document.querySelectorAll("[aria-label], [title], [placeholder], title, button, legend, label, th")]
    .filter((element) => element.scope !== "row")
    .flatMap((element) => [element.ariaLabel, element.title, element.placeholder,
        element.matches("title, button, legend, label, th") ? element.textContent : ""])
"""
DOTS_AT_THE_START = """
() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    const box = (node, at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getClientRects()[0];
    };
    let before = null;
    while (texts.nextNode()) {
        const node = texts.currentNode;
        if (!node.parentElement.checkVisibility() || node.parentElement.closest("svg, .vh")) continue;
        [...node.data].forEach((letter, at) => {
            if (!letter.trim()) return;
            const here = box(node, at);
            if (!here || !here.width) return;
            if (letter === "·" && before && here.top > before.bottom - 2) {
                found.push(node.parentElement.outerHTML.slice(0, 120));
            }
            before = here;
        });
    }
    return found;
}
"""
CUT_NAMES = """
() => [...document.querySelectorAll(".tilemap a")].filter((tile) => {
    const seen = [...tile.querySelectorAll("[aria-hidden]")].filter((part) => part.offsetParent);
    return seen.length !== 2 || tile.scrollWidth > tile.clientWidth || tile.scrollHeight > tile.clientHeight
        || seen.some((part) => part.scrollWidth > part.clientWidth + 1);
}).map((tile) => tile.textContent)
"""


def show(page, language, name):
    if name in PAGES:
        page.goto(f"/{language}/{PAGES[name]}")
        return
    listing, pattern = FIRST_ON_LIST[name]
    page.goto(f"/{language}/{listing}")
    paths = page.locator("#listing a").evaluate_all("links => links.map(link => link.pathname)")
    page.goto(next(path for path in paths if re.search(pattern, path)))


@pytest.mark.parametrize(("name", "language", "view"), VIEWS)
def test_a_page_has_no_faults_and_keeps_within_each_window(
    open_page, accessibility_faults, name, language, view
):
    """Axe finds nothing, no page is wider than the window, no line on a phone begins with the dot between two
    things, and what a Persian page says by itself is Persian: codes and abbreviations may be Latin."""
    theme, width = view
    view = {"color_scheme": theme, "viewport": {"width": width, "height": 800}}
    page = open_page(locale="fa-IR" if language == "fa" else "en-GB", **view)
    show(page, language, name)
    page.evaluate("document.fonts.ready")
    check_widths(page)
    if language == "fa":
        texts = " ".join(text for text in page.evaluate(LABELS) if text)
        assert set(re.findall(r"\w*[a-z]{3,}", texts, re.ASCII)) <= {"zeppelin", "Excel"}
    page.set_viewport_size(view["viewport"])
    if page.locator("#filters > summary").is_visible():
        page.click("#filters > summary")
    assert accessibility_faults(page) == []


def check_widths(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        if width == PHONE:
            assert page.evaluate(DOTS_AT_THE_START) == []


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("listing", "first"),
    [
        ("products/", ".rows tbody tr"),
        ("units/", ".idle-unit"),
        ("contracts/", "#listing tbody tr"),
    ],
)
def test_what_is_listed_first_stands_within_the_second_screen_of_a_phone(open_page, language, listing, first):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto(f"/{language}/{listing}")
    page.evaluate("document.fonts.ready")
    assert page.locator(first).first.bounding_box()["y"] < 2 * 740 - 100, "seen, not only begun"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_product_with_all_there_is_to_say_prints_on_two_pages(open_page, language):
    page = open_page()
    page.goto(f"/{language}/products/led-headlamp/")
    page.evaluate("document.fonts.ready")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_name_on_the_map_is_cut_at_any_width(open_page, language):
    page = open_page()
    page.goto(f"/{language}/units/")
    page.evaluate("document.fonts.ready")
    for width in range(320, 1601, 80):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(CUT_NAMES) == [], width


def test_the_skip_link_comes_first_and_leads_past_the_menu(page):
    page.goto("/en/products/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_has_the_focus_is_outlined_and_not_under_the_header(page):
    page.goto("/en/products/?sector=automotive")
    page.locator("table.rows a.name").last.focus()
    for _ in range(8):  # upwards, where a sticky header could hide it
        page.keyboard.press("Shift+Tab")
    outline, top = page.evaluate(
        """() => [getComputedStyle(document.activeElement).outlineStyle,
            document.activeElement.getBoundingClientRect().top]"""
    )
    assert outline == "solid"
    assert top >= page.locator(".site-header").bounding_box()["height"]


COVERED = """
() => {
    const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const focused = document.activeElement;
    return !focused.contains(seen) && !focused.closest("label, summary")?.contains(seen);
}
"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_in_the_open_filters_of_a_phone_nothing_covers_what_has_the_focus(open_page, key):
    page = open_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    page.goto("/en/products/")
    page.click("#filters > summary")
    page.locator("#facet-sector-automotive" if key == "Tab" else "#filter-max").focus()
    for _ in range(25):
        page.keyboard.press(key)
        assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


SPACED = """
() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    return [document.documentElement.scrollWidth > 360,
        [...document.querySelectorAll("main :is(p, a, span, b, dt, dd, h1, h2, h3):not(.vh, .vh *, thead *)")]
            .filter((one) => one.getBoundingClientRect().right > 361 || one.getBoundingClientRect().left < -1)
            .map((one) => one.textContent)];
}
"""


@pytest.mark.parametrize("language", ["en", "fa"])
def test_wider_spacing_of_text_cuts_nothing_on_a_phone(open_page, language):
    page = open_page(viewport={"width": 360, "height": 740})
    for place in ("products/graphite-electrode/", "contracts/", "units/", "desks/kiln-and-tile-desk-1403/"):
        page.goto(f"/{language}/{place}")
        assert page.evaluate(SPACED) == [False, []], place


MAKE_PRIVATE_PAGES = """
from django.utils import timezone
from catalog.models import Company, Engagement, Product
from contact.models import Asking, Enquiry, Keeper, Message, Subscription
from contact.models.tokens import hash_of, new_token
company = Company.objects.published().exclude(origin="sample")[0]
product = Product.objects.published().exclude(origin="sample")[0]
public = {"stage": "testing", "state": "published"}
Engagement.objects.get_or_create(company=company, product=product, defaults=public)
who = {"name": "Axe Trial", "email": "axe@trial.example", "language": "en"}
given = {**who, "kind": "claim", "role": "makes", "text": "We make it.", "company": company}
pages = []
for state in ("received", "asked_back", "answered", "refused", "accepted", "withdrawn"):
    reference = f"Q-1399-9{len(pages):03}"
    one = Enquiry.objects.create(reference=reference, nonce=new_token(), state=state, **given)
    Message.objects.create(enquiry=one, direction="office", text="Where is it tested?")
    pages.append(f"ask/{one.token}/")
keeper = Keeper.objects.create(enquiry=one, company=company, proof="domain", proof_details="trial", **who)
token = new_token()
Asking.objects.create(keeper=keeper, number=1, token_hash=hash_of(token))
pages.append(f"confirm/{token}/")
for confirmed_at in (None, timezone.now()):
    key = f"q=axe{len(pages)}"
    watch = Subscription.objects.create(
        email=who["email"], language="en", what="products", key=key, confirmed_at=confirmed_at
    )
    pages.append(f"watch/{watch.token}/")
print(*pages)
"""


@pytest.fixture(scope="module")
def private_pages(site):
    """Addresses of private pages in every state: letters, a keeper's, watches; made once."""
    return site.manage("shell", "-c", MAKE_PRIVATE_PAGES).splitlines()[-1].split()


@pytest.mark.parametrize(("language", "view"), [("en", DAY), ("fa", NIGHT)])
def test_private_pages_have_no_faults_and_fit(open_page, accessibility_faults, private_pages, language, view):
    theme, width = view
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800})
    for path in [*private_pages, "watch/sent/", "watch/ended/", "shortlist/"]:
        assert page.goto(f"/{language}/{path}").status == 200, path
        assert accessibility_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize(("language", "view"), [("en", DAY), ("fa", NIGHT)])
def test_keys_alone_ask_and_errors_have_no_faults(open_page, accessibility_faults, language, view):
    theme, width = view
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800})
    page.goto(f"/{language}/ask/?p=turbocharger")
    page.evaluate("document.querySelector('.ask-form').noValidate = true")
    _tab_to(page, "what-ask")
    page.keyboard.press("Space")
    for field, typed in (("id_text", "Who tests it?"), ("id_phone", "none")):
        _tab_to(page, field)
        page.keyboard.type(typed)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".field-errors").count() == 2
    assert accessibility_faults(page) == []
    assert page.locator("#what-ask").is_checked()
    for field, typed in (
        ("id_name", "Axe Trial"),
        ("id_email", "axe@trial.example"),
        ("id_phone", "021 8888"),
    ):
        _tab_to(page, field)
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
    page.wait_for_timeout(2100)  # nobody types faster
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "?sent=1" in page.url
    assert accessibility_faults(page) == []


def _tab_to(page, field):
    """Press Tab until the field with this id has the focus."""
    for _ in range(90):
        if page.evaluate("document.activeElement.id") == field:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {field}.")
