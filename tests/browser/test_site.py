"""That the browser tests see the site as its visitors do."""

import pytest

from tests.browser.conftest import fill_in_sign_in


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_the_root_leads_to_the_browsers_language(open_page, language, direction):
    page = open_page(locale=language)
    page.goto("/")
    assert page.url.endswith(f"/{language}/")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)


def test_a_breach_of_the_policy_is_noticed(browser, site):
    page = browser.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{site.address}/en/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")
    page.wait_for_timeout(200)
    page.close()
    assert any("Content Security Policy" in message for message in messages)


@pytest.mark.parametrize("name", ["admin", "editor", "officer"])
def test_each_first_account_signs_in(page, site, name):
    page.goto("/admin/login/?next=/admin/")
    fill_in_sign_in(page, site, name)
    assert page.locator("#user-tools").count() == 1
