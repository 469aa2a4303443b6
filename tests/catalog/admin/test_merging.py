"""Two records of one thing: found, warned of when the second is entered, and made one."""

import pytest
from django.contrib.auth.models import User

from catalog.models import Company, Demand, Engagement, FormerAddress, Product, Revision, Source
from catalog.staff import merging, twins
from tests import factories as make

from .forms import errors_of, fields_of, send

DUPLICATES = "/admin/duplicates/"


def url_of(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Isfahan Steel Co.", "isfahan steel", True),
        ("شركت فولاد اصفهان", "فولاد اصفهان (سهامی عام)", True),
        ("صنایع پتروشیمی کارون", "صنایع پترو‌شیمی کارن", True),
        ("Machine Sazi Arak", "Machin Sazi Arak", True),
        ("Pump 12 works", "Pump 13 works", False),
        ("Arak", "Ark", False),
        ("Tabriz Tractor", "Tabriz Motor", False),
        ("Co.", "Ltd", False),
    ],
)
def test_names_are_nearly_equal(one, other, expected):
    assert twins.nearly_equal(twins.key(one), twins.key(other)) is expected
    assert twins.nearly_equal(twins.key(other), twins.key(one)) is expected


def test_pairs_are_listed_with_a_way_to_merge_them(reviewer, editor):
    one = make.make_company(name_en="Kavir Valve Works", name_fa="شیرسازی کویر")
    other = make.make_company(name_en="Kavir Valves Works", name_fa="دیگر")
    make.make_company(name_en="Kavir Valve Works", name_fa="نمونه", origin="sample")
    make.make_company(name_en="Something Else", name_fa="چیز دیگر")
    page = reviewer.get(DUPLICATES)
    pairs = [(pair.one, pair.other) for _noun, found in page.context["found"] for pair in found]
    assert pairs == [(one, other)]
    assert f"{url_of(one, 'merge')}?other={other.pk}" in page.text
    assert all(f"({company.slug})" in page.text for company in (one, other))  # two may be called the same
    assert f"{url_of(one, 'merge')}?other={other.pk}" in editor.get(DUPLICATES).text  # as a proposal


def test_of_very_many_those_are_found_that_begin_or_end_alike_and_the_page_says_so(reviewer, monkeypatch):
    page = reviewer.get(DUPLICATES)
    assert page.context["many"] == ""
    monkeypatch.setattr(twins, "MOST_SCANNED", 2)
    alike = ("Kavir Valve Works", "Kavir Valves Works", "Khavir Valve Works")
    named = (*alike, "Zagros Pumps", "Kabir Walve Vorks")
    one, other, third, *_rest = (make.make_company(name_en=name, name_fa=f"نام {name}") for name in named)
    assert twins.twin_pairs(Company) == [(one.pk, other.pk), (one.pk, third.pk), (other.pk, third.pk)]
    page = reviewer.get(DUPLICATES)
    assert page.context["many"] == "Companies"
    assert "There are too many to compare each with each of: Companies." in page.text


def test_a_beginning_that_many_share_compares_nobody(db, monkeypatch):
    monkeypatch.setattr(twins, "MOST_SCANNED", 2)
    monkeypatch.setattr(twins, "MOST_ALIKE", 2)
    for letter in "abcdefg":
        make.make_company(name_en=f"Pumpworks {letter * 5} Hall", name_fa=f"پمپ‌سازی {letter * 5} سالن")
    one, other = (make.make_company(name_en="Kavir Valve Works", name_fa="شیرسازی") for _time in range(2))
    assert twins.twin_pairs(Company) == [(one.pk, other.pk)]


def test_of_two_sources_day_or_address_says_whether_they_are_one(db):
    def source(day, address):
        values = {"publisher_en": "Mehr News Agency", "published_on": day, "address": address}
        return make.make_source(**values)

    one = source("2020-10-01", "https://example.org/1")
    source("2020-10-02", "https://example.org/2")
    source("2020-10-01", "https://example.org/3")
    again = source("2020-10-01", "https://example.org/1")
    assert twins.twin_pairs(Source) == [(one.pk, again.pk)]


