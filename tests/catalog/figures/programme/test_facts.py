"""The programme page on the data that ships: totals of the article and the press, sums of the records."""

import re
from collections import Counter

import pytest
from django.db import connection

from catalog.figures.financing import paid_to_companies
from catalog.figures.programme import recorded as figures
from tests.words import words

pytestmark = pytest.mark.usefixtures("loaded")


def read(client, path="", language="en"):
    return words(client.get(f"/{language}/programme/{path}").content.decode())


def row_of(client, label, language="en"):
    """The words of one row of the ledger."""
    html = client.get(f"/{language}/programme/").content.decode()
    ledger = html.split('class="ledger"')[1].split("</table>")[0]
    rows = re.findall(r'<tr role="row">.*?</tr>', ledger, re.S)
    return next(words(row) for row in rows if label in row)


def test_the_four_desks_of_1399_add_up_to_245_and_nothing_is_signed_there(client):
    row = row_of(client, "four desks of 1399")
    assert "€245m" in row
    assert "4 parts add up to it: €80m €63m €60m €42m" in row
    assert "Domestic production desks planned in 1399: 4" in row
    assert "no record 4 of these desks are on record, but no contract signed at them" in row


def test_the_four_parts_of_1398_add_up_to_1045_and_seven_of_eleven_desks_are_known(client):
    row = row_of(client, "saving of the programme in 1398")
    assert "€1.045bn" in row
    assert "4 parts add up to it: €443m €341m €143m €118m" in row
    assert "Desks held in 1398: 11" in row
    assert "7 of its desks known by name here 3 contracts signed at them: 24.63 trillion rials" in row


def test_financing_is_more_than_two_trillion_rials_to_more_than_137_companies(client):
    row = row_of(client, "Facilities paid")
    assert "more than 2 trillion rials" in row
    assert "Knowledge-based companies supported: more than 137" in row
    assert "more than $47m; implied rate: 42,553 rials a dollar" in row
    assert "no record Sample €525,000 · 6.89 trillion rials to 24 companies" in row
    persian = row_of(client, "تسهیلات پرداختی", "fa")
    assert "بیش از ۲ هزار میلیارد ریال" in persian
    assert "بیش از ۱۳۷" in persian
    assert "هر دلار ۴۲٬۵۵۳ ریال" in persian


def test_idle_units_said_and_on_record_stand_apart_and_the_share_is_bounded(client):
    row = row_of(client, "Idle industrial units to be revived")
    assert "more than 2,200 units" in row
    assert "revived so far: 760" in row
    assert "no record Sample 150 units, 30 running again" in row
    page = read(client)
    assert "at most 34.5% of what is planned" in page
    assert "No more than about one idle unit in three runs again" in page
    assert "حداکثر ۳۴٫۵\u200f٪ از برنامه" in read(client, language="fa")


def test_what_is_on_no_record_is_said_and_is_not_zero(client):
    assert "more than $8bn" in row_of(client, "Expected foreign-currency saving")
    assert "no record" in row_of(client, "Expected foreign-currency saving")
    projects = row_of(client, "Automotive projects")
    assert "40 trillion rials" in projects
    assert "about $952m; implied rate: 42,017 rials a dollar" in projects
    assert "no record" in projects


def test_only_what_one_source_gives_is_held_against_each_other(client):
    page = read(client)
    assert "Value localised in 1399 at least 111.4% of the target" in page
    assert "nothing on record yet" not in page


def test_findings_are_worked_out_in_both_languages(client):
    english, persian = read(client), read(client, language="fa")
    assert "Two of four fields made three quarters of the saving of 1398" in english
    assert "سه‌چهارم صرفه‌جویی ۱۳۹۸ در دو حوزه از چهار حوزه به دست آمد" in persian
    assert "Four desks of 1399 aim at €245m together" in english
    assert "هدف چهار میز سال ۱۳۹۹ روی هم ۲۴۵ میلیون یورو است" in persian


def test_an_indicator_s_page_has_everything_said_with_its_differences(client):
    page = read(client, "foreign-currency-saving/")
    assert "18 stated figures" in page
    assert "€155m (15%) more than €1.045bn by Mehr News Agency, over a shorter time" in page
    assert "until 1 Bahman 1398 (21 January 2020)" in page
    desks = read(client, "desks/")
    assert "a later count replaces it: 11 instead of 10" in desks
    assert "شمارش بعدی جای آن را گرفته است: ۱۱ به جای ۱۰" in read(client, "desks/", "fa")
    projects = read(client, "project-value/")
    assert "at another rate, implied 42,017 rials a dollar and not 230,017 rials a dollar" in projects
    number = read(client, "desk-number/")
    assert "another number: 2 by Tehran Times" in number


def test_the_sums_of_the_loaded_records_are_those_of_plain_sql():
    def rows(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    paid = rows(
        "SELECT f.currency, SUM(p.amount), COUNT(DISTINCT f.company_id) FROM catalog_payment p "
        "JOIN catalog_facility f ON f.id = p.facility_id JOIN catalog_company c ON c.id = f.company_id "
        "WHERE f.state = 'published' AND c.state = 'published' AND f.kind <> 'guarantee' "
        "AND f.origin = 'sample' GROUP BY f.currency"
    )
    found = paid_to_companies()
    assert {one.currency: one.amount for one in found.samples.all.amounts} == {row[0]: row[1] for row in paid}
    assert found.real.all.amounts == ()

    units = rows("SELECT status, COUNT(*) FROM catalog_idleunit WHERE state = 'published' GROUP BY status")
    provinces = figures.units_by_province()
    counted = figures.all_units(provinces.samples)
    assert {"revived": counted.revived, "planned": counted.planned}.items() <= dict(units).items()
    assert counted.total == sum(count for _, count in units)
    assert provinces.real == {}

    signed = rows(
        "SELECT c.currency, c.total_basis, c.stated_amount, "
        "(SELECT SUM(l.amount) FROM catalog_contractline l WHERE l.contract_id = c.id) "
        "FROM catalog_contract c WHERE c.state = 'published' AND c.kind IN ('contract', 'offtake') "
        "AND c.origin <> 'sample'"
    )
    sums = Counter()
    for currency, basis, stated, of_lines in signed:
        sums[currency] += (stated if basis == "stated" else of_lines) or 0
    years = figures.deals_by_year().real.values()
    drawn = Counter()
    for year in years:
        drawn.update({one.currency: one.amount for one in year.amounts})
    assert +drawn == +sums
    assert sum(year.contracts for year in years) == len(signed)
