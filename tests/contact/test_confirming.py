"""Keepers are asked each half-year once; one button confirms, opening the page changes nothing."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from catalog.admin import columns
from catalog.models import Demand, Engagement, IdleUnit, Outbox
from contact import confirming
from contact.models import Asking, Keeper
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HERE = {"Sec-Fetch-Site": "same-origin"}


def make_keeper(days=200, **values):
    values.setdefault("language", "en")
    if "unit" not in values:
        values.setdefault("company", make.make_company(name_en="Alpha Works"))
    enquiry = make.make_enquiry(kind="claim", role="makes", state="accepted")
    named = {"name": "Mina Rad", "email": enquiry.email, "proof": "domain", "proof_details": "alpha.example"}
    return Keeper.objects.create(enquiry=enquiry, checked_at=NOW - timedelta(days=days), **named, **values)


@pytest.fixture
def keeper():
    keeper = make_keeper()
    product = make.make_product(name_en="Slurry pump")
    make.make_engagement(company=keeper.company, product=product, stage="testing", capacity=1200)
    make.make_demand(buyer=keeper.company, product=product)
    return keeper


def address():
    """Of the page in the latest mail."""
    text = Outbox.objects.latest("pk").text
    return re.search(r"http://[^/]+(/(?:en|fa)/confirm/\S+)", text)[1]


def press(client, path, **values):
    seen = client.get(path).context["seen"]
    return client.post(path, {"seen": seen, **values}, headers=HERE)


def test_a_mail_says_what_stands_on_record_and_is_sent_once(keeper):
    call_command("ask_keepers")
    call_command("ask_keepers")
    mail = Outbox.objects.get()
    assert (mail.to, mail.is_secret) == (keeper.email, True)
    assert keeper.enquiry.reference in mail.subject
    assert "Makes or develops Slurry pump: Testing, capacity a year: 1,200" in mail.text
    assert "Wants to buy Slurry pump: Indicative, in 1405" in mail.text
    assert Asking.objects.get().number == 1


def test_who_was_missed_for_years_gets_one_mail_and_the_next_half_a_year_later(keeper):
    Keeper.objects.update(checked_at=NOW - timedelta(days=1000))
    assert [confirming.ask_due(NOW + timedelta(days=days)) for days in (0, 1, 90, 93)] == [1, 0, 0, 1]


def test_it_goes_on_where_it_was_stopped(keeper, monkeypatch):
    other = make_keeper()
    make.make_engagement(company=other.company)
    write = confirming.letters.write_letter

    def stops(to, *args, **kwargs):
        if to == other.email:
            raise OSError
        return write(to, *args, **kwargs)

    monkeypatch.setattr(confirming.letters, "write_letter", stops)
    with pytest.raises(OSError):  # noqa: PT011, the test's own
        confirming.ask_due(NOW)
    monkeypatch.undo()
    confirming.ask_due(NOW)
    assert sorted(Outbox.objects.values_list("to", flat=True)) == sorted([keeper.email, other.email])


def test_nobody_is_asked_early_about_samples_about_drafts_or_after_the_end():
    make.make_engagement(company=make_keeper(days=180).company)
    sample = make.make_company(origin="sample")
    make.make_engagement(company=make_keeper(company=sample).company, origin="sample")
    make.make_engagement(company=make_keeper().company, state="draft")
    ended = make_keeper(ended_at=NOW)
    make.make_engagement(company=ended.company)
    assert confirming.ask_due(NOW) == 0


def test_opening_the_page_changes_nothing_and_the_button_confirms(client, keeper):
    confirming.ask_due(NOW)
    path = address()
    with Writes() as writes:
        for _time in range(2):
            page = client.get(path)
            client.head(path)
    assert writes == []
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert Engagement.objects.get().confirmed_by_company_on is None
    press(client, path)
    days = [model.objects.get().confirmed_by_company_on for model in (Engagement, Demand)]
    assert days == [TODAY, TODAY]
    assert "Thank you" in client.get(path).text
    assert "Confirmed by the company on" in client.get(f"/en/companies/{keeper.company.slug}/").text
    product = Engagement.objects.get().product
    assert client.get(f"/en/products/{product.slug}/").text.count("Confirmed by the company on") == 2
    assert "Mina" not in "".join(map(str, Engagement.history.values_list()))


class Writes(list):
    """Statements that write."""

    def __enter__(self):
        self.wrapper = connection.execute_wrapper(self._note)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)

    def _note(self, execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            self.append(sql)
        return execute(sql, params, many, context)


def test_what_changed_since_the_page_was_opened_is_not_confirmed(client, keeper):
    confirming.ask_due(NOW)
    path = address()
    seen = client.get(path).context["seen"]
    work = Engagement.objects.get()
    work.stage = "production"
    work.save()
    page = client.post(path, {"seen": seen}, headers=HERE)
    assert "changed meanwhile" in page.text
    assert client.post(path, {}, headers=HERE).status_code == 200
    assert Engagement.objects.get().confirmed_by_company_on is None


def test_forms_of_other_sites_and_unknown_or_ended_tokens_do_nothing(client, keeper):
    confirming.ask_due(NOW)
    path = address()
    seen = client.get(path).context["seen"]
    assert client.post(path, {"seen": seen}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for wrong in ("x", Asking.objects.get().token_hash, "a" * 3000):
        assert client.get(f"/en/confirm/{wrong}/").status_code == 404
    Keeper.objects.update(ended_at=NOW)
    assert client.post(path, {"seen": seen}, headers=HERE).status_code == 404
    assert Engagement.objects.get().confirmed_by_company_on is None


def test_two_mails_without_an_answer_are_said_in_public_until_somebody_confirms(client, keeper):
    confirming.ask_due(NOW)
    later = NOW + confirming.HALF_YEAR
    confirming.ask_due(later)
    path = address()
    Outbox.objects.update(sent_at=NOW)
    assert confirming.note_silence(later + timedelta(days=29)) == 0
    assert confirming.note_silence(later + timedelta(days=31)) == 2
    assert confirming.note_silence(later + timedelta(days=32)) == 0
    page = f"/en/companies/{keeper.company.slug}/"
    assert "Not confirmed by the company" in client.get(page).text
    press(client, path)
    assert "Not confirmed by the company" not in client.get(page).text


def test_who_never_got_the_mails_is_not_called_silent(keeper):
    later = NOW + confirming.HALF_YEAR
    for moment in (NOW, later):
        confirming.ask_due(moment)
    Outbox.objects.update(sent_at=NOW)
    letter = Outbox.objects.earliest("pk")
    Outbox.objects.filter(pk=letter.pk).update(sent_at=None, undeliverable_at=NOW)
    assert confirming.note_silence(later + timedelta(days=31)) == 0
    letter.delete()  # as mail is after some weeks
    assert confirming.note_silence(later + timedelta(days=32)) == 0
    confirming.ask_due(later + confirming.HALF_YEAR)
    Outbox.objects.update(sent_at=NOW)
    assert confirming.note_silence(later + confirming.HALF_YEAR + timedelta(days=31)) == 2


def test_what_another_keeper_confirmed_is_not_called_silent(client, keeper):
    make_keeper(company=keeper.company, days=400)
    confirming.ask_due(NOW)
    confirming.ask_due(NOW + confirming.HALF_YEAR)
    press(client, address())
    assert confirming.note_silence(NOW + confirming.HALF_YEAR + timedelta(days=40)) == 0


def test_a_unit_has_a_keeper_of_its_own_and_reads_persian(client):
    unit = make.make_unit(name_fa="کارخانهٔ الف")
    make_keeper(unit=unit, language="fa")
    confirming.ask_due(NOW)
    mail = Outbox.objects.get()
    assert mail.language == "fa"
    assert "کارخانهٔ الف" in mail.text
    press(client, address())
    assert IdleUnit.objects.get().confirmed_by_company_on == TODAY
    assert TODAY.isoformat() in b"".join(client.get("/en/units/export.csv")).decode()
    assert client.get("/api/v1/units/").json()["results"][0]["confirmed_by_company_on"] == TODAY.isoformat()


def test_who_has_the_enquiry_erased_is_asked_no_more(keeper):
    confirming.ask_due(NOW)
    keeper.enquiry.delete()
    assert (Keeper.objects.count(), Asking.objects.count()) == (0, 0)


def test_staff_read_on_the_forms_who_confirmed_and_under_which_reference(keeper, admin_client):
    work = Engagement.objects.get()
    unit = make_keeper(unit=make.make_unit(confirmed_by_company_on=TODAY)).unit
    Engagement.objects.update(confirmed_by_company_on=TODAY)
    Demand.objects.update(company_silent_since=TODAY)
    for record, words in (
        (work, columns.day(TODAY)),
        (keeper.company, columns.day(TODAY)),
        (Demand.objects.get(), f"not since {columns.day(TODAY)}"),
        (unit, columns.day(TODAY)),
    ):
        noun = record._meta.model_name
        page = admin_client.get(f"/admin/catalog/{noun}/{record.pk}/change/").text
        row = page.partition("field-company_word")[2].partition("</a>")[0]
        assert words in row, record
        assert "Q-1405-" in row
        assert "field-company_word" not in admin_client.get(f"/admin/catalog/{noun}/add/").text
