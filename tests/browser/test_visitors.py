"""A visitor who knows something: from the claim to the public record, and to the deletion."""

import re
import sqlite3
from contextlib import closing
from email import message_from_bytes, policy
from urllib.request import urlopen

import pytest
from django.utils import translation
from playwright.sync_api import expect

from catalog.formats.numerals import number
from catalog.models import EngagementStage, Stage
from tests.browser.test_admin import choose
from tests.browser.test_questions import words
from tests.contact.test_ask import picture

NAME, EMAIL, PHONE = "ژاله کریمی‌پور", "zhale@karimipour.example", "+98 21 8765 4321"
WROTE, ADDED = "ما سال‌هاست که این را می‌سازیم", "پانصد دستگاه در سال"
PERSON = (NAME, "کریمی‌پور", EMAIL, "karimipour", PHONE, "8765 4321", WROTE, ADDED)
WATCHER = "negah@watcher.example"
COMPANY, COMPANY_FA = "Loop Trial Works", "کارگاه آزمایشی چرخه"
OFFICE, OFFICE_FA = "Loop trial office", "دفتر آزمایشی چرخه"
PHONE_VIEW = {"width": 360, "height": 740}
with translation.override("fa"):
    OPENED, MADE = str(Stage.OPEN.label), str(EngagementStage.PRODUCTION.label)
ASKED_BACK = "ظرفیت شما چقدر است؟"
HANDED_OUT = (
    *("", "products/{slug}/", "products/?q={slug}", "companies/loop-trial-works/"),
    *("calls/", "service/", "news/", "watch/", "ask/?p={slug}", "shortlist/?p={slug}", "compare/?p={slug}"),
    *("products/export.csv", "products/export.json", "companies/export.csv", "companies/export.json"),
    *("products/feed.atom", "companies/feed.atom", "calls/feed.atom", "news/feed.atom"),
)
PROGRAMS = ["api/v1/products/", "api/v1/companies/", "sitemap.xml", "ocds/releases.json"]


@pytest.fixture
def mail_for(site, tmp_path):
    """mail_for(address): the text of the last mail that it has got, after the outbox was sent."""
    box = tmp_path / "mail"
    url = f"file:///{box}"  # one slash more: the library takes the first away

    def mail_for(address):
        site.manage("send_mail", EMAIL_URL=url)
        sent = [letter for file in sorted(box.iterdir()) for letter in file.read_bytes().split(b"-" * 79)]
        letters = [message_from_bytes(letter.strip(), policy=policy.default) for letter in sent]
        [*_earlier, last] = (letter for letter in letters if letter["To"] == address)
        return last.get_body(("plain",)).get_content()

    return mail_for


@pytest.fixture
def staff(open_page, sign_in):
    """staff("officer"): a Persian page of that account."""

    def staff(name):
        page = open_page(locale="fa-IR")
        sign_in(page, name)
        return page

    return staff


@pytest.fixture
def product(site):
    """A real product without maker, report or promise."""
    return site.rows(
        """SELECT p.*, s.name_fa AS sector FROM catalog_product p JOIN catalog_sector s ON s.id = p.sector_id
           WHERE p.state = 'published' AND p.stage = 'open' AND p.origin <> 'sample'
           AND NOT EXISTS (SELECT 1 FROM catalog_engagement e WHERE e.product_id = p.id)
           ORDER BY p.id DESC"""
    )[0]


def address_in(letter, part):
    """The private address in a letter, under this part of the site."""
    return re.search(rf"https?://\S+/fa/{part}/[\w-]+/", letter)[0]


def open_office(page, sector):
    page.goto("/admin/catalog/office/add/")
    page.fill("#id_name_en", OFFICE)
    page.fill("#id_name_fa", OFFICE_FA)
    page.fill("#id_email", "office@loop.example")
    choose(page, "id_sectors", sector)
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")


def call_for(page, product):
    page.goto(f"/admin/catalog/product/?q={product['slug']}")
    page.check(f"input[name=_selected_action][value='{product['id']}']")
    page.select_option("select[name=action]", "start_call_action")
    page.click("button[name=index]")
    page.wait_for_selector(".messagelist .success")


