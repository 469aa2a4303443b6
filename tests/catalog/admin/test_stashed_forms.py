"""A form that was sent after its session had ended comes back filled, to who typed it and to nobody else."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalog.admin import stash, stashed_forms
from catalog.models import Contract, Revision, Sector
from tests import factories as make

from .forms import errors_of, fields_of

HERE = {"sec-fetch-site": "same-origin"}
ELSEWHERE = [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}]


@pytest.fixture(autouse=True)
def empty_stash(settings):
    """Each test has a stash of its own."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def contract(db):
    """A draft contract with a line."""
    contract = make.make_contract(amounts=(100,), state="draft", title_en="Valves", title_fa="شیر")
    contract.lines.update(description_en="Valve", description_fa="شیر")
    return contract


def change(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def send_late(url, sent, headers=HERE, **options):
    """Send a form without a session, and press a button of it."""
    client = Client(headers={"accept-language": "en"}, **options)
    return client.post(url, {**sent, "_save": "1", "_publish": "1"}, headers=headers)


def way_back(response):
    """The address of the filled form in an answer that leads to the sign-in."""
    assert response.status_code == 302, response.status_code
    login, _question, query = response["Location"].partition("?next=")
    assert login == reverse("admin:login")
    return query.replace("%3F", "?").replace("%3D", "=").replace("%26", "&")


def new_row(number, **cells):
    return {f"lines-{number}-{name}": text for name, text in cells.items()}


def test_what_was_typed_comes_back_unsaved_with_its_rows_and_is_saved_then(officer, contract):
    url = change(contract)
    typed = {"title_en": "Gate valves", "lines-0-amount": "abc", "lines-TOTAL_FORMS": "2"}
    sent = {
        **fields_of(officer.get(url)),
        **typed,
        **new_row(1, description_en="Pipe", description_fa="لوله", amount="7"),
    }
    back = way_back(send_late(url, sent))

    form = officer.get(back)
    assert "Not saved yet: you were signed out meanwhile" in form.content.decode()
    shown = fields_of(form)
    assert (shown["title_en"], shown["lines-1-description_en"]) == ("Gate valves", "Pipe")
    assert list(errors_of(form)) == ["lines-0-amount"]
    contract.refresh_from_db()
    assert (contract.title_en, contract.lines.count()) == ("Valves", 1)
    assert officer.get(back).context["returned"], "until it is saved, it comes back again"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda done: done())
        assert officer.post(back, {**shown, "lines-0-amount": "100", "_save": "1"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.title_en, contract.lines.count()) == ("Gate valves", 2)
    gone = officer.get(back)
    assert gone.context["returned"] is None
    assert "What was typed here is kept no longer" in gone.content.decode()


def test_showing_a_form_again_never_saves_it_even_where_nothing_is_wrong(officer, contract):
    url = change(contract)
    back = way_back(send_late(url, {**fields_of(officer.get(url)), "title_en": "Gate valves"}))
    form = officer.get(back)
    assert (form.status_code, errors_of(form)) == (200, {})
    assert "Please correct" not in form.content.decode()
    contract.refresh_from_db()
    assert contract.title_en == "Valves"


@pytest.mark.parametrize("noun", [Contract, Sector])
def test_a_new_record_comes_back_too_in_the_window_it_was_opened_in(administrator, noun):
    url = reverse(f"admin:catalog_{noun._meta.model_name}_add") + "?_popup=1"
    name = "title_en" if noun is Contract else "name_en"
    back = way_back(send_late(url, {**fields_of(administrator.get(url)), name: "Gate valves"}))
    form = administrator.get(back)
    assert fields_of(form)[name] == "Gate valves"
    assert form.context["is_popup"]
    assert not noun.objects.exists()


def test_somebody_else_who_signs_in_there_does_not_see_it(officer, editor, contract):
    url = change(contract)
    back = way_back(send_late(url, {**fields_of(officer.get(url)), "title_en": "Gate valves"}))
    other = editor.get(back)
    assert "Gate valves" not in other.content.decode()
    assert officer.get(back).context["returned"]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_puts_nothing_into_anybodys_form(officer, contract, headers):
    url = change(contract)
    response = send_late(url, fields_of(officer.get(url)), headers)
    assert stashed_forms.QUERY not in response["Location"]
    assert not storages["stash"].exists(stash.FORMS)


def test_its_own_origin_speaks_for_a_browser_that_says_no_more(officer, contract):
    url = change(contract)
    assert way_back(send_late(url, fields_of(officer.get(url)), {"origin": "http://testserver"}))


@pytest.mark.parametrize("forged", ["", "abc", "eyJ1c2VyIjoxfQ:1abc:xyz"])
def test_a_form_without_a_true_signature_is_not_kept(officer, contract, forged):
    url = change(contract)
    response = send_late(url, {**fields_of(officer.get(url)), stashed_forms.FIELD: forged})
    assert stashed_forms.QUERY not in response["Location"]


def test_the_signature_of_one_form_does_not_speak_for_another(officer, contract):
    sent = fields_of(officer.get(change(contract)))
    response = send_late(reverse("admin:catalog_contract_add"), sent)
    assert stashed_forms.QUERY not in response["Location"]


@pytest.mark.parametrize("closed", ["is_active", "is_staff"])
def test_nothing_is_kept_for_a_closed_account(officer, contract, closed):
    sent = fields_of(officer.get(change(contract)))
    type(officer.user).objects.update(**{closed: False})
    assert stashed_forms.QUERY not in send_late(change(contract), sent)["Location"]


def test_more_than_a_megabyte_is_not_kept(officer, contract):
    sent = fields_of(officer.get(change(contract)))
    response = send_late(change(contract), {**sent, "note": "x" * stashed_forms.MOST_FORM_BYTES})
    assert stashed_forms.QUERY not in response["Location"]


def test_an_account_has_its_last_five(officer, contract):
    url = change(contract)
    sent = fields_of(officer.get(url))
    ways = [way_back(send_late(url, {**sent, "note": str(number)})) for number in range(7)]
    notes = [form["note"] for way in ways if (form := fields_of(officer.get(way)))["note"]]
    assert notes == ["2", "3", "4", "5", "6"]


def test_after_an_hour_it_is_gone_and_the_next_one_erases_it(officer, contract, monkeypatch):
    url = change(contract)
    sent = fields_of(officer.get(url))
    back = way_back(send_late(url, {**sent, "title_en": "Gate valves"}))
    monkeypatch.setattr(stash, "STASH_KEPT_FOR", timedelta(0))
    assert officer.get(back).context["returned"] is None
    monkeypatch.undo()
    assert officer.get(back).context["returned"]
    monkeypatch.setattr(stash, "STASH_KEPT_FOR", timedelta(0))
    stash.tidy()
    assert storages["stash"].listdir(f"{stash.FORMS}/{officer.user.pk}") == ([], [])


@pytest.mark.parametrize("token", ["", "x", "../1/secret", "0" * 32, "%00", "۰" * 32])
def test_an_odd_token_opens_the_form_as_it_is_stored(officer, contract, token):
    response = officer.get(f"{change(contract)}?_stashed={token}")
    assert (response.status_code, response.context["returned"]) == (200, None)


def test_of_a_file_its_name_comes_back(officer, contract):
    url = change(contract)
    file = SimpleUploadedFile("قرارداد.pdf", b"%PDF-1.4")
    back = way_back(send_late(url, {**fields_of(officer.get(url)), "documents-0-file": file}))
    text = officer.get(back).content.decode()
    assert "Choose these again:" in text
    assert "<li><bdi>قرارداد.pdf</bdi></li>" in text


def test_no_password_is_kept(administrator):
    url = reverse("admin:auth_user_add")
    page = administrator.get(url)
    sent = {
        "username": "sara",
        "first_name": "Sara",
        "password1": "opensesame-1",
        "password2": "opensesame-1",
        stashed_forms.FIELD: page.context["signature"],
        "csrfmiddlewaretoken": "secret-token",
    }
    back = way_back(send_late(url, sent))
    (name,) = storages["stash"].listdir(f"{stash.FORMS}/{administrator.user.pk}")[1]
    with storages["stash"].open(f"{stash.FORMS}/{administrator.user.pk}/{name}") as file:
        kept = file.read().decode()
    assert "sara" in kept
    assert "opensesame" not in kept
    assert "secret-token" not in kept
    form = administrator.get(back)
    assert form.context["adminform"].form["username"].value() == "sara"
    assert not type(administrator.user).objects.filter(username="sara").exists()


def test_an_account_that_was_being_changed_comes_back(administrator, officer):
    url = reverse("admin:auth_user_change", args=[officer.user.pk])
    page = administrator.get(url)
    sent = {"username": "desk-officer", "last_name": "Karimi", stashed_forms.FIELD: page.context["signature"]}
    form = administrator.get(way_back(send_late(url, sent)))
    assert form.context["adminform"].form["last_name"].value() == "Karimi"
    officer.user.refresh_from_db()
    assert officer.user.last_name == ""


def test_the_reasons_of_a_withdrawal_come_back_and_nothing_is_withdrawn(administrator):
    company = make.make_company()
    url = f"/admin/catalog/company/withdraw/?ids={company.pk}"
    page = administrator.get(url)
    sent = {
        "reason_en": "Closed.",
        "reason_fa": "تعطیل شد.",
        stashed_forms.FIELD: page.context["signature"],
    }
    form = administrator.get(way_back(send_late(url, sent)))
    assert "you were signed out meanwhile" in form.content.decode()
    assert form.context["form"]["reason_fa"].value() == "تعطیل شد."
    company.refresh_from_db()
    assert company.state == "published"


def test_a_save_of_somebody_else_meanwhile_is_told_as_ever(officer, administrator, contract):
    url = change(contract)
    sent = fields_of(officer.get(url))
    back = way_back(send_late(url, {**sent, "title_en": "Gate valves"}))
    administrator.post(url, {**fields_of(administrator.get(url)), "title_fa": "شیرها", "_save": "1"})
    form = officer.get(back)
    assert [one.theirs for one in form.context["held"].taken] == ["شیرها"]
    assert fields_of(form)["title_en"] == "Gate valves"


def test_what_was_published_meanwhile_comes_back_to_be_proposed(officer, contract):
    url = change(contract)
    back = way_back(send_late(url, {**fields_of(officer.get(url)), "title_en": "Gate valves"}))
    Contract.objects.filter(pk=contract.pk).update(state="published")
    form = officer.get(back)
    assert fields_of(form)["title_en"] == "Gate valves"
    assert form.context["proposes"]


def test_whoever_may_no_longer_change_it_reads_it_with_a_word(editor, officer):
    product = make.make_product(state="draft")
    back = way_back(send_late(change(product), {**fields_of(editor.get(change(product))), "name_en": "Mine"}))
    editor.user.groups.set(officer.user.groups.all())
    form = editor.get(back)
    assert (form.status_code, form.context["returned"]) == (200, None)
    assert "you may no longer change this" in form.content.decode()


@pytest.mark.parametrize("button", ["_drop", "_take_back", "_refuse", "_send_back"])
def test_a_proposal_that_comes_back_is_not_decided_on(editor, administrator, button):
    product = make.make_product()
    url = change(product)
    editor.post(url, {**fields_of(editor.get(url)), "name_en": "Proposed", "_propose": "1"})
    revision = Revision.objects.get()
    who = editor if button in ("_drop", "_take_back") else administrator
    page = f"{url}?revision={revision.pk}"
    sent = {**fields_of(who.get(page)), "_comment": "No.", button: "1"}
    form = who.get(way_back(send_late(page, sent)))
    assert form.context["returned"]
    revision.refresh_from_db()
    assert revision.state == "open"
    assert form.wsgi_request.POST["_comment"] == "No."


def test_a_form_without_its_token_comes_back_to_who_signed_in_again(officer, contract):
    url = change(contract)
    sent = fields_of(officer.get(url))
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.force_login(officer.user)
    response = strict.post(url, {**sent, "title_en": "Gate valves"}, headers=HERE)
    assert response.status_code == 302
    assert fields_of(strict.get(response["Location"]))["title_en"] == "Gate valves"


def test_a_form_without_its_token_leads_to_the_sign_in(officer, contract):
    sent = fields_of(officer.get(change(contract)))
    back = way_back(send_late(change(contract), {**sent, "note": "mine"}, enforce_csrf_checks=True))
    assert fields_of(officer.get(back))["note"] == "mine"


def test_the_sign_in_says_why_and_leads_to_the_form(officer, contract):
    officer.user.set_password("opensesame-1")
    officer.user.save()
    officer.force_login(officer.user)
    sent = fields_of(officer.get(change(contract)))
    late = Client(headers={"accept-language": "en"})
    response = late.post(change(contract), {**sent, "note": "mine"}, headers=HERE)
    page = late.get(response["Location"])
    assert "what you typed is kept for an hour" in page.content.decode()
    account = {"username": "desk-officer", "password": "opensesame-1", "next": page.context["next"]}
    form = late.post(reverse("admin:login"), account, follow=True)
    assert fields_of(form)["note"] == "mine"


def test_in_the_session_of_another_account_it_waits_for_its_own(officer, administrator, contract):
    sent = fields_of(officer.get(change(contract)))
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.force_login(administrator.user)
    page = strict.post(change(contract), {**sent, "note": "mine"}, headers=HERE)
    assert page.status_code == 403
    assert "This form belongs to another account" in page.content.decode()
    assert "mine" not in page.content.decode()
    back = page.context["comes_back"]
    assert strict.get(back).context["returned"] is None
    assert fields_of(officer.get(back))["note"] == "mine"


def test_what_is_put_aside_is_readable_by_its_own_account_of_the_machine_alone(
    officer, contract, settings, tmp_path
):
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "s"}}
    settings.STORAGES = {**settings.STORAGES, "stash": kept}
    back = way_back(send_late(change(contract), fields_of(officer.get(change(contract)))))
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(path.stat().st_mode & 0o777 == 0o700 for path in file.parents if tmp_path in path.parents)
    assert officer.get(back).context["returned"]
