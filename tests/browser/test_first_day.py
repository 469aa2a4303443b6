"""The questions of an investor on a site of facts alone: what is known is said, what is not is said plainly.

Each from the home page, in at most three clicks, in both languages.
"""

import csv
import io

import pytest
from django.utils import translation

from catalog.models import DeskStatus, EngagementStage, Product
from tests.browser.conftest import pages_of
from tests.browser.test_questions import LANGUAGES, MADE, NEARLY, PUBLIC, WANTED, Visitor, take_along, words


@pytest.fixture(params=LANGUAGES)
def visitor(request, browser, facts_site):
    with pages_of(browser, facts_site) as open_page:
        yield Visitor(open_page(), request.param, facts_site.database)


def said(visitor, text):
    """These words as the page says them; what is not translated stays English."""
    with translation.override(visitor.language):
        return words(translation.gettext(text))


def columns(visitor, table=".rows"):
    return visitor.page.locator(f"{table} thead th").count()


def test_1_imports_are_said_of_the_one_product_that_has_a_figure(visitor):
    [row] = visitor.rows(
        """SELECT p.name_en, p.name_fa, s.slug AS sector, i.value FROM catalog_importrecord i
           JOIN catalog_product p ON p.id = i.product_id JOIN catalog_sector s ON s.id = p.sector_id"""
    )
    visitor.open(f"sectors/{row['sector']}/")
    first = visitor.reads(".rows tbody tr")
    assert visitor.name(row) in first
    assert visitor.money(row["value"], "USD") in first
    assert visitor.number(1) in visitor.reads(".sector-numbers .money .sub")


def test_1_a_sector_without_figures_has_no_column_for_them_and_says_so(visitor):
    visitor.open("sectors/automotive/")
    assert columns(visitor) == 4
    assert said(visitor, "Import figures of its products") in visitor.reads("#missing")


@pytest.mark.parametrize(
    ("link", "condition"),
    [
        ("?companies=none", f"id NOT IN (SELECT product FROM {MADE}) AND reported <> 'made'"),
        ("stage=prototype", f"id IN (SELECT product FROM {MADE}) AND NOT {NEARLY} AND reported <> 'made'"),
    ],
)
def test_2_makers_are_counted_as_sources_name_them(visitor, link, condition):
    [(count,)] = visitor.rows(f"SELECT count(*) FROM catalog_product WHERE {PUBLIC} AND {condition}")
    visitor.click(f'.questions a[href*="{link}"]')
    assert count > 0
    assert visitor.number(count) in visitor.reads("#worth")


def test_3_a_buyer_that_a_source_names_stands_without_quantity_and_year(visitor):
    [buyer, *_] = visitor.rows(
        """SELECT c.name_en, c.name_fa FROM catalog_demand d JOIN catalog_company c ON c.id = d.buyer_id
           JOIN catalog_product p ON p.id = d.product_id WHERE p.slug = 'turbocharger'"""
    )
    visitor.search("turbocharger").open("products/turbocharger/")
    assert visitor.name(buyer) in visitor.reads("#demand")


def test_4_who_gives_out_the_specification_is_not_on_record(visitor):
    visitor.search("turbocharger").open("products/turbocharger/")
    assert said(visitor, "Who gives out the specification") in visitor.reads("#missing")
    assert visitor.page.locator("#what .say").count() == 0


def test_5_a_name_leads_to_the_product_and_the_page_says_that_it_is_wanted(visitor):
    visitor.search("توربوشارژر").open("products/turbocharger/")
    assert visitor.label(Product.Reported.TARGET) in visitor.reads(".page-head")
    [(buyers,)] = visitor.rows(
        """SELECT count(DISTINCT buyer_id) FROM catalog_demand d JOIN catalog_product p ON p.id = d.product_id
           WHERE p.slug = 'turbocharger'"""
    )
    assert visitor.number(buyers) in visitor.reads(".case")
    assert visitor.page.locator("#demand .num").count() == 0  # nobody says how many, so there is no column


def test_6_a_company_that_a_source_names_stands_with_no_more_than_that(visitor):
    visitor.search("abs").open("products/abs-brake-parts/")
    [company] = visitor.rows("SELECT * FROM catalog_company WHERE slug = 'crouse'")
    assert visitor.name(company) in visitor.reads("#makers")
    assert visitor.label(EngagementStage.NAMED) in visitor.reads("#makers")


def test_7_an_announced_desk_has_no_date_and_the_page_says_so(visitor):
    desk = visitor.rows(
        f"""SELECT * FROM catalog_desk WHERE {PUBLIC} AND stated = 'announced'
            ORDER BY target_amount DESC, id"""
    )[0]
    visitor.open(f"desks/{desk['slug']}/")
    text = visitor.reads()
    assert visitor.label(DeskStatus.ANNOUNCED) in text
    assert visitor.money(desk["target_amount"], desk["target_currency"]) in text


def test_10_where_makers_and_buyers_stand_is_not_known_so_no_product_is_named(visitor):
    provinces = visitor.rows(
        f"SELECT DISTINCT province FROM {MADE} UNION SELECT province FROM {WANTED} ORDER BY province"
    )
    assert [tuple(row) for row in provinces] == [("",)]
    visitor.page.select_option("#ask-province", "isfahan")
    visitor.click("form:has(#ask-province) [type=submit]")
    nothing = {"en": "No product fits all of this", "fa": "کالایی با این مشخصات ثبت نشده است"}
    assert visitor.page.locator("#rows tr, .products tbody tr").count() == 0
    assert nothing[visitor.language] in visitor.reads("main")


def test_11_no_idle_plant_is_on_record_and_what_officials_stated_is_one_click_away(visitor):
    visitor.search("turbocharger").open("products/turbocharger/")
    assert said(visitor, "Idle plants that could make it") in visitor.reads("#missing #units")
    visitor.click("#missing #units a")
    assert visitor.number(2200) in visitor.reads()


