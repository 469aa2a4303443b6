"""Data blocks for machines and the strict policy: a browser must not take them for scripts.

What the policy refuses is written to the console, which conftest.py watches: that fails the test.
"""

import json

import pytest


@pytest.mark.parametrize("language", ["en", "fa"])
def test_data_blocks_are_there_and_nothing_is_refused(page, language):
    for path in ("products/", "products/turbocharger/", "companies/", "contracts/?year=1398"):
        page.goto(f"/{language}/{path}")
        blocks = page.locator('script[type="application/ld+json"]').all_text_contents()
        assert blocks, path
        assert {json.loads(block)["@context"] for block in blocks} == {"https://schema.org"}
        page.wait_for_load_state("load")


def test_a_list_is_saved_under_a_readable_name(page):
    page.goto("/fa/products/?sector=marine")
    with page.expect_download() as download:
        page.click(".downloads a[href*='export.csv']")
    assert download.value.suggested_filename.startswith("کالاها ۱۴")
    assert download.value.suggested_filename.endswith(".csv")
