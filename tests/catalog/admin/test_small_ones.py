"""What makes a day of work easier: countries by name, boxes to look for a record in."""

import pytest
from django.utils.translation import override

from catalog.formats.countries import codes_in
from catalog.models import ImportRecord
from tests import factories as make

from .forms import errors_of, fields_of, send


def change_url(record):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/change/"


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("DE, TR", ["DE", "TR"], []),
        ("de,tr", ["DE", "TR"], []),
        ("de tr;DE", ["DE", "TR"], []),
        ("آلمان، ترکیه", ["DE", "TR"], []),
        ("South Korea, کره جنوبی , United States", ["KR", "US"], ["کره", "جنوبی"]),
        ("Germany, Atlantis, XX", ["DE"], ["Atlantis", "XX"]),
        ("", [], []),
    ],
)
def test_countries_are_read_by_code_and_by_name(text, codes, unknown):
    with override("fa"):
        assert codes_in(text) == (codes, unknown)


def test_countries_in_a_form(administrator):
    product = make.make_product(state="draft")
    values = {"product": product.pk, "year": "1404", "value": "5", "currency": "USD"}
    page = send(administrator, "/admin/catalog/importrecord/add/", {**values, "countries": "DE, Atlantis"})
    assert "Atlantis" in errors_of(page)["countries"][0]
    send(administrator, "/admin/catalog/importrecord/add/", {**values, "countries": "آلمان، tr"})
    assert ImportRecord.objects.get().countries == "DE,TR"


def boxes(client, term="", language="en", field="contractline.product"):
    model, name = field.split(".")
    url = f"/admin/autocomplete/?app_label=catalog&model_name={model}&field_name={name}&term={term}"
    return [
        found["text"] for found in client.get(url, headers={"accept-language": language}).json()["results"]
    ]


def test_a_box_of_sources_offers_first_what_begins_so_in_persian_too(administrator):
    for publisher in ("روزنامهٔ صنعت", "صنعت نو"):
        make.make_source(publisher_fa=publisher)
    first, second = boxes(administrator, "صنعت", "fa", "product.source")
    assert first.startswith("صنعت نو")
    assert second.startswith("روزنامهٔ صنعت")


def test_a_box_offers_what_begins_so_first_and_samples_last(administrator):
    sector = make.make_sector(name_en="Pumps")
    for name, origin in (("A big pump", "press"), ("Pump station", "press"), ("Pump", "sample")):
        source = make.make_source()
        make.make_product(name_en=name, sector=sector, hs_code="841370", origin=origin, source=source)
    assert boxes(administrator, "pump") == [
        "Pump station · 8413.70 · Pumps",
        "Sample: Pump · 8413.70 · Pumps",
        "A big pump · 8413.70 · Pumps",
    ]
    assert boxes(administrator)[-1].startswith("Sample: ")


def test_boxes_and_lists_are_in_the_alphabet_of_the_page(administrator):
    for english, persian in (("Alpha", "یخچال"), ("Beta", "آسانسور")):
        make.make_company(name_en=english, name_fa=persian)
    assert boxes(administrator, field="party.company") == ["Alpha", "Beta"]
    assert boxes(administrator, field="party.company", language="fa") == ["آسانسور", "یخچال"]
    for query in ("", "?o=1"):
        page = administrator.get(f"/admin/catalog/company/{query}", headers={"accept-language": "fa"})
        assert page.text.index("آسانسور") < page.text.index("یخچال")
    page = administrator.get("/admin/catalog/idleunit/add/", headers={"accept-language": "fa"})
    provinces = [str(label) for _, label in page.context["adminform"].form.fields["province"].choices]
    assert (provinces[0], provinces[1], provinces[-1]) == ("---------", "آذربایجان شرقی", "یزد")


@pytest.mark.parametrize("noun", ["company", "product", "sector", "desk", "idleunit", "indicator"])
def test_an_empty_address_is_made_and_has_a_name_of_its_own(administrator, noun):
    sector = make.make_sector()
    page = administrator.get(f"/admin/catalog/{noun}/add/")
    labels = [str(field.label) for field in page.context["adminform"].form.fields.values()]
    assert labels.count("End of its web address") == 1
    assert "address" not in {label.lower() for label in labels}
    values = {"name_en": "Good Name", "name_fa": "نام خوب", "slug": "", "sector": sector.pk}
    values |= {"hs_code": "841370", "sectors": [sector.pk], "year": "1404", "province": "yazd"}
    if noun == "indicator":
        values["unit"] = "items"
    form = fields_of(page)
    sent = {name: value for name, value in values.items() if name in form}
    answer = administrator.post(f"/admin/catalog/{noun}/add/", {**form, **sent, "_save": "1"})
    assert answer.status_code == 302, errors_of(answer)
