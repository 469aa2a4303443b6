"""A day of each role in Persian: a spreadsheet goes its way, a desk moves, two people write one contract."""

import sqlite3
from base64 import b32decode
from contextlib import closing
from io import BytesIO

import openpyxl
import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from catalog.formats.numerals import digits

from .test_admin import number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADD = "/admin/catalog/import/add/"
IMPORTS = "select name_fa, slug from catalog_product where state = 'published' order by slug desc limit 30"
COMING_DESK = (
    "select id, slug from catalog_desk where opens > date('now', '+7 days') order by opens desc limit 1"
)


@pytest.fixture
def signed_in(open_page, sign_in):
    """signed_in("officer") is a page of its own, signed in to the admin; Persian by default."""

    def signed_in(name, locale="fa-IR", **options):
        page = open_page(locale=locale, **options)
        sign_in(page, name)
        return page

    return signed_in


@pytest.fixture
def asked(site):
    """asked(sql) are the rows that the site's database answers."""

    def asked(sql, *values):
        with closing(sqlite3.connect(f"file:{site.database}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    return asked


def workbook(rows):
    """What the file chooser takes: a workbook of imports by year."""
    book, stored = openpyxl.Workbook(), BytesIO()
    for row in (("product", "year", "value", "currency"), *rows):
        book.active.append(row)
    book.save(stored)
    return {"name": "واردات-۱۴۰۳.xlsx", "mimeType": XLSX, "buffer": stored.getvalue()}


def of_the_year(products):
    """A row of each product: its name, the year, a value and the currency."""
    return [
        [name, "۱۴۰۳", digits(f"{900 + place}٬۰۰۰٬۰۰۰", "fa"), "دلار"]
        for place, (name, _slug) in enumerate(products)
    ]


def upload(page, rows):
    page.goto(ADD)
    page.select_option("[name=noun]", "import_records")
    page.set_input_files("[name=file]", workbook(rows))
    page.click(".sheet-upload [type=submit]")
    page.wait_for_selector(".sheet-rows")


def spoil(rows):
    """Four cells that cannot be read as they stand."""
    rows[4][0] = rows[4][0][1:]
    rows[9][1] = "۱۴۰x"
    rows[14][2] = "زیاد"
    rows[19][3] = "پوند"
    return rows


def press(page, button):
    """Press a button of a form and wait for the page that follows."""
    with page.expect_navigation():
        page.click(f"[type=submit][name={button}]")


def public_text(page, path):
    """All that a visitor reads on a Persian page."""
    page.goto(f"/fa/{path}/")
    return page.text_content("main")


def test_a_spreadsheet_goes_from_an_editor_to_the_public_and_back(signed_in, open_page, asked):
    products = asked(IMPORTS)
    (name, slug), shown = products[0], "۹۰۰"
    visitor = open_page(locale="fa-IR")
    old = public_text(visitor, f"products/{slug}")
    editor, reviewer = signed_in("editor"), signed_in("reviewer")

    upload(editor, spoil(of_the_year(products)))
    faulty = editor.locator(".sheet-fault input")
    expect(faulty).to_have_count(4)
    editor.select_option("#unknown-1", label=products[4][0])
    for typed, mended in (("۱۴۰x", "۱۴۰۳"), ("زیاد", "۹۱۴ میلیون"), ("پوند", "دلار")):
        editor.locator(f".sheet-fault input[value='{typed}']").fill(mended)
    press(editor, "_check")
    expect(faulty).to_have_count(0)
    editor.fill("#id_reason", "آمار سالانهٔ گمرک")
    press(editor, "_send")
    assert public_text(visitor, f"products/{slug}") == old

    reviewer.goto("/admin/catalog/revision/")
    reviewer.click("#result_list a:has-text('واردات-۱۴۰۳.xlsx')")
    expect(reviewer.locator(".reason")).to_have_text("آمار سالانهٔ گمرک")
    address = reviewer.url
    reviewer.fill("#id_comment", "کدام ویرایش؟")
    press(reviewer, "_send_back")
    editor.goto("/admin/")
    editor.click("#content-related a:has-text('واردات-۱۴۰۳.xlsx')")
    expect(editor.locator("main q")).to_have_text("کدام ویرایش؟")
    editor.fill("#id_reason", "ویرایش دوم")
    press(editor, "_send")
    assert public_text(visitor, f"products/{slug}") == old

    reviewer.goto(address)
    press(reviewer, "_accept")
    new = public_text(visitor, f"products/{slug}")
    assert new != old
    assert shown in new

    administrator = signed_in("admin")
    administrator.goto(address)
    administrator.click(".sheet-undo summary")
    press(administrator, "_undo")
    assert public_text(visitor, f"products/{slug}") == old

    administrator.goto("/admin/changes/?noun=importrecord")
    told = administrator.locator("#change-history tbody tr", has_text=name).first
    for person in ("admin", "reviewer"):
        administrator.select_option("#filter_person", label=person)
        with administrator.expect_navigation():
            administrator.click(".filters [type=submit]")
        expect(told).to_contain_text(person)
        expect(told).to_contain_text("۹۰۰٬۰۰۰٬۰۰۰")
    expect(told).to_contain_text("editor")


def test_a_desk_moves_and_its_public_page_says_so(signed_in, open_page, asked):
    ((key, slug),) = asked(COMING_DESK)
    officer, visitor = signed_in("officer"), open_page(locale="fa-IR")
    old = public_text(visitor, f"desks/{slug}")
    officer.goto(f"/admin/catalog/desk/{key}/change/")
    officer.fill("#id_opens", "۱۴۰۸/۰۲/۱۵")
    officer.fill("#id_closes", "۱۴۰۸/۰۲/۱۶")
    officer.fill("#id_reason", "سالن نمایشگاه در دسترس نبود.")
    press(officer, "_propose")
    assert public_text(visitor, f"desks/{slug}") == old

    reviewer = signed_in("reviewer")
    reviewer.goto("/admin/catalog/revision/?state__exact=open")
    reviewer.click("#result_list tr:has-text('officer') .field-what a")
    expect(reviewer.locator(".proposal table")).to_contain_text("۱۴۰۸/۰۲/۱۵")
    press(reviewer, "_accept")
    visitor.goto(f"/fa/desks/{slug}/")
    expect(visitor.locator("main")).to_contain_text("۱۵ اردیبهشت ۱۴۰۸")
    expect(visitor.locator("main .note", has_text="جابه‌جا شد")).to_be_visible()


def test_two_officers_write_one_contract_and_nothing_typed_is_lost(signed_in):
    first, second = signed_in("officer"), signed_in("admin")
    first.goto("/admin/catalog/contract/add/")
    first.fill("#id_title_fa", "تأمین شیر صنعتی")
    first.fill("#id_lines-0-description_fa", "شیر کشویی")
    first.fill("#id_lines-1-description_fa", "شیر توپی")
    first.select_option("#id_currency", "IRR")
    for row in range(2):
        first.fill(f"#id_lines-{row}-amount", "۴۰۰٬۰۰۰٬۰۰۰")
    press(first, "_continue")
    second.goto(first.url)

    first.fill("#id_title_fa", "تأمین شیر صنعتی پالایشگاه")
    first.fill("#id_lines-0-description_fa", "شیر کشویی فولادی")
    press(first, "_continue")
    second.fill("#id_title_fa", "تأمین شیر صنعتی پتروشیمی")
    second.fill("#id_lines-1-description_fa", "شیر توپی برنجی")
    second.click("#lines-group .add-row a")
    second.fill("#id_lines-2-description_fa", "شیر پروانه‌ای")
    second.fill("#id_lines-2-amount", "۵۰۰٬۰۰۰٬۰۰۰")
    press(second, "_continue")
    held = second.locator("section.held")
    expect(held).to_contain_text("officer")
    expect(held).to_contain_text("شیر کشویی فولادی")
    expect(held.locator("table")).to_contain_text("تأمین شیر صنعتی پالایشگاه")
    expect(held.locator("table")).to_contain_text("تأمین شیر صنعتی پتروشیمی")
    second.locator("[name='_take-title_fa'][value=mine]").check()
    press(second, "_continue")

    first.reload()
    expect(first.locator("#id_title_fa")).to_have_value("تأمین شیر صنعتی پتروشیمی")
    lines = ["شیر کشویی فولادی", "شیر توپی برنجی", "شیر پروانه‌ای"]
    for row, words in enumerate(lines):
        expect(first.locator(f"#id_lines-{row}-description_fa")).to_have_value(words)


@pytest.fixture(params=[("fa-IR", 768), ("en-GB", 1280)], ids=["fa", "en"])
def faultless(request, signed_in, accessibility_faults):
    """faultless("admin", path, …) opens pages twice: under the policy, whose breaches open_page tells of, and
    with axe, which puts styles of its own into them."""
    locale, width = request.param
    options = {"locale": locale, "viewport": {"width": width, "height": 900}}

    def faultless(name, *paths):
        strict, bare = signed_in(name, **options), signed_in(name, **options, bypass_csp=True)
        for path in paths:
            strict.goto(path, wait_until="load")
            bare.goto(path, wait_until="load")
            assert accessibility_faults(bare) == [], path

    faultless.signed_in = lambda name, **more: signed_in(name, **options, **more)
    return faultless


@pytest.mark.walk
def test_the_pages_of_looking_up_and_of_accounts_have_no_faults(faultless):
    faultless("editor", "/admin/", "/admin/what-i-may-do/")
    own = ("account/", "account/second-factor/", "password_change/")
    looked_up = ("", "changes/", "what-i-may-do/", "quality/", "duplicates/")
    faultless("admin", *(f"/admin/{path}" for path in looked_up + own))


def code_of(secret):
    """What an app for codes shows now."""
    return f"{totp(b32decode(secret)):06}"


@pytest.mark.walk
def test_the_first_page_of_an_officer_and_the_pages_of_the_second_factor_have_no_faults(
    faultless, open_page, accessibility_faults, site
):
    faultless("officer", "/admin/", "/admin/what-i-may-do/", "/admin/account/second-factor/")
    page = faultless.signed_in("officer", bypass_csp=True)
    page.goto("/admin/account/second-factor/")
    page.fill("#id_code", code_of(page.inner_text(".secret").replace(" ", "")))
    page.click("form.one-field [type=submit]")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert accessibility_faults(page) == []
    for code, options in ((codes[0], {}), (codes[1], {"bypass_csp": True})):
        late = open_page(locale=page.evaluate("document.documentElement.lang"), **options)
        late.goto("/admin/login/?next=/admin/")
        late.fill("input[name=username]", "officer")
        late.fill("input[name=password]", site.passwords["officer"])
        late.click("#login-form [type=submit]")
        late.wait_for_selector("#id_code")
        assert not options or accessibility_faults(late) == []
        late.fill("#id_code", code)
        late.click("#login-form [type=submit]")
        late.wait_for_url(f"{site.address}/admin/")
    page.goto("/admin/account/second-factor/remove/")
    assert accessibility_faults(page) == []
    page.fill("#id_password", site.passwords["officer"])
    page.click("form [type=submit].default")
    page.wait_for_url(f"{site.address}/admin/account/")


@pytest.mark.walk
def test_the_pages_of_a_spreadsheet_have_no_faults(faultless, asked):
    editor = faultless.signed_in("editor")
    upload(editor, spoil(of_the_year(asked(IMPORTS))))
    faultless("editor", f"{ADD}?noun=import_records", editor.url, "/admin/catalog/import/")
    upload(editor, of_the_year(asked(IMPORTS)))
    press(editor, "_send")
    faultless("editor", editor.url)
    faultless("reviewer", editor.url, "/admin/catalog/revision/")
    reviewer = faultless.signed_in("reviewer")
    reviewer.goto(editor.url)
    reviewer.fill("#id_comment", "کدام ویرایش؟")
    press(reviewer, "_refuse")


@pytest.mark.walk
def test_the_pages_of_a_review_and_of_names_nearly_the_same_have_no_faults(faultless, accessibility_faults):
    name, editor = f"Trial maker {next(number)}", faultless.signed_in("editor", bypass_csp=True)
    for like in (name, f"{name}."):
        editor.goto("/admin/catalog/company/add/")
        editor.fill("#id_name_en", like)
        editor.fill("#id_name_fa", f"سازندهٔ آزمایشی {like}")
        editor.select_option("#id_kind", index=1)
        press(editor, "_to_review")
    expect(editor.locator("[name=_anyway]")).to_be_visible()
    assert accessibility_faults(editor) == []
    editor.goto("/admin/catalog/company/?state__exact=in_review")
    editor.click(f"#result_list a:has-text('{name}')")
    editor.wait_for_selector(".proposal")
    faultless("editor", editor.url)
    faultless("reviewer", editor.url, "/admin/duplicates/")