def test_a_second_record_is_saved_only_when_its_author_says_it_is_another(editor):
    first = make.make_company(name_en="Kavir Valve Works", name_fa="شیرسازی کویر")
    entered = {"name_en": "Kavir  Valve Works Co.", "name_fa": "کویر", "slug": "kavir-2"}
    page = send(editor, "/admin/catalog/company/add/", entered)
    assert "seems to be on record already" in str(page.context["adminform"].form.errors)
    assert url_of(first) in page.text
    assert 'name="_anyway"' in page.text
    assert Company.objects.count() == 1
    answer = editor.post("/admin/catalog/company/add/", {**fields_of(page), "_anyway": "1", "_save": "1"})
    assert answer.status_code == 302, errors_of(answer)
    assert Company.objects.count() == 2
    second = Company.objects.get(slug="kavir-2")
    assert send(editor, url_of(second), {"town_en": "Yazd"}).status_code == 302  # its name is not new


def test_merging_shows_what_it_does_and_does_it(reviewer, client):
    kept = make.make_company(name_en="Kavir Valve Works", slug="kavir", town_en="")
    gone = make.make_company(
        name_en="Kavir Valve", slug="kavir-old", town_en="Yazd", legal_id="1010", summary_en="x"
    )
    product, shared = make.make_product(), make.make_product()
    moves = make.make_engagement(company=gone, product=product)
    stays = make.make_engagement(company=gone, product=shared)
    make.make_engagement(company=kept, product=shared)
    wanted = make.make_demand(product=product, buyer=gone)
    address = f"{url_of(kept, 'merge')}?other={gone.pk}"
    page = reviewer.get(address)
    assert "kavir-old" in page.text
    assert ("Town, in English", "Yazd") in page.context["filled"]
    assert "stays behind" in page.text
    assert Engagement.objects.filter(company=gone).count() == 2
    assert reviewer.post(address).url == url_of(kept)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.town_en, kept.legal_id, gone.state) == ("Yazd", "1010", "withdrawn")
    assert Engagement.objects.get(pk=moves.pk).company == kept
    assert Engagement.objects.get(pk=stays.pk).company == gone
    assert Demand.objects.get(pk=wanted.pk).buyer == kept
    product.refresh_from_db()
    assert product.maker_count == 1
    for language in ("en", "fa"):
        answer = client.get(f"/{language}/companies/kavir-old/")
        assert answer.status_code == 200  # the test's client follows what is moved for good
        assert answer.request["PATH_INFO"] == f"/{language}/companies/kavir/"
    entry = moves.history.first()
    assert (entry.history_user, entry.prev_record.company_id) == (reviewer.user, gone.pk)
    assert kept.name_en in gone.withdrawn_reason_en
    revision = Revision.objects.get()  # nobody else could accept it
    assert (revision.kind, revision.state, revision.accepted_alone) == ("merger", "accepted", True)


def test_products_that_are_one_keep_the_figures_of_every_source(reviewer):
    kept, gone = make.make_product(name_en="Slurry pump"), make.make_product(name_en="Slurry pumps")
    ours, theirs = make.make_source(), make.make_source()
    make.make_import(product=kept, year=1403, value=5, source=ours)
    for value, source in ((6, ours), (7, theirs)):
        make.make_import(product=gone, year=1403, value=value, source=source)
    reviewer.post(f"{url_of(kept, 'merge')}?other={gone.pk}")
    assert list(kept.imports.order_by("pk").values_list("value", "counts")) == [(5, False), (7, True)]
    assert list(gone.imports.values_list("value", "counts")) == [(6, True)]
    kept.refresh_from_db()
    assert kept.import_usd == 7