def agree(reviewer, name):
    """Accept what an administrator proposed: whoever writes something public does not decide on it."""
    reviewer.goto("/admin/catalog/revision/?state__exact=open")
    reviewer.click(f"#result_list a:has-text('{name}')")
    reviewer.click("[name=_accept]")
    reviewer.wait_for_url("**/admin/catalog/revision/")


def watch(visitor, mail_for, product):
    """Ask for mail about the product, and press the button behind the link in the mail."""
    visitor.goto(f"/fa/products/{product['slug']}/")
    visitor.click(".watch-links a[rel=nofollow]")
    visitor.fill("#watch-email", WATCHER)
    visitor.check("[name=frequency][value=daily]")
    visitor.click(".watch-form [type=submit]")
    visitor.goto(address_in(mail_for(WATCHER), "watch"))
    visitor.click("[name=action][value=confirm]")
    expect(visitor.locator("[name=action][value=change]")).to_be_visible()


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEW["width"], page.url


def claim(form):
    """Fill in the form of the front door and send it; whoever is faster than a person sends it once more."""
    form.fill("#id_text", WROTE)
    form.fill("#id_name", NAME)
    form.fill("#id_organization", COMPANY_FA)
    form.fill("#id_email", EMAIL)
    form.fill("#id_phone", PHONE)
    fits(form)
    while "/ask/?" in form.url or form.url.endswith("/ask/"):
        photo = {"name": "karimipour.png", "mimeType": "image/png", "buffer": picture().read()}
        form.set_input_files("#id_proofs", photo)
        form.click(".ask-form .btn-primary")
        assert form.locator("#errors").count() == 0, form.inner_text("#errors")
    expect(form.locator(".received")).to_be_visible()
    fits(form)


@pytest.fixture
def called(staff, product):
    """The product, once an office answers for its sector and it is called for."""
    admin, reviewer = staff("admin"), staff("reviewer")
    open_office(admin, product["sector"])
    agree(reviewer, OFFICE_FA)
    call_for(admin, product)
    agree(reviewer, product["name_fa"])
    return product


@pytest.fixture
def without_script(open_page):
    """Opens Persian pages on a phone without script."""
    return lambda: open_page(locale="fa-IR", viewport=PHONE_VIEW, java_script_enabled=False)


def test_a_claim_in_a_call_goes_its_whole_way_and_leaves_nobody_behind(
    called, without_script, staff, site, mail_for
):
    product, rows = called, site.rows
    officer, reviewer = staff("officer"), staff("reviewer")
    visitor, form = without_script(), without_script()
    form.goto(f"/fa/products/{product['slug']}/")
    form.click(".call-note a.btn")
    expect(form.locator("#what-makes")).to_be_checked()
    expect(form.locator(f"[name=p][value='{product['slug']}']")).to_be_checked()
    watch(visitor, mail_for, product)
    visitor.goto("/fa/service/")
    before = visitor.inner_text("main")

    claim(form)
    assert OFFICE_FA in words(form.inner_text(".state-box"))
    addresses = [form.url, address_in(mail_for(EMAIL), "ask")]
    private = addresses[1]
    [enquiry] = rows("SELECT * FROM contact_enquiry WHERE email = ?", EMAIL)
    asked_back(officer, enquiry)

    assert ASKED_BACK in mail_for(EMAIL)
    form.goto(private)
    assert ASKED_BACK in form.inner_text(".letter-office")
    form.fill("#id_text", ADDED)
    form.click(".ask-form .btn-primary")
    expect(form.locator(".letter").last).to_contain_text(ADDED)
    fits(form)

    accepted(officer, enquiry)
    published(reviewer, enquiry)

    everybody_sees(visitor, site, product)
    told(site, mail_for, product)
    site.manage("count_service")
    visitor.goto("/fa/service/")
    assert visitor.inner_text("main") != before
    assert OFFICE_FA in words(visitor.inner_text("main"))
    fits(visitor)

    assert any(NAME in text for _table, text in tables(site))
    form.goto(private)
    form.click("form:has([value=erase]) [type=submit]")
    form.click(".btn-danger")
    assert rows("SELECT count(*) FROM contact_enquiry WHERE email = ?", EMAIL)[0][0] == 0
    assert form.goto(private).status == 404
    assert traces(site, product, *(address.split("/")[5] for address in addresses)) == []
    visitor.goto(f"/fa/products/{product['slug']}/")
    assert COMPANY_FA in words(visitor.inner_text("#makers")), "what was accepted about the company stays"


