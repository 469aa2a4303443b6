"""The questions an investor must get answered: each from the home page, in at most three clicks.

What the answer should be is asked of the database in plain SQL; the page must say it, in both languages.
"""

import csv
import io
import sqlite3
from contextlib import closing

import pytest
from django.utils import translation

from catalog.formats import calendar, money
from catalog.formats.numerals import latin_digits, number
from catalog.models import Cause, EngagementStage, Product, Province
from tests.browser.conftest import LAY_OUT

LANGUAGES = ["en", "fa"]
MOST_CLICKS = 3
PUBLIC = "state = 'published'"
SIGNED = """catalog_contractline l JOIN catalog_contract k ON k.id = l.contract_id AND k.state = 'published'
    AND k.kind IN ('contract', 'offtake') JOIN catalog_party q ON q.contract_id = k.id
    JOIN catalog_company c ON c.id = q.company_id AND c.state = 'published'"""
MADE = f"""(SELECT e.product_id AS product, e.company_id AS company, c.province, e.stage
    FROM catalog_engagement e JOIN catalog_company c ON c.id = e.company_id
    WHERE e.state = 'published' AND c.state = 'published'
    UNION SELECT l.product_id, q.company_id, c.province,
    CASE WHEN l.delivered_amount > 0 OR k.status = 'delivered' THEN 'production' ELSE 'contracted' END
    FROM {SIGNED} WHERE q.role = 'supplier' AND l.product_id IS NOT NULL
    AND (k.status <> 'ended_early' OR l.delivered_amount > 0))"""
"""What public companies make by their work or by what they signed."""

WANTED = f"""(SELECT d.product_id AS product, c.province FROM catalog_demand d JOIN catalog_company c
    ON c.id = d.buyer_id LEFT JOIN catalog_contract k ON k.id = d.contract_id AND k.state = 'published'
    WHERE c.state = 'published' AND k.id IS NULL
    UNION SELECT l.product_id, c.province FROM {SIGNED} WHERE q.role = 'buyer' AND l.product_id IS NOT NULL
    AND k.status NOT IN ('ended_early', 'delivered')
    AND (l.amount IS NULL OR l.amount = 0 OR l.delivered_amount IS NULL OR l.delivered_amount < l.amount))"""
"""What public companies promise to buy."""

NEARLY = f"id IN (SELECT product FROM {MADE} WHERE stage IN ('testing', 'production'))"
# The joiner and the marks of direction are no part of what is read.
UNREAD = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def words(text):
    return " ".join(text.translate(UNREAD).split())


class Visitor:
    """Somebody who starts at the home page; counts the clicks."""

    def __init__(self, page, language, database):
        self.page, self.language, self.database = page, language, database
        self.clicks = 0
        page.goto(f"/{language}/")

    def click(self, selector):
        """One click that opens another page; filling a field is none."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, "more than three clicks"
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self

    def press(self, selector):
        """One click after which the visitor stays on the page."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, "more than three clicks"
        self.page.locator(selector).first.click()
        return self

    def search(self, text):
        self.page.fill("#q", text)
        return self.click(".hero-search [type=submit]")

    def open(self, path):
        """Click the first link in the page's body that leads to this path."""
        return self.click(f'main a[href*="/{self.language}/{path}"]')

    def reads(self, selector="main"):
        """What stands there, laid out or not: the page lays out what is below the first sight when idle."""
        part = self.page.locator(selector).first
        part.wait_for()
        self.page.evaluate(LAY_OUT)
        return words(part.inner_text())

    def rows(self, sql, *parameters):
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, parameters).fetchall()

    def name(self, row, stem="name"):
        own, other = ("fa", "en") if self.language == "fa" else ("en", "fa")
        return words(row[f"{stem}_{own}"] or row[f"{stem}_{other}"])

    def number(self, value):
        return words(number(value, self.language))

    def money(self, value, currency, decimals=None):
        """Short; with so many decimals, as a column of money has it."""
        places = None if decimals is None else {10**6: decimals, 10**9: decimals}
        return words(money.compact(value, currency, self.language, places))

    def label(self, choice):
        with translation.override(self.language):
            return words(str(choice.label))