@pytest.fixture
def pair(db):
    """(kept, gone): two public companies."""
    kept = make.make_company(name_en="Kavir Valve Works", name_fa="شیرسازی کویر", slug="kavir", town_en="")
    return kept, make.make_company(name_en="Kavir Valve", name_fa="کویر", slug="old", town_en="Yazd")


def proposed(client, kept, gone, reason="They are one."):
    """The Revision by which a merger waits."""
    answer = client.post(f"{url_of(kept, 'merge')}?other={gone.pk}", {"_propose": "1", "_reason": reason})
    assert answer.status_code == 302
    revision = Revision.objects.latest("pk")
    assert answer.url == f"{url_of(kept, 'merge')}?revision={revision.pk}"
    return revision, answer.url


def state_of(record):
    record.refresh_from_db()
    return record.state


def test_a_merger_waits_until_somebody_else_accepts_it(editor, reviewer, client, pair):
    kept, gone = pair
    engagement = make.make_engagement(company=gone)
    revision, page = proposed(editor, kept, gone)
    assert (revision.kind, revision.state, state_of(gone)) == ("merger", "open", "published")
    assert f"{url_of(kept, 'merge')}?revision={revision.pk}" in reviewer.get("/admin/catalog/revision/").text
    assert "They are one." in reviewer.get(page).text
    for language, name in (("en", "Kavir Valve Works"), ("fa", "شیرسازی کویر")):
        seen = reviewer.get(f"/admin/catalog/revision/{revision.pk}/preview/{language}/")
        assert seen.status_code == 200
        assert name in seen.text
    assert "Yazd" in reviewer.get(f"/admin/catalog/revision/{revision.pk}/preview/en/").text
    assert (state_of(gone), Revision.objects.get().state) == ("published", "open")
    assert reviewer.post(page, {"_accept": "1", "_comment": "Right."}).url == url_of(kept)
    revision.refresh_from_db()
    decided = (revision.state, revision.decided_by, revision.accepted_alone, revision.comment)
    assert decided == ("accepted", reviewer.user, False, "Right.")
    assert state_of(gone) == "withdrawn"
    entry = engagement.history.first()
    assert (entry.company, entry.history_change_reason) == (kept, f"revision {revision.pk}")
    assert client.get("/en/companies/old/").request["PATH_INFO"] == "/en/companies/kavir/"
    assert reviewer.post(page, {"_accept": "1"}).status_code == 302  # decided on: it says so
    assert editor.get(page).status_code == 200


def test_who_cannot_accept_only_proposes(editor, staff, pair):
    kept, gone = pair
    _revision, page = proposed(editor, kept, gone)
    assert editor.post(page, {"_accept": "1"}).status_code == 403
    assert staff("desk officer").get(page).status_code == 404
    assert state_of(gone) == "published"


def test_a_merger_is_sent_back_mended_taken_back_and_dropped(editor, reviewer, pair):
    kept, gone = pair
    revision, page = proposed(editor, kept, gone, reason="")
    reviewer.post(page, {"_send_back": "1"})
    revision.refresh_from_db()
    assert revision.state == "open"  # without a word it stays
    reviewer.post(page, {"_send_back": "1", "_comment": "Why?"})
    assert "Why?" in editor.get(page).text
    editor.post(page, {"_propose": "1", "_reason": "The same legal id."})
    revision.refresh_from_db()
    assert (revision.state, revision.reason) == ("open", "The same legal id.")
    editor.post(page, {"_take_back": "1"})
    assert reviewer.post(page, {"_accept": "1"}).status_code == 302
    assert state_of(gone) == "published"
    editor.post(page, {"_drop": "1"})
    assert not Revision.objects.exists()


def test_a_merger_that_is_refused_changes_nothing(editor, reviewer, pair):
    kept, gone = pair
    revision, page = proposed(editor, kept, gone)
    reviewer.post(page, {"_refuse": "1", "_comment": "Two firms."})
    revision.refresh_from_db()
    assert (revision.state, state_of(gone)) == ("refused", "published")