def everybody_sees(visitor, site, product):
    """The product has its maker, and the call says that a claim came and was accepted."""
    visitor.goto(f"/fa/products/{product['slug']}/")
    assert COMPANY_FA in words(visitor.inner_text("#makers"))
    assert MADE in visitor.inner_text("#makers")
    [call] = site.rows("SELECT * FROM catalog_call WHERE product_id = ?", product["id"])
    assert (call["claims"], call["accepted"], call["undecided"]) == (1, 1, 0)
    visitor.goto("/fa/calls/")
    row = visitor.locator(".calls tbody tr", has_text=product["name_fa"])
    assert row.inner_text().count(number(1, "fa")) >= 2, "one claim, one accepted"
    fits(visitor)


def told(site, mail_for, product):
    """A day later the watcher has a mail that says from what to what."""
    with closing(sqlite3.connect(site.database)) as connection, connection:
        connection.execute("UPDATE contact_subscription SET due_at = confirmed_at WHERE email = ?", [WATCHER])
    site.manage("send_watches")
    letter = words(mail_for(WATCHER))
    for said in (words(product["name_fa"]), COMPANY_FA, OPENED, MADE):
        assert said in letter


def asked_back(officer, enquiry):
    """The officer finds the claim in the inbox, takes the photo and asks back."""
    officer.goto("/admin/contact/enquiry/?waits=office")
    officer.click(f"#result_list a:has-text('{enquiry['reference']}')")
    assert NAME in officer.inner_text(".enquiry-facts")
    photo = officer.request.get(officer.get_attribute(".proofs a", "href"))
    assert photo.ok
    assert "attachment" in photo.headers["content-disposition"]
    box = officer.locator("details:has([name=step][value=ask_back])")
    box.locator("summary").click()
    box.locator("textarea").fill(ASKED_BACK)
    box.locator("[type=submit]").click()
    officer.wait_for_selector(".messagelist .success")


def accepted(officer, enquiry):
    officer.goto(f"/admin/contact/enquiry/{enquiry['id']}/change/")
    assert ADDED in officer.inner_text(".enquiry-thread")
    officer.click(".enquiry-steps a.button")
    officer.fill("#id_name_en", COMPANY)
    officer.fill("#id_name_fa", COMPANY_FA)
    assert officer.input_value("#id_stage") == EngagementStage.PRODUCTION
    officer.click(".submit-row .default")
    officer.wait_for_selector(".messagelist .success")


def published(reviewer, enquiry):
    """The reviewer publishes what the claim became, with the company that it needs."""
    reviewer.goto(f"/admin/contact/enquiry/{enquiry['id']}/change/")
    reviewer.click(".enquiry-facts a[href*='/engagement/']")
    reviewer.click("[name=_publish]")
    assert COMPANY_FA in words(reviewer.inner_text(".step"))
    reviewer.click(".step .default")
    reviewer.wait_for_selector(".messagelist .success")


def traces(site, product, *tokens):
    """Where a word of the person is left, or a token of their page: tables, files, what is handed out."""
    wanted = (*PERSON, *tokens)
    found = []
    for name, text in (*tables(site), *files(site), *handed_out(site, product)):
        found += [(name, word) for word in wanted if word in text]
    return found


def tables(site):
    """(name, all its rows as text) of each table of the database."""
    with closing(sqlite3.connect(site.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            cells = (cell for row in connection.execute(f'SELECT * FROM "{name}"') for cell in row)
            yield name, "\n".join(shown(cell) for cell in cells)


def shown(cell):
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


def files(site):
    """(name, its bytes as text) of each file of the site: the database, proofs, logs, caches, bulk."""
    site.manage("write_bulk")
    for path in site.database.parent.rglob("*"):
        if path.is_file() and "static" not in path.parts:
            yield str(path), path.name + path.read_bytes().decode(errors="replace")


def handed_out(site, product):
    """(address, its headers and body) of pages, exports, feeds and answers of the API."""
    pages = [place.format(**dict(product)) for place in HANDED_OUT]
    for page in [f"{language}/{place}" for language in ("en", "fa") for place in pages] + PROGRAMS:
        with urlopen(f"{site.address}/{page}") as answer:
            yield page, f"{answer.headers}{answer.read().decode()}"