@pytest.fixture(params=LANGUAGES)
def visitor(request, page, site):
    return Visitor(page, request.param, site.database)


def test_1_which_products_of_my_sector_cost_most_in_imports_and_how_much_each_year(visitor):
    imports = visitor.rows(
        """SELECT p.slug, p.name_en, p.name_fa, i.year, i.value FROM catalog_importrecord i
           JOIN catalog_product p ON p.id = i.product_id JOIN catalog_sector s ON s.id = p.sector_id
           WHERE s.slug = 'automotive' AND p.state = 'published' AND i.currency = 'USD'"""
    )
    latest = max(row["year"] for row in imports)
    most = max((row for row in imports if row["year"] == latest), key=lambda row: row["value"])
    visitor.open("sectors/automotive/")
    first = visitor.reads(".rows tbody tr")
    assert visitor.name(most) in first
    assert any(visitor.money(most["value"], "USD", decimals=number) in first for number in (0, 1, 2))
    visitor.open(f"products/{most['slug']}/")
    years = [row for row in imports if row["slug"] == most["slug"]]
    visitor.page.evaluate("document.querySelectorAll('#imports details').forEach(d => d.open = true)")
    text = latin_digits(visitor.reads("#imports"))
    assert len(years) > 1
    for row in years:
        assert str(row["year"]) in text
        shown = (visitor.money(row["value"], "USD", decimals=number) for number in (0, 1, 2))
        assert any(latin_digits(words) in text for words in shown)


@pytest.mark.parametrize(
    ("link", "condition"),
    [
        ("?companies=none", f"id NOT IN (SELECT product FROM {MADE}) AND reported <> 'made'"),
        (
            "stage=prototype",
            f"""id IN (SELECT product FROM {MADE}) AND NOT {NEARLY} AND (reported <> 'made' OR id IN
                (SELECT product FROM {MADE} WHERE stage <> 'named'))""",
        ),
        (
            "commitment=tendered",
            f"""id NOT IN (SELECT product FROM {MADE}) AND reported <> 'made' AND (id IN
                (SELECT d.product_id FROM catalog_demand d WHERE d.commitment IN ('budgeted', 'tendered',
                 'offtake') AND d.contract_id IS NULL) OR id IN (SELECT l.product_id FROM {SIGNED}
                WHERE k.kind = 'offtake' AND q.role = 'buyer'
                AND k.status NOT IN ('delivered', 'ended_early')))""",
        ),
    ],
)
def test_2_for_which_is_no_maker_on_record_and_which_have_only_a_prototype(visitor, link, condition):
    [(count,)] = visitor.rows(f"SELECT count(*) FROM catalog_product WHERE {PUBLIC} AND {condition}")
    visitor.click(f'.questions a[href*="{link}"]')
    assert visitor.number(count) in visitor.reads("#worth")
    assert count > 0


def test_3_how_many_will_be_bought_by_whom_in_which_years_a_promise_or_a_hope(visitor):
    demand = visitor.rows(
        """SELECT p.slug, p.name_en AS product, c.name_en, c.name_fa, d.year, d.quantity FROM catalog_demand d
           JOIN catalog_product p ON p.id = d.product_id JOIN catalog_company c ON c.id = d.buyer_id
           WHERE d.commitment = 'offtake' AND d.quantity > 0 AND d.year > 0 AND d.contract_id IS NULL
           ORDER BY d.quantity DESC, d.id"""
    )[0]
    visitor.search(demand["product"]).open(f"products/{demand['slug']}/")
    text = visitor.reads("#demand")
    assert visitor.name(demand) in text
    assert visitor.number(demand["quantity"]) in text
    assert str(demand["year"]) in latin_digits(text)
    with translation.override(visitor.language):
        assert words(translation.pgettext("commitment", "Offtake")) in text or "offtake" in text.lower()


def test_3_what_is_signed_is_promised_and_what_was_delivered_is_bought(visitor):
    visitor.search("refrigerator compressor").open("products/refrigerator-compressor/")
    text = visitor.reads("#demand")
    assert visitor.number(330_000) in text
    assert "S-1404-0918" in text
    with translation.override(visitor.language):
        assert words(translation.gettext("Signed")) in text or "signed" in text.lower()
    visitor = Visitor(visitor.page, visitor.language, visitor.database)
    visitor.search("gas-insulated switchgear").open("products/gas-insulated-switchgear/")
    assert "S-1403-0737" in visitor.reads("#demand")
    with translation.override(visitor.language):
        assert words(translation.gettext("Bought and delivered")) in visitor.reads("#demand")


