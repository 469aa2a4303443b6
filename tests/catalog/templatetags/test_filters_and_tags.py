import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.utils import timezone, translation

from catalog.currency import visitor_rate
from catalog.templatetags import rates

DAY = datetime.date(2019, 7, 20)


def rendered(source, language="en", **context):
    with translation.override(language):
        return str(engines["jinja2"].from_string(source).render(context))


@pytest.mark.parametrize(
    ("value", "english", "persian"),
    [
        (1234567, "1,234,567", "۱٬۲۳۴٬۵۶۷"),
        (Decimal("2.50"), "2.5", "۲٫۵"),
        ("1200", "1,200", "۱٬۲۰۰"),
        (0.5, "0.5", "۰٫۵"),
        (None, "", ""),
        ("", "", ""),
        ("many", "many", "many"),
    ],
)
def test_num_groups_in_the_digits_of_the_page(value, english, persian):
    assert rendered("{{ value|num }}", "en", value=value) == english
    assert rendered("{{ value|num }}", "fa", value=value) == persian


def test_digits_do_not_group_codes_and_years():
    assert rendered("{{ 1398|digits }} {{ '8414.80'|digits }}", "fa") == "۱۳۹۸ ۸۴۱۴.۸۰"
    assert rendered("{{ 1398|digits }}{{ none|digits }}") == "1398"


def test_percent_of_nothing_is_empty():
    assert rendered("{{ 1|percent(4) }}|{{ 1|percent(0) }}|{{ 64|percent }}") == "25%||64%"
    assert rendered("{{ 64|percent }}", "fa") == "۶۴\u200f٪"


def test_a_day_shows_both_calendars_in_english_and_one_in_persian():
    assert rendered("{{ d|day }}", d=DAY) == "29 Tir 1398 (20 July 2019)"
    assert rendered("{{ d|day }}", "fa", d=DAY) == "۲۹ تیر ۱۳۹۸"
    assert rendered("{{ d|day_short }}|{{ d|gregorian }}", d=DAY) == "29 Tir 1398|20 July 2019"
    assert rendered("{{ d|gregorian }}|{{ none|day }}|{{ none|day_short }}", "fa", d=DAY) == "||"


def test_when_is_a_time_element_and_says_when_no_date_is_known():
    assert rendered("{{ d|when }}", "fa", d=DAY) == '<time datetime="2019-07-20">۲۹ تیر ۱۳۹۸</time>'
    assert rendered("{{ d|when }}", d=DAY) == (
        '<time datetime="2019-07-20"><span class="nowrap">29 Tir 1398</span>'
        ' <span class="greg">(20 July 2019)</span></time>'
    )
    assert rendered("{{ none|when }}") == "date not recorded"
    month = rendered('{{ d|when("month") }}', d=DAY.replace(day=1))
    assert '<time datetime="2019-07"><span class="nowrap">Tir or Mordad 1398' in month


def test_years_come_with_their_gregorian_pair_in_english():
    assert rendered("{{ 1398|year }}|{{ 1398|year_short }}|{{ none|year }}") == "1398 (2019/20)|1398|"
    assert rendered("{{ 1398|year }}", "fa") == "۱۳۹۸"


def test_money_is_isolated_and_keeps_its_exact_amount_where_it_rounds():
    assert rendered("{{ 61834211|money('USD') }}") == '<bdi title="$61,834,211">$61.8m</bdi>'
    assert (
        rendered("{{ 60000000|money('EUR') }}", "fa") == '<bdi>۶۰ <span class="unit">میلیون یورو</span></bdi>'
    )
    assert rendered("{{ 999999999999999|money_exact('IRR') }}") == (
        '<bdi>999,999,999,999,999 <span class="unit">rials</span></bdi>'
    )
    assert rendered("{{ none|money('USD') }}{{ none|money_exact('USD') }}") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("واحد کنترل موتور (ECU)", 'واحد کنترل موتور (<bdi dir="ltr">ECU</bdi>)'),
        ("کد HS 8414.80 دارد", 'کد <bdi dir="ltr">HS 8414.80</bdi> دارد'),
        ("مبلغ €60 million است", 'مبلغ <bdi dir="ltr">€60 million</bdi> است'),
        ("۱۲ قطعه و 35 کالا", "۱۲ قطعه و 35 کالا"),
        (
            "<b>پمپ</b> & AT&T",
            '&lt;<bdi dir="ltr">b</bdi>&gt;پمپ&lt;/<bdi dir="ltr">b</bdi>&gt; &amp;'
            ' <bdi dir="ltr">AT&amp;T</bdi>',
        ),
        ("", ""),
    ],
)
def test_latin_runs_are_isolated_in_persian_text_and_all_of_it_is_escaped(text, shown):
    assert rendered("{{ text|latin }}", "fa", text=text) == shown


def test_english_pages_only_escape():
    assert rendered("{{ text|latin }}", text="<i>ECU</i>") == "&lt;i&gt;ECU&lt;/i&gt;"
    assert rendered("{{ none|latin }}") == ""


