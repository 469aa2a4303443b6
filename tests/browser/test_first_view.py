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
