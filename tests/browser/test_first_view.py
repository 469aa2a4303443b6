"""What a first visit to the listing costs: the server of these tests is the one that runs outside of them."""

from urllib.parse import urlsplit

import pytest

REQUESTS = 8
BYTES = {"en": 60_000, "fa": 110_000}  # compressed, with the font where there is one


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_first_view_is_small_and_from_one_host(open_page, site, language):
    page = open_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    asked, received = [], []
    network.on("Network.requestWillBeSent", lambda event: asked.append(urlsplit(event["request"]["url"])))
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"/{language}/products/", wait_until="networkidle")
    assert page.locator("table.rows tbody tr").count() == 24
    assert {url.netloc for url in asked if url.scheme != "data"} == {urlsplit(site.address).netloc}
    assert len(asked) <= REQUESTS, asked
    assert 10_000 < sum(received) <= BYTES[language]
    print(f"{language}: {len(asked)} requests, {sum(received):,} bytes")


def test_scripts_wait_for_the_style_that_a_slow_phone_waits_for(open_page):
    page = open_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sheets, finished, too_early = {}, set(), []
    network.on("Network.loadingFinished", lambda event: finished.add(event["requestId"]))

    def asked(event):
        name = event["request"]["url"].rpartition("/")[2]
        if name.endswith(".css"):
            sheets[event["requestId"]] = name
        elif name.endswith(".js") and not name.startswith("site."):
            too_early.extend([name] if sheets.keys() - finished else [])

    network.on("Network.requestWillBeSent", asked)
    page.goto("/fa/products/")
    assert sheets
    assert too_early == []
    assert page.evaluate("!!window.htmx"), "and are there once the page is loaded"