def test_4_may_i_see_the_specification_and_who_tests_the_result(visitor):
    row = visitor.rows(
        """SELECT p.slug, p.name_en AS product, q.name_en, q.name_fa,
           q.test_method FROM catalog_parameter q
           JOIN catalog_product p ON p.id = q.product_id
           WHERE q.test_method <> '' AND p.specification = 'open' ORDER BY q.id"""
    )[0]
    visitor.search(row["product"]).open(f"products/{row['slug']}/")
    text = visitor.reads("#what")
    assert visitor.name(row) in text
    assert words(row["test_method"]) in text
    with translation.override(visitor.language):
        assert words(translation.gettext("The specification is open: whoever asks for it gets it.")) in text


@pytest.mark.parametrize("asked", ["turbocharger", "توربوشارژر", "توربو شارژر", "8414.80", "۸۴۱۴۸۰"])
def test_5_i_have_a_code_or_a_name_in_either_script_is_it_wanted(visitor, asked):
    [row] = visitor.rows("SELECT * FROM catalog_product WHERE slug = 'turbocharger'")
    visitor.search(asked)
    assert visitor.name(row) in visitor.reads(".rows")
    visitor.open("products/turbocharger/")
    assert visitor.name(row) in visitor.reads("h1")
    assert row["reported"] == "target"  # wanted: the press names it so, and the page says it
    assert visitor.label(Product.Reported.TARGET) in visitor.reads(".page-head")


@pytest.mark.parametrize("misspelt", ["turbocharjer", "trubocharger", "توربوشارزر"])
def test_5_even_a_misspelt_name_leads_there(visitor, misspelt):
    visitor.search(misspelt)
    assert visitor.reads(".correction a") in ("turbocharger", "توربوشارژر")
    visitor.open("products/turbocharger/")


def test_6_which_companies_work_on_this_product_how_far_are_they_what_do_they_seek(visitor):
    row = visitor.rows(
        f"""SELECT p.slug, p.name_en AS product, c.name_en, c.name_fa, e.stage, e.seeks
            FROM catalog_engagement e JOIN catalog_product p ON p.id = e.product_id
            JOIN catalog_company c ON c.id = e.company_id
            WHERE e.{PUBLIC} AND e.stage = 'testing' AND e.seeks <> '' ORDER BY e.id"""
    )[0]
    visitor.search(row["product"]).open(f"products/{row['slug']}/")
    text = visitor.reads("#makers")
    assert visitor.name(row) in text
    assert visitor.label(EngagementStage(row["stage"])) in text
    with translation.override(visitor.language):
        seeks = {"partner": "a partner", "finance": "finance", "buyer": "a buyer"}[row["seeks"]]
        assert words(translation.gettext(seeks)) in text


def test_6_a_supplier_by_contract_works_on_the_product_too(visitor):
    visitor.search("refrigerator compressor").open("products/refrigerator-compressor/")
    text = visitor.reads("#makers")
    [company] = visitor.rows("SELECT * FROM catalog_company WHERE slug = 'alamutin-compressor'")
    assert visitor.name(company) in text
    assert visitor.label(EngagementStage.CONTRACTED) in text
    assert "S-1404-0918" in text


def test_7_when_is_the_next_desk_what_is_on_its_list_how_do_i_get_in(visitor):
    desk = visitor.rows(
        f"""SELECT * FROM catalog_desk WHERE {PUBLIC} AND opens > date('now', '+1 day')
            AND stated <> 'cancelled' ORDER BY opens, id"""
    )[0]
    offers = visitor.rows(
        """SELECT p.name_en, p.name_fa FROM catalog_deskproduct o
           JOIN catalog_product p ON p.id = o.product_id WHERE o.desk_id = ?""",
        desk["id"],
    )
    visitor.open(f"desks/{desk['slug']}/")
    text = visitor.reads()
    opens = calendar.datetime.date.fromisoformat(desk["opens"])
    assert str(calendar.to_jalali(opens)[2]) in latin_digits(text)
    assert calendar.MONTHS_FA[calendar.to_jalali(opens)[1] - 1] in text or visitor.language == "en"
    assert offers
    assert all(visitor.name(offer) in text for offer in offers)
    assert visitor.name(desk, "take_part") in text
    assert visitor.name(desk, "place") in text
    assert visitor.page.locator(f'a[href*="desks/{desk["slug"]}/calendar.ics"]').count()


