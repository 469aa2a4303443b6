"""Suggestions while typing: a combobox for keys, mouse and screen reader, a plain field without script."""

import re

import pytest
from playwright.sync_api import expect

OPTIONS = "#suggestions [role=option]"
WIDE = {"width": 1500, "height": 900}  # room for the field in the header beside the English menu


@pytest.fixture
def typing(open_page):
    """Call with a path, a field and a text: the page on which it is entered, once suggestions stand there.

    The text comes at once, so that the list that stands there answers the whole of it.
    """

    def start(path, field, text, **options):
        page = open_page(**options)
        page.goto(path)
        page.locator(field).fill(text)
        expect(page.locator(field)).to_have_attribute("aria-expanded", "true")
        return page

    return start


@pytest.mark.parametrize(
    ("path", "field", "text", "first"),
    [
        ("/en/", "#q", "turbo", "Engine turbocharger turbo"),
        ("/fa/", "#q", "توربوش", "توربوشارژر موتور"),
        ("/en/companies/", "#header-q", "dozer", None),
        ("/fa/companies/", "#header-q", "كمپرسور يخ", "کمپرسور یخچال"),
        ("/en/products/", "#filter-q", "پمپ دو", "Slurry pump پمپ دوغاب"),
    ],
)
def test_every_search_field_offers_what_it_can_in_both_scripts(open_page, path, field, text, first):
    page = open_page(viewport=WIDE)
    page.goto(path)
    page.locator(field).press_sequentially(text)
    if first is None:
        expect(page.locator("#live")).to_have_text("No suggestions")
        expect(page.locator("#suggestions")).to_be_hidden()
    else:
        expect(page.locator(OPTIONS).first).to_have_text(first)
        assert page.locator(f"{OPTIONS} mark").count()


def test_the_field_is_a_combobox_that_says_what_it_offers(typing, accessibility_faults):
    page = typing("/en/", "#q", "pump")
    field = page.get_by_role("combobox", name="Search products")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-controls", "suggestions")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.locator("#live")).to_have_text("8 suggestions")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    assert accessibility_faults(page) == []


def test_the_arrows_choose_and_come_back_to_the_field(typing):
    page = typing("/en/", "#q", "slurry")
    field = page.locator("#q")
    chosen = page.locator(f"{OPTIONS}[aria-selected=true]")
    count = page.locator(OPTIONS).count()
    field.press("ArrowUp")
    expect(chosen).to_have_id(f"suggestion-{count - 1}")
    field.press("ArrowDown")
    expect(chosen).to_have_count(0)
    field.press("ArrowDown")
    expect(chosen).to_have_id("suggestion-0")
    field.press("ArrowLeft")  # the caret's own
    expect(chosen).to_have_count(0)
    expect(field).to_have_value("slurry")


def test_enter_follows_what_is_chosen_or_else_searches(typing):
    page = typing("/fa/", "#q", "پمپ دوغ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/fa/products/slurry-pump/$"))

    page = typing("/en/", "#q", "slurry")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/products/\?q=slurry$"))


def test_escape_and_leaving_the_field_close_the_list_and_keep_the_text(typing):
    page = typing("/en/", "#q", "slurry")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q")).to_have_value("slurry")
    page.keyboard.press("ArrowDown")  # asks again
    expect(page.locator("#suggestions")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_click_goes_there(typing):
    page = typing("/en/companies/", "#header-q", "slurry", viewport=WIDE)
    page.locator(OPTIONS).first.click()
    expect(page).to_have_url(re.compile(r"/en/products/slurry-pump/$"))


def test_letters_of_an_input_method_wait_until_they_are_one(open_page):
    page = open_page()
    page.goto("/fa/")
    asked = []
    page.on("request", lambda request: "suggest" in request.url and asked.append(request.url))
    page.focus("#q")
    page.evaluate("""() => {
        const field = document.activeElement;
        field.value = "پمپ";
        field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    }""")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/suggest/" in url]
    page.evaluate(
        "document.activeElement.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))"
    )
    expect(page.locator(OPTIONS).first).to_be_visible()


def test_only_the_last_letters_are_answered(open_page):
    page = open_page()
    page.goto("/en/")
    held = []

    def hold(route):  # an answer that comes too late
        held.append(route)

    page.route("**/suggest/?q=pu", hold)
    page.locator("#q").press_sequentially("pu")
    page.wait_for_timeout(300)
    page.locator("#q").press_sequentially("lley")
    expect(page.locator(OPTIONS).first).to_have_text("Crankshaft pulley")
    assert len(held) == 1


def test_the_list_still_answers_after_the_result_was_replaced(open_page):
    page = open_page()
    page.goto("/en/products/")
    page.locator("#filter-q").press_sequentially("gearbox")
    expect(page.locator("#suggestions")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=gearbox"))
    expect(page.locator("#suggestions")).to_be_hidden()
    page.locator("#filter-q").press_sequentially(" oil", delay=10)
    page.locator("#filter-q").fill("slurry")
    expect(page.locator(OPTIONS).first).to_have_text("Slurry pump")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_on_a_phone_the_list_stays_within_the_page(typing, language):
    page = typing(f"/{language}/", "#q", "p", viewport={"width": 360, "height": 740}, color_scheme="dark")
    box = page.locator("#suggestions").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_script_the_field_searches(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/en/")
    page.locator("#q").press_sequentially("slurry")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/products/\?q=slurry"))
    expect(page.locator("table.rows mark").first).to_have_text("Slurry")
