"""The product listing: by keys alone, without script, and with the script that saves round trips."""

import re

import pytest
from playwright.sync_api import expect

ALL, AUTOMOTIVE, WITH_REFINING = "256 products", "32 products", "42 products"


def sector(page, name):
    return page.locator(f"#facet-sector-{name}")


def test_a_choice_replaces_the_result_and_becomes_the_address(page):
    page.goto("/en/products/")
    expect(page.locator("#worth")).to_contain_text(ALL)
    page.evaluate("window.stayed = true")

    sector(page, "automotive").check()

    expect(page.locator("#worth")).to_contain_text(AUTOMOTIVE)
    expect(page).to_have_url(re.compile(r"/en/products/\?sector=automotive"))
    assert page.evaluate("window.stayed"), "the page was loaded anew"


def test_the_focus_stays_on_the_choice_and_the_new_count_is_read_out(page):
    page.goto("/en/products/?sector=automotive")
    page.click("#facet-sector-more > summary")
    sector(page, "refining").focus()

    page.keyboard.press("Space")

    expect(page.locator("#live")).to_contain_text(WITH_REFINING)
    expect(sector(page, "refining")).to_be_focused()
    expect(sector(page, "refining")).to_be_checked()


def test_back_and_forward_show_what_the_address_says(page):
    page.goto("/en/products/")
    sector(page, "automotive").check()
    expect(page.locator("#worth")).to_contain_text(AUTOMOTIVE)

    page.go_back()
    expect(page.locator("#worth")).to_contain_text(ALL)
    expect(sector(page, "automotive")).not_to_be_checked()

    page.go_forward()
    expect(page.locator("#worth")).to_contain_text(AUTOMOTIVE)
    expect(sector(page, "automotive")).to_be_checked()


def test_the_order_acts_at_once_and_keeps_the_filter(page):
    page.goto("/en/products/?sector=automotive")
    page.select_option("#order", "name")
    expect(page).to_have_url(re.compile(r"order=name"))
    expect(page.locator("#worth")).to_contain_text(AUTOMOTIVE)
    names = page.locator("table.rows a.name").all_text_contents()
    assert [name.lower() for name in names] == sorted(name.lower() for name in names)


def test_open_filters_stay_open_on_a_phone(open_page):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/fa/products/")
    page.click("#filters > summary")
    sector(page, "automotive").check()
    expect(page.locator("#worth")).to_contain_text("۳۲ کالا")
    expect(page.locator("#filters")).to_have_attribute("open", "")


@pytest.mark.parametrize("script", [True, False])
def test_words_sector_order_and_pages_work_by_keys_alone(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto("/en/products/")
    sector(page, "automotive").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # in a form's field: sends it
    expect(page.locator("#worth")).to_contain_text(AUTOMOTIVE)

    page.locator(".pager a[rel=next]").press("Enter")
    expect(page).to_have_url(re.compile(r"page=2.*sector=automotive"))
    expect(page.locator(".pager [aria-current]")).to_have_text("2")

    page.locator("#filter-q").fill("gearbox")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=gearbox"))
    expect(page).not_to_have_url(re.compile(r"page=2"))

    page.locator("a.chip", has_text="Sector").press("Enter")
    expect(page).not_to_have_url(re.compile(r"sector="))
    expect(page).to_have_url(re.compile(r"q=gearbox"))


def test_without_script_the_order_has_its_button(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/fa/products/?sector=refining")
    page.select_option("#order", "name")
    page.locator(".toolbar [type=submit]").press("Enter")
    expect(page).to_have_url(re.compile(r"/fa/products/\?.*order=name"))
    expect(page).to_have_url(re.compile(r"sector=refining"))


def test_a_choice_keeps_the_rate_by_which_sums_are_shown(page):
    page.goto("/en/contracts/?sector=automotive")
    page.click("text=at the market rate")
    page.locator("#facet-kind-contract").check()
    expect(page).to_have_url(re.compile(r"kind=contract"))
    expect(page).to_have_url(re.compile(r"rate=market"))
    expect(page.locator(".deals .converted").first).to_contain_text("market rate")
    expect(page.locator(".rates-used li").first).to_be_attached()
    assert page.context.cookies() == []


def test_the_other_language_shows_what_is_chosen_here(page):
    page.goto("/en/products/")
    sector(page, "automotive").check()
    expect(page).to_have_url(re.compile(r"sector=automotive"))
    page.click("a.lang")
    expect(page).to_have_url(re.compile(r"/fa/products/\?sector=automotive"))
    expect(sector(page, "automotive")).to_be_checked()


ANSWERS = {
    "an error of the site": {"status": 500, "body": "<h1>Error</h1>"},
    "nobody behind the proxy": {"status": 503, "body": ""},
    "too many requests": {"status": 429, "body": "slow down"},
    "a page of something in between": {"status": 200, "content_type": "text/html", "body": "<p>Sign in</p>"},
    "no answer": None,
}
SENTENCES = {"en": "The site gave no answer", "fa": "پاسخی از سایت نرسید"}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_choice_without_an_answer_leaves_the_list_and_can_be_tried_again(page, language, answer):
    page.goto(f"/{language}/products/")
    before = page.locator("#worth").inner_text()
    given = ANSWERS[answer]
    page.route("**/products/?*", lambda route: route.fulfill(**given) if given else route.abort())

    sector(page, "automotive").check()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(SENTENCES[language])
    assert page.locator("#worth").inner_text() == before
    expect(page.locator("table.rows a.name")).to_have_count(24)

    page.unroute("**/products/?*")
    alert.get_by_role("button").click()

    expect(page).to_have_url(re.compile(r"sector=automotive"))
    expect(page.locator("table.rows a.name").first).to_be_visible()
    expect(alert).to_have_count(0)


def test_of_choices_in_quick_succession_none_is_lost(page):
    page.goto("/en/products/")
    page.click("#facet-sector-more > summary")
    for name in ("automotive", "refining", "marine"):
        sector(page, name).check()
    for name in ("automotive", "refining", "marine"):
        expect(page).to_have_url(re.compile(f"sector={name}"))
        expect(sector(page, name)).to_be_checked()


def test_a_list_on_a_phone_ends_no_line_with_the_point_between_two_parts(open_page):
    page = open_page(viewport={"width": 360, "height": 900})
    page.goto("/fa/products/")
    page.evaluate("document.fonts.ready")
    kept = page.evaluate(
        """() => [...document.querySelectorAll(".under-name")].flatMap((line) => {
          const edge = line.getBoundingClientRect().right;
          return [...line.children].filter((part) => part.textContent.trim()).map((part) => {
            const box = part.getBoundingClientRect();
            const start = box.right - parseFloat(getComputedStyle(part).paddingInlineStart);
            return Math.abs(start - edge) < 1 ? box.right > edge + 4 : box.right <= edge + 1;
          });
        })"""
    )
    assert len(kept) > 40
    assert all(kept)  # its point lies outside the box where a part begins a line, and inside elsewhere