def test_8_what_did_the_last_desk_in_this_field_really_bring(visitor):
    desk = visitor.rows(
        f"""SELECT * FROM catalog_desk WHERE {PUBLIC} AND coalesce(closes, opens) < date('now')
            AND target_amount IS NOT NULL ORDER BY opens DESC, id"""
    )[0]
    sums = visitor.rows(
        f"""SELECT c.currency, sum(l.delivered) AS delivered,
            sum(CASE WHEN c.total_basis = 'stated' THEN c.stated_amount ELSE l.amount END) AS amount
            FROM catalog_contract c LEFT JOIN (SELECT contract_id, sum(amount) AS amount,
            sum(delivered_amount) AS delivered FROM catalog_contractline GROUP BY contract_id) l
            ON l.contract_id = c.id WHERE c.{PUBLIC} AND c.desk_id = ? AND c.kind IN ('contract', 'offtake')
            GROUP BY c.currency""",
        desk["id"],
    )
    visitor.click('.questions a[href*="desks/?state=held"]').open(f"desks/{desk['slug']}/")
    text = visitor.reads()
    assert visitor.money(desk["target_amount"], desk["target_currency"]) in text
    assert sums
    for row in sums:
        assert visitor.money(row["amount"], row["currency"]) in text
        if row["delivered"]:
            assert visitor.money(row["delivered"], row["currency"]) in text