def test_every_section_that_stands_on_a_product_page_has_something_in_it(visitor):
    visitor.page.goto(f"/{visitor.language}/products/gas-insulated-switchgear/")
    stations = visitor.page.locator(".path > li:not(.path-end)")
    assert stations.count() <= 4
    assert visitor.page.locator(".path table").count() == 0
    numbers = visitor.page.locator(".path .step").count()
    assert numbers == stations.count()


def test_8_what_the_last_desk_brought_is_said_as_far_as_it_is_known(visitor):
    desk = visitor.rows(
        f"""SELECT d.slug, count(c.id) AS contracts FROM catalog_desk d LEFT JOIN catalog_contract c
            ON c.desk_id = d.id AND c.{PUBLIC} AND c.kind IN ('contract', 'offtake')
            WHERE d.{PUBLIC} AND d.stated = 'held' GROUP BY d.id
            ORDER BY contracts DESC, d.held_on DESC, d.id"""
    )[0]
    sums = visitor.rows(
        f"""SELECT c.currency, sum(c.amount) AS amount FROM catalog_contract c
            JOIN catalog_desk d ON d.id = c.desk_id WHERE d.slug = ? AND c.{PUBLIC}
            AND c.kind IN ('contract', 'offtake') GROUP BY c.currency""",
        desk["slug"],
    )
    visitor.click('.questions a[href*="desks/?state=held"]').open(f"desks/{desk['slug']}/")
    text = visitor.reads()
    assert any(row["amount"] for row in sums)
    for row in sums:
        if row["amount"]:
            assert visitor.money(row["amount"], row["currency"]) in text
    assert said(visitor, "Delivered") not in text or "–" in text  # nothing says what was delivered


def test_9_a_company_that_delivered_nothing_on_record_says_so_and_that_nobody_verified_it(visitor):
    company = visitor.rows(
        f"""SELECT c.* FROM catalog_company c WHERE c.{PUBLIC} AND EXISTS (SELECT 1 FROM catalog_party q
            JOIN catalog_contract k ON k.id = q.contract_id WHERE q.company_id = c.id AND q.role = 'supplier'
            AND k.kind = 'contract') ORDER BY c.slug"""
    )[0]
    made = visitor.rows(
        f"""SELECT p.name_en, p.name_fa FROM {MADE} JOIN catalog_product p ON p.id = product
            WHERE company = ? AND p.{PUBLIC}""",
        company["id"],
    )
    visitor.click('.questions a[href*="/companies/"]')
    visitor.page.fill("main input[name=q]", company["name_en"])
    visitor.click("main [type=submit][form=filter-form], main form [type=submit]")
    visitor.open(f"companies/{company['slug']}/")
    text = visitor.reads()
    assert all(visitor.name(product) in text for product in made)
    assert said(visitor, "Not verified by the ministry") in text
    assert said(visitor, "What was delivered under its contracts") in visitor.reads("#missing")


def test_12_what_was_paid_to_companies_like_mine_is_not_on_record(visitor):
    visitor.click('.questions a[href*="/financing/"]')
    text = visitor.reads()
    assert visitor.money(2 * 10**12, "IRR") in text
    assert visitor.number(137) in text
    assert said(visitor, "no payment on record") in text
    with translation.override(visitor.language):
        unknown = words(translation.gettext("what companies of your size or sector were paid"))
    assert unknown.lower() in visitor.reads("#missing").lower()
    assert visitor.page.locator(".alike").count() == 0


def test_13_nobody_is_named_to_answer_and_the_form_says_so(visitor):
    visitor.search("turbocharger").open("products/turbocharger/")
    visitor.click('#ask a[href*="/ask/?kind=ask"]')
    assert said(visitor, "This is a demonstration.") in visitor.reads(".ask-next")


def test_13_how_fast_they_answer_is_not_known_yet(visitor):
    visitor.click('footer a[href$="/service/"]')
    assert said(visitor, "Nothing has been counted yet") in visitor.reads()


def test_14_what_is_dated_stands_in_the_news_and_a_product_can_be_watched(visitor):
    visitor.search("turbocharger").open("products/turbocharger/")
    visitor.click(".watch-link a")
    assert visitor.page.locator("#watch-email").is_visible()
    visitor = Visitor(visitor.page, visitor.language, visitor.database)
    visitor.click('main a[href$="/news/"]')
    first = visitor.page.locator(".news-lines li:has(a[href*='/contracts/'])").first
    [contract] = visitor.rows(
        """SELECT k.title_en, k.title_fa FROM catalog_contract k JOIN catalog_change c ON c.contract_id = k.id
           WHERE c.id = ?""",
        first.get_attribute("id").removeprefix("change-"),
    )
    assert visitor.name(contract, "title") in words(first.inner_text())


def test_15_what_was_chosen_is_compared_and_printed(visitor):
    take_along(visitor)


def test_15_the_list_can_be_taken_along_with_its_sources(visitor):
    visitor.search("pump")
    page = visitor.page
    answer = page.request.get(page.locator('a[href*="export.csv"]').first.get_attribute("href"))
    head, *rows = csv.reader(io.StringIO(answer.text().removeprefix("\ufeff")))
    assert visitor.number(len(rows)) in visitor.reads("#worth")
    sources = visitor.rows(
        f"""SELECT s.address FROM catalog_product p JOIN catalog_source s ON s.id = p.source_id
            WHERE p.{PUBLIC} AND p.name_en LIKE '%pump%' AND s.address <> ''"""
    )
    written = {cell for row in rows for cell in row}
    assert sources
    assert all(row["address"] in written for row in sources)
    assert head