def test_a_name_falls_back_to_the_other_language_isolated():
    both = SimpleNamespace(name_en="Delco", name_fa="دلکو")
    only_latin = SimpleNamespace(name_en="Delco <3", name_fa="")
    assert rendered("{{ obj|name }}", "fa", obj=both) == "دلکو"
    assert rendered("{{ obj|name }}", "fa", obj=only_latin) == '<bdi lang="en" dir="ltr">Delco &lt;3</bdi>'
    assert rendered("{{ obj|name }}", "en", obj=only_latin) == "Delco &lt;3"
    assert rendered("{{ obj|name }}", "en", obj=SimpleNamespace(name_en="", name_fa="دلکو")) == (
        '<bdi lang="fa" dir="rtl">دلکو</bdi>'
    )
    assert rendered("{{ none|name }}") == ""


def test_a_web_address_breaks_after_its_slashes_and_is_escaped():
    source = "{{ address|breakable }}"
    assert rendered(source, address="https://a.example/en/x&y/") == (
        "https://<wbr>a.example/<wbr>en/<wbr>x&amp;y/"
    )
    assert rendered(source, address="") == ""


def test_a_website_is_named_by_its_host():
    source = "{{ address|host }}"
    assert rendered(source, address="https://www.pump.example/en/") == "www.pump.example"
    assert rendered(source, address="pump.example") == "pump.example"


def test_an_icon_carries_no_style_and_a_wrong_name_breaks_nothing():
    for source in ('{{ icon("search") }}', '{{ icon("no-such-icon", "icon-turn") }}', '{{ icon("") }}'):
        drawn = rendered(source)
        assert drawn.startswith("<svg")
        assert 'aria-hidden="true"' in drawn
        assert "style" not in drawn
    assert 'class="icon icon-turn"' in rendered('{{ icon("arrow-left", "icon-turn") }}')


def test_a_pager_leaves_out_the_middle():
    page = Paginator(range(1000), 24).page(20)
    assert rendered("{{ page_numbers(page)|join(' ') }}", page=page) == "1 None 19 20 21 None 42"


def test_the_step_that_matters_next_is_the_late_one():
    due = timezone.localdate() - datetime.timedelta(days=47)
    conditions = ["done", "ahead", "late", "dropped"]
    steps = [SimpleNamespace(progress=p, n=n, due=due) for n, p in enumerate(conditions)]
    source = "{% set s = milestone_summary(steps) %}"
    source += "{{ s.done }}/{{ s.all }} {{ s.next and s.next.n }} {{ s.days }}"
    assert rendered(source, steps=steps) == "1/4 2 47"
    assert rendered(source, steps=steps[:1]) == "1/1 None None"


def test_a_page_knows_its_addresses_without_the_query(rf, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    source = (
        "{% set here = addresses(request) %}"
        "{{ here.canonical }} {{ here.alternates[1][1] }} {{ here.default }}"
    )
    request = rf.get("/en/products/?utm_source=x", headers={"host": "portal.example"})
    site = "http://portal.example"
    assert rendered(source, request=request) == f"{site}/en/products/ {site}/fa/products/ {site}/en/products/"
    home = rf.get("/fa/", headers={"host": "portal.example"})
    assert rendered(source, request=home).endswith(f" {site}/")


@pytest.mark.parametrize("path", ["/admin/", "/healthz"])
def test_a_page_outside_the_languages_has_no_such_address(rf, path):
    assert rendered("{% set here = addresses(request) %}{{ here }}", request=rf.get(path)) == "None"


def test_a_foreign_host_gets_no_address_and_no_error(rf, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    request = rf.get("/en/", headers={"host": "evil.example"})
    assert rendered("{% set here = addresses(request) %}{{ here }}", request=request) == "None"
    assert rendered("{% set here = addresses(request) %}{{ here }}") == "None"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/en/desks/", "/en/desks/?rate=market"),
        ("/en/desks/?year=1399", "/en/desks/?rate=market&amp;year=1399"),
        ("/en/desks/a/#deals", "/en/desks/a/?rate=market#deals"),
        ("", ""),
    ],
)
def test_an_address_keeps_the_rate_that_was_chosen(address, kept):
    with visitor_rate.chosen(QueryDict("rate=official&rate=market")):
        assert rendered("{{ address|with_rate }}", address=address) == kept
        assert rendered("{{ rate_field() }}") == '<input type="hidden" name="rate" value="market">'
    for query in ("", "rate=", "rate=nonsense"):
        with visitor_rate.chosen(QueryDict(query)):
            assert rendered("{{ address|with_rate }}", address=address) == address.replace("&", "&amp;")
            assert rendered("{{ rate_field() }}") == ""


def test_outside_a_request_nothing_is_converted():
    assert rates.converted(42_000_000_000_000, "IRR", DAY)["conversion"] is None
    assert not rates.rates_used()["rates"]