def test_9_what_does_this_company_make_is_it_verified_what_has_it_delivered(visitor):
    company = visitor.rows(
        f"""SELECT c.* FROM catalog_company c WHERE c.{PUBLIC} AND c.verified_on IS NOT NULL AND EXISTS
            (SELECT 1 FROM catalog_party q JOIN catalog_contract k ON k.id = q.contract_id
             JOIN catalog_contractline l ON l.contract_id = k.id
             WHERE q.company_id = c.id AND q.role = 'supplier' AND l.delivered_amount > 0)
            AND EXISTS (SELECT 1 FROM catalog_engagement e WHERE e.company_id = c.id) ORDER BY c.sort_en"""
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
    verified = calendar.datetime.date.fromisoformat(company["verified_on"])
    assert words(calendar.jalali_words(verified, "day", visitor.language)) in text
    with translation.override(visitor.language):
        assert words(translation.pgettext("sum", "Delivered")) in text


def test_10_what_is_wanted_that_could_be_made_in_my_province(visitor):
    [(count,)] = visitor.rows(
        f"""SELECT count(*) FROM catalog_product WHERE {PUBLIC} AND reported <> 'made' AND NOT {NEARLY} AND (
            id IN (SELECT product FROM {MADE} WHERE province = 'isfahan')
            OR id IN (SELECT product FROM {WANTED} WHERE province = 'isfahan')
            OR id IN (SELECT m.product_id FROM catalog_idleunit_products m
             JOIN catalog_idleunit u ON u.id = m.idleunit_id
             WHERE u.{PUBLIC} AND u.status <> 'revived' AND u.province = 'isfahan'))"""
    )
    assert count > 0
    visitor.page.select_option("#ask-province", "isfahan")
    visitor.click("form:has(#ask-province) [type=submit]")
    assert visitor.number(count) in visitor.reads("#worth")
    assert visitor.label(Province.ISFAHAN) in visitor.reads(".chips")


def test_11_which_idle_plants_could_make_this_why_did_they_stop_what_do_they_need(visitor):
    unit = visitor.rows(
        f"""SELECT u.*, p.slug AS product, p.name_en AS product_name FROM catalog_idleunit u
            JOIN catalog_idleunit_products m ON m.idleunit_id = u.id
            JOIN catalog_product p ON p.id = m.product_id
            WHERE u.{PUBLIC} AND u.status = 'idle' AND u.needs_en <> '' AND p.slug = 'turbocharger'
            ORDER BY u.id"""
    )[0]
    visitor.search(unit["product_name"]).open(f"products/{unit['product']}/")
    text = visitor.reads("#units")
    assert visitor.name(unit) in text
    with translation.override(visitor.language):
        causes = [str(Cause(code).label) for code in unit["causes"].split(",")]
    assert all(words(cause) in text for cause in causes)
    assert visitor.name(unit, "needs") in text


def test_12_what_financing_goes_with_it_and_what_was_paid_to_companies_like_mine(visitor):
    paid = visitor.rows(
        f"""SELECT f.origin = 'sample' AS sample, sum(CASE f.currency WHEN 'IRR' THEN f.paid END) AS rials,
            count(DISTINCT f.company_id) AS companies
            FROM catalog_facility f JOIN catalog_company c ON c.id = f.company_id
            WHERE f.{PUBLIC} AND c.{PUBLIC} AND f.paid > 0 AND f.kind <> 'guarantee' GROUP BY 1"""
    )
    medium = visitor.rows(
        f"""SELECT sum(f.paid) AS rials FROM catalog_facility f
            JOIN catalog_company c ON c.id = f.company_id
            WHERE f.{PUBLIC} AND c.{PUBLIC} AND c.size = 'medium' AND f.kind = 'loan'
            AND f.currency = 'IRR'"""
    )[0]
    visitor.click('.questions a[href*="/financing/"]')
    text = visitor.reads("main")
    for row in paid:  # the real and the samples, each by itself
        assert visitor.money(row["rials"], "IRR") in text
        assert visitor.number(row["companies"]) in text
    assert visitor.money(medium["rials"], "IRR") in visitor.reads(".alike")
    assert visitor.money(2 * 10**12, "IRR") in text
    assert visitor.number(137) in text
    with translation.override(visitor.language):
        assert words(translation.gettext("more than")) in text


ANSWERED = """
from catalog.figures import recording
from contact import counting
from tests.factories import *
recording.record()
product = Product.objects.get(slug="slurry-pump")
office = make_office(key="pumps", name_en="Office of pumps", name_fa="دفتر پمپ‌ها")
office.sectors.add(product.sector)
now = timezone.now()
make_enquiry([product], reference="Q-1300-0001", office=office, state="answered", answered_at=now)
asked = {"text_en": "Which drawing holds?", "text_fa": "کدام نقشه معتبر است؟"}
make_question(product=product, office=office, **asked)
counting.count_service()
recording.record()
"""


@pytest.fixture(scope="session")
def answered(site):
    """An office that answered about slurry pumps, once by mail and once in public."""
    site.manage("shell", "-v", "0", "-c", ANSWERED)


def test_13_whom_do_i_ask_how_fast_do_they_answer_what_have_others_asked(visitor, answered):
    office = {"en": "Office of pumps", "fa": "دفتر پمپ‌ها"}[visitor.language]
    visitor.search("slurry pump").open("products/slurry-pump/")
    whom = visitor.reads("#ask")
    assert words(office) in whom
    with translation.override(visitor.language):
        once = translation.gettext("received %(received)s, answered %(answered)s")
    one = visitor.number(1)
    assert words(once % {"received": one, "answered": one}) in whom
    asked = {"en": "Which drawing holds?", "fa": "کدام نقشه معتبر است؟"}[visitor.language]
    assert words(asked) in visitor.reads("#questions")
    visitor.click('#ask a[href*="/ask/?kind=ask"]')
    assert visitor.page.locator("[name=p][value=slurry-pump]").is_checked()
    assert words(office) in visitor.reads(".ask-next")


def test_13_how_fast_all_offices_answer_is_one_click_away(visitor, answered):
    visitor.click('footer a[href$="/service/"]')
    figures = visitor.rows(
        """SELECT o.name_en, o.name_fa, f.received FROM catalog_servicefigure f
           JOIN catalog_office o ON o.id = f.office_id WHERE f.received > 0"""
    )
    text = visitor.reads()
    assert figures
    for row in figures:
        assert visitor.name(row) in text
        assert visitor.number(row["received"]) in text


def test_14_what_changed_since_i_last_looked(visitor, answered):
    visitor.click('main a[href$="/news/"]')
    changes = visitor.rows("SELECT * FROM catalog_change WHERE kind = 'question'")
    assert changes
    assert visitor.page.locator(f"#change-{changes[0]['id']}").count() == 1


def test_14_will_you_tell_me(visitor):
    visitor.search("pump").click(".downloads .watch-link a")
    assert "pump" in visitor.reads(".watch-what")
    assert visitor.page.locator('.watch-feed a[href*="feed.atom?q=pump"]').count() == 1
    visitor.page.fill("#watch-email", f"question-14-{visitor.language}@example.org")
    visitor.click(".watch-form [type=submit]")
    assert said_in(visitor.language, "Look into your mail") in visitor.reads("h1")
    [kept] = visitor.rows(
        "SELECT * FROM contact_subscription WHERE email = ?", f"question-14-{visitor.language}@example.org"
    )
    assert (kept["what"], kept["key"], kept["confirmed_at"]) == ("products", "q=pump", None)


def said_in(language, text):
    with translation.override(language):
        return words(translation.gettext(text))


def test_15_may_i_compare_what_i_chose_and_print_it(visitor):
    take_along(visitor)


def take_along(visitor):
    """Search, put one on the list, open the list: what can be done with it stands there."""
    visitor.search("pump").press(".rows .keep-row")
    visitor.page.locator(".keep-row[aria-pressed=true], .keep-row.is-kept, #kept:target").first.wait_for()
    visitor.click(".tool-shortlist")
    text = visitor.reads()
    for way in ("Compare", "Dossier to print", "Share this list"):
        assert said_in(visitor.language, way) in text
    page = visitor.page
    links = page.locator(".shortlist .actions a").evaluate_all("links => links.map(link => link.href)")
    [compare] = [link for link in links if "/compare/?p=" in link]
    [dossier] = [link for link in links if "/dossier/?p=" in link]
    assert all(page.request.get(link).ok for link in links)
    slug = dossier.rpartition("p=")[2]
    assert slug in visitor.reads(".share-address")
    page.goto(dossier)
    assert page.locator(f"#{slug}").count() == 1
    page.emulate_media(media="print")
    assert page.locator(f"#{slug}").is_visible()
    page.goto(compare)
    page.emulate_media(media="print")
    assert page.locator("table.compare").is_visible()


def test_15_may_i_take_this_list_to_my_board(visitor):
    visitor.search("pump")
    page, address = visitor.page, visitor.page.url
    shown = visitor.reads("#worth")
    files = {
        suffix: page.request.get(page.locator(f'a[href*="export.{suffix}"]').first.get_attribute("href"))
        for suffix in ("csv", "xlsx", "json")
    }
    assert all(answer.ok for answer in files.values())
    head, *rows = csv.reader(io.StringIO(files["csv"].text().removeprefix("\ufeff")))
    assert visitor.number(len(rows)) in shown  # every row of the list, not of the page alone
    assert len(rows) > 1
    assert "q=pump" in address  # a link shows the same list
    page.goto(address)
    assert visitor.reads("#worth") == shown
    page.emulate_media(media="print")
    assert page.locator(".rows").first.is_visible()
    assert not page.locator("#filter-form").first.is_visible()
    assert len({"source_publisher", "source_address", "origin"} & set(names_of(files["json"]))) == 3
    assert head


def names_of(answer):
    """The names of the fields of the first record."""
    return flat(answer.json())


def flat(value, name=""):
    if isinstance(value, dict):
        return [name for key, one in value.items() for name in (key, *flat(one))]
    if isinstance(value, list):
        return flat(value[0]) if value else []
    return []


def test_the_numbers_of_the_desks_of_1399_add_up(visitor):
    [(total,)] = visitor.rows(
        "SELECT sum(target_amount) FROM catalog_desk WHERE year = 1399 AND stated = 'announced'"
    )
    assert total == 245_000_000
    visitor.open("desks/")
    assert visitor.money(total, "EUR") in visitor.reads()
