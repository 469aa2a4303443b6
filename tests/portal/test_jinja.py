"""The Jinja environment of the public pages, and what must hold of all their templates."""

import datetime
import logging
import re

import polib
import pytest
from django.conf import settings
from django.template import engines
from django.test import override_settings
from django.utils.safestring import mark_safe
from django.utils.translation import override
from jinja2 import UndefinedError
from markupsafe import Markup

from catalog.currency import visitor_rate
from catalog.models import Contract, Product
from portal.management.commands.makemessages import messages_of_public_pages
from portal.templating.jinja import environment

PUBLIC = settings.BASE_DIR / "templates" / "public"
PAGES = sorted(path.relative_to(PUBLIC).as_posix() for path in PUBLIC.rglob("*.html"))


def rendered(source, **values):
    return engines["jinja2"].from_string(source).render(values)


@pytest.fixture
def by_market_rate(rf):
    with visitor_rate.chosen(rf.get("/?rate=market").GET):
        yield


def test_a_name_that_does_not_exist_fails_a_page():
    with pytest.raises(UndefinedError):
        rendered("{{ missing }}")
    with pytest.raises(UndefinedError):
        rendered("{% if product.missing %}yes{% endif %}", product=Product())


def test_a_method_that_is_not_called_fails_a_page():
    with pytest.raises(TypeError, match="without calling it"):
        rendered("{{ contract.get_kind_display }}", contract=Contract())


def test_on_a_served_site_a_name_that_does_not_exist_is_logged_and_left_out(caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("portal.templating.jinja"), "propagate", True)
    with override_settings(STRICT_TEMPLATES=False):
        page = environment(autoescape=True).from_string("[{{ missing.part }}]")
    assert page.render() == "[]"
    assert "missing" in caplog.text


def test_what_a_filter_makes_of_a_constant_follows_the_language_of_each_page():
    template = engines["jinja2"].from_string('{{ "404"|digits }}')
    assert template.render() == "404"
    with override("fa"):
        assert template.render() == "۴۰۴"


def test_values_and_translations_are_escaped():
    assert rendered("{{ text }}", text="<b>") == "&lt;b&gt;"
    assert rendered("{{ _('Clear') }}{% trans x=text %}All {{ x }}{% endtrans %}", text="<b>") == (
        "ClearAll &lt;b&gt;"
    )
    assert rendered("{{ [text, none, 'b']|comma_list }}", text="<b>") == "&lt;b&gt;, b"


def test_what_is_safe_in_a_sentence_is_not_escaped_again():
    sentence = "{% trans x=value %}All {{ x }}{% endtrans %}"
    assert rendered(sentence, value=Markup("<b>1</b>")) == "All <b>1</b>"
    assert rendered(sentence, value=mark_safe("<b>1</b>")) == "All <b>1</b>"
    assert rendered(sentence, value=7) == "All 7"


def test_functions_are_called_with_all_kinds_of_arguments():
    plain = "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}"
    calls = "{{ m(1) }} {{ m(1, b=3) }} {{ m(*[4, 5]) }} {{ m(**{'a': 6}) }}"
    assert rendered(plain + calls) == "1-2 1-3 4-5 6-2"
    around = "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}"
    assert rendered(around + "{% for n in [1, 2] %}{% call m(n) %}!{% endcall %}{% endfor %}") == "1!2!"


def test_translations_are_looked_up_in_the_language_of_each_page():
    template = engines["jinja2"].from_string(
        "{{ _('Products') }} {{ pgettext('menu', 'About') }}{% trans count=n, number=n|num %}"
        "{{ number }} product{% pluralize %}{{ number }} products{% endtrans %}"
    )
    assert template.render({"n": 1}) == "Products About1 product"
    with override("fa"):
        assert template.render({"n": 1200}).endswith("۱٬۲۰۰ کالا")


def test_links_carry_the_query_and_the_rate(by_market_rate):
    assert rendered("{{ link('catalog:about') }}") == "/en/about/?rate=market"
    text = "{{ link('catalog:product_list', companies='none', stage=none) }}"
    assert rendered(text) == "/en/products/?companies=none&amp;rate=market"
    assert rendered("{{ link(product) }}", product=Product(slug="pump")) == "/en/products/pump/?rate=market"
    assert rendered("{{ url('catalog:about') }}") == "/en/about/"


def test_lists_of_words_read_as_a_sentence_has_them():
    assert rendered("{{ ['a', 'b', 'c']|and_list }} {{ ['a']|and_list }}") == "a, b and c a"
    with override("fa"):
        assert rendered("{{ ['a', 'b', 'c']|and_list }}") == "a، b و c"


def test_a_date_not_on_record_says_so():
    assert "22 November 2020" in rendered("{{ day|when }}", day=datetime.date(2020, 11, 22))
    assert rendered("{{ none|when }}") == "date not recorded"


@pytest.mark.parametrize("name", PAGES)
def test_every_template_compiles_and_says_what_it_is(name):
    engines["jinja2"].get_template(name)
    text = (PUBLIC / name).read_text(encoding="utf-8")
    assert text.startswith("{#") or "extends" in text.splitlines()[0], "it does not say what it is"


def test_no_name_stands_for_a_template_of_both_kinds():
    django = {path.relative_to(PUBLIC.parent).as_posix() for path in PUBLIC.parent.rglob("*.html")}
    # Until the last page is converted: its frame and its charts.
    assert {name for name in PAGES if name in django} <= {
        "base.html",
        "charts/outcome.html",
        "charts/timeline.html",
    }


def test_every_message_of_a_public_page_can_be_translated():
    path = settings.LOCALE_PATHS[0] / "fa" / "LC_MESSAGES" / "django.po"
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    messages = [(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in messages_of_public_pages()]
    assert [message for message in messages if message[1] and message not in known] == []


def test_no_sentence_is_glued_together_of_pieces():
    """A message that begins or ends with punctuation that belongs to other words cannot be reordered."""
    ids = [m.id if isinstance(m.id, str) else m.id[0] for m in messages_of_public_pages() if m.id]
    assert [text for text in ids if re.match(r"[,;:.]", text) or re.search(r"[,;]$", text)] == []


def test_what_is_made_once_is_made_for_each_language():
    text = '{% from "components/marks.html" import stage_word %}{{ once(stage_word, "design") }}'
    with override("fa"):
        persian = rendered(text)
    assert rendered(text) == "Design" != persian