def test_where_the_other_record_is_gone_the_proposal_says_so(editor, reviewer, pair):
    kept, _gone = pair
    draft = make.make_company(state="draft")
    revision, page = proposed(editor, kept, draft)
    draft.delete()
    assert "The other record is gone." in reviewer.get(page).text
    assert reviewer.post(page, {"_accept": "1"}).status_code == 200
    reviewer.post(page, {"_refuse": "1", "_comment": "Gone."})
    revision.refresh_from_db()
    assert revision.state == "refused"


def test_an_own_merger_waits_where_somebody_else_could_accept_it(reviewer, staff, pair):
    kept, gone = pair
    User.objects.create_superuser("other")
    _revision, page = proposed(reviewer, kept, gone)
    assert state_of(gone) == "published"
    assert reviewer.post(page, {"_accept": "1"}).status_code == 403
    User.objects.filter(username="other").delete()
    reviewer.post(page, {"_accept": "1"})
    assert (state_of(gone), Revision.objects.get().accepted_alone) == ("withdrawn", True)


def test_a_change_and_a_merger_of_one_record_may_both_wait(editor, pair):
    kept, gone = pair
    proposed(editor, kept, gone)
    changes = {"town_en": "Yazd", "town_fa": "یزد"}
    assert send(editor, url_of(kept), changes, "_propose").status_code == 302
    assert sorted(Revision.objects.values_list("kind", flat=True)) == ["change", "merger"]


def test_an_address_leads_on_after_the_next_merge(db, client):
    first, second, third = (make.make_company(slug=slug) for slug in ("first", "second", "third"))
    merging.carry_out(second, first)
    merging.carry_out(third, second)
    for slug in ("first", "second"):
        assert client.get(f"/en/companies/{slug}/").request["PATH_INFO"] == "/en/companies/third/"
    third.withdraw("Gone.", "رفت.")
    assert client.get("/en/companies/first/").status_code == 410


def test_links_of_products_move(db):
    kept, gone = make.make_product(), make.make_product(state="draft")
    unit = make.make_unit(products=[gone])
    desk = make.make_desk(products=[gone])
    make.make_import(product=gone, year=1402)
    merging.carry_out(kept, gone)
    assert list(unit.products.all()) == [kept]
    assert list(desk.products.all()) == [kept]
    assert kept.imports.get().year == 1402
    assert not Product.objects.filter(pk=gone.pk).exists()
    assert not FormerAddress.objects.exists()


def test_what_names_a_source_moves_to_the_other(db):
    kept, gone = make.make_source(), make.make_source()
    company = make.make_company(origin="press", source=gone)
    merging.carry_out(kept, gone)
    company.refresh_from_db()
    assert company.source == kept
    assert list(Source.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("kept", "gone", "problem"),
    [
        ({}, {"origin": "sample"}, "samples never touch what is real"),
        ({"origin": "sample"}, {}, "samples never touch what is real"),
        ({"state": "draft"}, {}, "keep the public one"),
    ],
)
def test_what_cannot_be_merged_is_refused(reviewer, kept, gone, problem):
    kept, gone = make.make_company(**kept), make.make_company(**gone)
    address = f"{url_of(kept, 'merge')}?other={gone.pk}"
    assert problem in reviewer.get(address).context["merger"].problem
    assert reviewer.post(address).status_code == 200
    assert Company.objects.filter(state="withdrawn").count() == 0
    assert reviewer.get(f"{url_of(kept, 'merge')}?other={kept.pk}").context["merger"].problem


def test_the_other_record_is_searched_for(reviewer):
    kept = make.make_company(name_en="Kavir Valve Works")
    twin = make.make_company(name_en="Kavir Valve Works Co.")
    other = make.make_company(name_en="Zagros")
    page = reviewer.get(url_of(kept, "merge"))
    assert list(page.context["found"]) == [twin]
    assert list(reviewer.get(f"{url_of(kept, 'merge')}?q=zagr").context["found"]) == [other]
    assert url_of(kept, "merge") in reviewer.get(url_of(kept)).text
