"""Accounts: the second factor, sessions that end, new passwords by mail, and the list of what happened."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.models import AccountEvent, Company, Outbox, StaffSession
from catalog.staff import mail, roles, second_factor, sessions
from tests import factories as make

from .forms import fields_of

PASSWORD = "a long enough one 7"
LOGIN, CODE, ACCOUNT = "/admin/login/", "/admin/login/code/", "/admin/account/"
SET_UP, REMOVE, CODES = (
    "/admin/account/second-factor/",
    "/admin/account/second-factor/remove/",
    "/admin/account/recovery-codes/",
)


@pytest.fixture(autouse=True)
def no_waiting(settings):
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0


@pytest.fixture
def user(db):
    roles.ensure_roles()
    user = User.objects.create_user("mina", "mina@example.org", PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return user


def browser():
    return Client(headers={"accept-language": "en"})


def password_step(client, user, address=LOGIN, **more):
    return client.post(address, {"username": user.username, "password": PASSWORD, **more})


def code_of(user, steps=0):
    """What the app of `user` shows; each code holds once, so a test looks ahead."""
    device = TOTPDevice.objects.get(user=user)
    app = TOTP(device.bin_key, device.step, device.t0, device.digits)
    app.time = time.time() + steps * device.step
    return f"{app.token():06}"


@pytest.fixture
def enrolled(user):
    """(user, recovery codes) of one who has set the second factor up."""
    client = browser()
    password_step(client, user)
    client.get(SET_UP)
    page = client.post(SET_UP, {"code": code_of(user, -1)})
    return user, page.context["codes"]


def kinds(user):
    return [event.kind for event in AccountEvent.objects.filter(account=user).order_by("pk")]


# --- the second factor


def test_it_is_set_up_with_a_picture_and_a_code(user):
    client = browser()
    password_step(client, user)
    page = client.get(SET_UP)
    assert "<svg" in page.text
    assert "style=" not in page.context["picture"]
    secret = page.context["secret"].replace(" ", "")
    assert secret in TOTPDevice.objects.get().config_url
    assert "is not right" in client.post(SET_UP, {"code": "000000"}).text
    assert not second_factor.is_on(user)
    page = client.post(SET_UP, {"code": code_of(user)})
    assert second_factor.is_on(user)
    assert len(page.context["codes"]) == 10
    assert page.context["codes"][0] in page.text
    assert page.context["codes"][0] not in client.get(ACCOUNT).text
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_signs_nobody_in_who_has_one(enrolled):
    user, _codes = enrolled
    client = browser()
    answer = password_step(client, user, "/admin/login/?next=/admin/catalog/company/")
    assert answer.url == CODE
    assert client.get("/admin/").status_code == 302
    assert client.get(ACCOUNT).status_code == 302
    assert "is not right" in client.post(CODE, {"code": "123456"}).text
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    right = code_of(user).translate(persian)
    answer = client.post(CODE, {"code": f" {right[:3]} {right[3:]} "})
    assert answer.url == "/admin/catalog/company/"
    assert client.get("/admin/").status_code == 200
    assert kinds(user)[-2:] == ["code_refused", "signed_in"]


def test_a_code_holds_once(enrolled):
    user, _codes = enrolled
    code = code_of(user)
    for expected in (302, 200):
        client = browser()
        password_step(client, user)
        assert client.post(CODE, {"code": code}).status_code == expected


def test_a_recovery_code_holds_once_and_says_how_many_are_left(enrolled):
    user, codes = enrolled
    client = browser()
    password_step(client, user)
    client.post(CODE, {"code": codes[3].upper()})
    assert "You have 9 left" in client.get("/admin/").text
    assert "recovery_code" in kinds(user)
    client = browser()
    password_step(client, user)
    assert client.post(CODE, {"code": codes[3]}).status_code == 200


def test_the_step_lasts_ten_minutes_and_holds_for_that_password_alone(enrolled):
    user, _codes = enrolled
    client = browser()
    password_step(client, user)
    session = client.session
    session[second_factor.PENDING] = session[second_factor.PENDING] | {"at": time.time() - 601}
    session.save()
    assert client.get(CODE).status_code == 302
    password_step(client, user)
    user.set_password("another long one 8")
    user.save()
    assert client.post(CODE, {"code": code_of(user)}).url.startswith(LOGIN)
    assert browser().get(CODE).url.startswith(LOGIN)


def test_wrong_codes_slow_the_next_ones_and_end_in_the_lock(enrolled, settings):
    user, _codes = enrolled
    settings.OTP_TOTP_THROTTLE_FACTOR = 1
    client = browser()
    password_step(client, user)
    assert "wait a moment" in client.post(CODE, {"code": "123456"}).text
    assert "wait a moment" in client.post(CODE, {"code": code_of(user)}).text  # right, but not looked at
    for _more in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(CODE, {"code": "123456"})
    assert answer.status_code == 429
    assert client.get(CODE).status_code == 429


def test_setting_it_up_ends_the_other_sessions(user):
    other, client = browser(), browser()
    for one in (other, client):
        password_step(one, user)
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(user)})
    assert other.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_it_is_removed_with_the_password_alone(enrolled):
    user, _codes = enrolled
    client = browser()
    client.force_login(user)
    assert "This is not your password" in client.post(REMOVE, {"password": "x"}).text
    assert second_factor.is_on(user)
    assert client.post(REMOVE, {"password": PASSWORD}).url == ACCOUNT
    assert not second_factor.is_on(user)
    assert second_factor.recovery_codes_left(user) == 0
    assert kinds(user)[-1] == "factor_removed"


def test_a_recovery_code_is_stored_as_a_keyed_hash_and_outlives_a_new_secret(enrolled, settings):
    user, codes = enrolled
    kept = list(StaticToken.objects.values_list("token", flat=True))
    plain = {second_factor.clean_code(code) for code in codes}
    assert not plain & set(kept)
    assert second_factor.check(user, kept[0]) is None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert second_factor.check(user, codes[0]) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert second_factor.check(user, codes[1]) is None


def test_a_session_that_began_a_while_ago_gives_the_password_before_a_factor_is_set_up(user):
    client = browser()
    password_step(client, user)
    session = client.session
    session[sessions.BEGAN] -= sessions.PROOF_HOLDS
    session.save()
    assert "secret" not in client.get(SET_UP).context
    assert "This is not your password" in client.post(SET_UP, {"password": "x"}).text
    assert client.post(SET_UP, {"code": "123456"}).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert client.post(SET_UP, {"password": PASSWORD}).url == SET_UP
    assert "secret" in client.get(SET_UP).context


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("short one 7", "at least 12"),
        ("portal-admin-1234", "words of this site"),
        ("qwertyuiop123", "too common"),
        ("mina@example.org", "too similar"),
    ],
)
def test_a_weak_password_is_refused_in_words(user, password, word):
    client = browser()
    password_step(client, user)
    new = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert word in client.post("/admin/password_change/", new).text


def test_a_long_password_of_any_signs_is_taken_as_it_is(user):
    client = browser()
    password_step(client, user)
    password = "  رمزی بلند با فاصله  " + "x" * 64
    new = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", new).status_code == 302
    user.refresh_from_db()
    assert user.check_password(password)


def test_signing_out_empties_the_browsers_cache(user):
    client = browser()
    password_step(client, user)
    assert client.post("/admin/logout/")["Clear-Site-Data"] == '"cache"'


def test_new_recovery_codes_take_the_place_of_the_old(enrolled):
    user, old = enrolled
    client = browser()
    client.force_login(user)
    new = client.post(CODES, {"password": PASSWORD}).context["codes"]
    assert not set(new) & set(old)
    assert second_factor.check(user, old[0]) is None
    assert second_factor.check(user, new[0]) is not None


def test_a_site_may_demand_it(user, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    draft = make.make_company(state="draft")
    client = browser()
    password_step(client, user)
    for address in ("/admin/", "/admin/catalog/company/", "/admin/changes/"):
        assert client.get(address).url == SET_UP
    assert client.post(f"/admin/catalog/company/{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Company.objects.exists()
    assert "asks every member of staff" in client.get(SET_UP).text
    client.post(SET_UP, {"code": code_of(user)})
    assert client.get("/admin/").status_code == 200


def test_a_session_older_than_the_factor_gives_it_where_it_is_demanded(enrolled, settings):
    user, _codes = enrolled
    settings.SECOND_FACTOR_REQUIRED = True
    client = browser()
    client.force_login(user)
    assert client.get("/admin/").url == SET_UP
    assert client.get(SET_UP).url.startswith(LOGIN)
    assert client.get(ACCOUNT).url.startswith(LOGIN)


def test_an_administrator_resets_the_factor_of_another(enrolled, administrator, editor):
    user, _codes = enrolled
    address = f"/admin/auth/user/{user.pk}/reset-factor/"
    assert editor.post(address).status_code == 403
    assert address in administrator.get(f"/admin/auth/user/{user.pk}/change/").text
    assert administrator.get(address).status_code == 200
    assert second_factor.is_on(user)
    administrator.post(address)
    assert not second_factor.is_on(user)
    event = AccountEvent.objects.get(account=user, kind="factor_removed")
    assert event.by == administrator.user


def test_an_administrator_is_no_superusers_keeper(administrator):
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    for step in ("reset-factor", "sign-out"):
        assert administrator.post(f"/admin/auth/user/{boss.pk}/{step}/").status_code == 403


# --- sessions


def test_a_session_ends_an_hour_after_the_last_click_and_what_was_typed_comes_back(user):
    draft = make.make_company(state="draft")
    address = f"/admin/catalog/company/{draft.pk}/change/"
    client = browser()
    password_step(client, user)
    form = fields_of(client.get(address)) | {"town_en": "Ahvaz"}
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    answer = client.post(address, form, headers={"sec-fetch-site": "same-origin"})
    assert answer.url.startswith(LOGIN)
    back = password_step(client, user, answer.url)
    page = client.get(back.url)
    assert fields_of(page)["town_en"] == "Ahvaz"
    assert "Not saved yet" in page.text


def test_a_click_puts_the_end_off_but_not_beyond_twelve_hours(user, settings):
    client = browser()
    password_step(client, user)
    row = StaffSession.objects.get(account=user)
    assert timedelta(minutes=59) < row.expire_date - timezone.now() <= timedelta(minutes=60)

    def click_with(**noted):
        session = client.session
        session.update(noted)
        session.save()
        client.get("/admin/")
        return StaffSession.objects.get(account=user).expire_date - timezone.now()

    now = time.time()
    assert click_with(seen=now - 1800) > timedelta(minutes=59)
    left = click_with(seen=now - 1800, began=now - settings.SESSION_COOKIE_AGE + 600)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)


def test_another_site_signs_nobody_out(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post("/admin/account/sign-out-everywhere/").status_code == 403
    assert StaffSession.objects.filter(account=user).exists()


def test_signing_out_everywhere(user):
    here, there = browser(), browser()
    for client in (here, there):
        password_step(client, user)
    other = User.objects.create_user("other", password=PASSWORD, is_staff=True)
    third = browser()
    password_step(third, other)
    assert here.get(f"{ACCOUNT}sign-out-everywhere/").status_code == 405
    assert here.post(f"{ACCOUNT}sign-out-everywhere/").url.startswith(LOGIN)
    assert [client.get(ACCOUNT).status_code for client in (here, there, third)] == [302, 302, 200]
    assert kinds(user)[-1] == "everywhere"


def test_an_administrator_signs_another_out(user, administrator):
    client = browser()
    password_step(client, user)
    administrator.post(f"/admin/auth/user/{user.pk}/sign-out/")
    assert client.get("/admin/").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_not_this_one(user):
    here, there = browser(), browser()
    for client in (here, there):
        password_step(client, user)
    new = {"old_password": PASSWORD, "new_password1": "quite another 99", "new_password2": "quite another 99"}
    assert here.post("/admin/password_change/", new).status_code == 302
    assert [client.get("/admin/").status_code for client in (here, there)] == [200, 302]
    assert "password" in kinds(user)


def test_a_role_that_is_taken_away_counts_at_the_next_click(user, administrator):
    client = browser()
    password_step(client, user)
    assert client.get("/admin/catalog/product/add/").status_code == 200
    page = administrator.get(f"/admin/auth/user/{user.pk}/change/")
    form = {name: value for name, value in fields_of(page).items() if name not in ("groups", "_opened")}
    assert administrator.post(f"/admin/auth/user/{user.pk}/change/", form).status_code == 302
    assert client.get("/admin/catalog/product/add/").status_code == 403
    assert AccountEvent.objects.get(kind="rights").by == administrator.user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


# --- a new password by mail


def links_in(text):
    return re.findall(r"http://testserver(/admin/reset/\S+/)", text)


@pytest.mark.parametrize(
    ("language", "subject", "direction"),
    [
        ("en", "New password for Domestic Production Portal", "ltr"),
        ("fa", "گذرواژهٔ تازه برای درگاه ساخت داخل", "rtl"),
    ],
)
def test_a_new_password_comes_by_mail_in_the_language_of_the_page(
    user, language, subject, direction, mailoutbox
):
    client = Client(headers={"accept-language": language})
    assert "/admin/password_reset/" in client.get(LOGIN).text
    client.post("/admin/password_reset/", {"email": "MINA@example.org"})
    letter = Outbox.objects.get()
    assert (letter.to, letter.language, letter.subject) == ("mina@example.org", language, subject)
    assert f'dir="{direction}"' in letter.html
    assert not mailoutbox
    call_command("send_mail", verbosity=0)
    sent = mailoutbox[0]
    assert (sent.subject, sent.extra_headers["Message-ID"]) == (subject, letter.message_id)
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")
    address = links_in(sent.body)[0]
    assert address in sent.alternatives[0][0]
    form = client.get(address).url
    new = {"new_password1": "quite another 99", "new_password2": "quite another 99"}
    assert client.post(form, new).url == "/admin/reset/done/"
    user.refresh_from_db()
    assert user.check_password("quite another 99")
    assert client.get("/admin/").status_code == 302  # nobody is signed in by it
    assert client.get("/admin/reset/done/").status_code == 200
    assert kinds(user) == ["reset_asked", "password"]
    assert client.get(address).context["validlink"] is False


def test_the_answer_does_not_tell_whether_there_is_such_an_account(user):
    User.objects.create_user("visitor", "visitor@example.org", PASSWORD)
    User.objects.create_user("gone", "gone@example.org", PASSWORD, is_staff=True, is_active=False)
    for address in ("nobody@example.org", "visitor@example.org", "gone@example.org", "mina@example.org"):
        answer = browser().post("/admin/password_reset/", {"email": address})
        assert answer.url == "/admin/password_reset/done/"
    assert [letter.to for letter in Outbox.objects.all()] == ["mina@example.org"]


def test_nobody_is_sent_more_than_three_in_an_hour(user):
    for _time in range(5):
        browser().post("/admin/password_reset/", {"email": "mina@example.org"})
    assert Outbox.objects.count() == 3


# --- what happened


def test_administrators_read_what_happened_to_accounts(user, administrator, editor):
    password_step(browser(), user)
    browser().post(LOGIN, {"username": "mina", "password": "wrong"})
    browser().post(LOGIN, {"username": "hunter2 my password", "password": "wrong"})
    page = administrator.get("/admin/catalog/accountevent/")
    assert "Sign-in refused" in page.text
    assert "no account of that name" in page.text
    assert "hunter2" not in page.text
    assert kinds(user) == ["signed_in", "refused"]
    for address in ("/admin/catalog/accountevent/", "/admin/catalog/outbox/"):
        assert editor.get(address).status_code == 403
        assert administrator.get(address).status_code == 200
        assert administrator.get(f"{address}add/").status_code == 403
    assert "Signed in" in browser_of(user).get(ACCOUNT).text


def test_administrators_see_mail_that_was_given_up_on_and_send_it_again(administrator, editor):
    letter = mail.put("gone@example.org", "Hello", "Text", language="en")
    Outbox.objects.update(undeliverable_at=timezone.now(), tries=1)
    outbox = "/admin/catalog/outbox/?sent=undeliverable"
    assert "Mail that cannot be delivered" in administrator.get("/admin/").text
    assert "Mail that cannot be delivered" not in editor.get("/admin/").text
    assert "gone@example.org" in administrator.get(outbox).text
    again = {"action": "send_again", "_selected_action": [letter.pk]}
    assert "1 message is sent again." in administrator.post(outbox, again, follow=True).text
    assert Outbox.objects.waiting().get() == letter


def browser_of(user):
    client = browser()
    client.force_login(user)
    return client


def test_whoever_guesses_does_not_fill_the_table(user, monkeypatch):
    monkeypatch.setattr("catalog.staff.audit.MOST_REFUSALS", 3)
    for _time in range(6):
        browser().post(LOGIN, {"username": "mina", "password": "wrong"})
    assert AccountEvent.objects.filter(kind="refused").count() == 3
