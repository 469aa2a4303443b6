"""The operator's page."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from catalog.staff import mail
from catalog.staff.roles import ensure_roles
from portal.admin import operation
from portal.jobs import JOBS
from portal.models import JobRun
from portal.observability import state
from tests.factories import make_office

ADDRESS = "/admin/operation/"
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "operating.md"


def row(response, name):
    return next(row for _title, rows in response.context["parts"] for row in rows if row.name == name)


@pytest.mark.django_db
def test_everything_in_order_and_out_of_order_is_told(admin_client, settings, tmp_path, monkeypatch):
    settings.BACKUP_DIR = tmp_path
    monkeypatch.setattr(state, "readiness", lambda: {"database": "ok", "disk": "full"})  # it is kept a while
    with CaptureQueriesContext(
        connection,
    ) as first:
        response = admin_client.get(ADDRESS)
    assert row(response, "Newest backup").is_fine is False
    folder = state.free_disk()[0][0]  # its first slash keeps its place in Persian
    assert row(response, f"Free disk at \u2066{folder}\u2069").value
    assert row(response, "send_mail").value == "never run"
    assert row(response, "Disk").is_fine is False
    assert row(response, "Messages that wait").value == "0"
    assert row(response, "Mail that cannot be delivered").is_fine is True
    assert row(response, "Migrations").is_fine is True
    now = timezone.now()
    for name, job in JOBS.items():
        JobRun.objects.create(
            name=name, host="a", began=now - job.every, ended=now - job.every, succeeded=now - job.every
        )
    JobRun.objects.filter(name="backup").update(error="no room", succeeded=now - timedelta(days=3))
    mail.put("one@example.org", "a", "b", created_at=now - timedelta(hours=3))
    gone = {"tries": 1, "last_error": "no such box", "undeliverable_at": now}
    mail.put("gone@example.org", "a", "b", created_at=now - timedelta(days=9), **gone)
    with CaptureQueriesContext(connection) as second:
        response = admin_client.get(ADDRESS)
    assert row(response, "send_mail").is_fine is True
    assert row(response, "backup").is_fine is False
    assert "no room" in response.content.decode()
    assert row(response, "The oldest was written").is_fine is False
    assert row(response, "Messages that wait").value == "1"
    assert row(response, "Refused by the mail server").value == "0"
    undeliverable = row(response, "Mail that cannot be delivered")
    assert (undeliverable.value, undeliverable.is_fine) == ("1", False)
    assert "one@example.org" not in response.content.decode()
    assert len(second) == len(first)


@pytest.mark.django_db
def test_a_key_that_leads_to_no_office_wants_a_look(admin_client, settings):
    name = "Office for other enquiries"
    assert row(admin_client.get(ADDRESS), name).is_fine is None
    settings.FRONT_DOOR_OFFICE = "front-dor"
    missing = row(admin_client.get(ADDRESS), name)
    assert (missing.is_fine, "front-dor" in missing.value) == (False, True)
    make_office(key="front-dor", name_en="Front door")
    found = row(admin_client.get(ADDRESS), name)
    assert (found.is_fine, found.value) == (True, "Front door")


@pytest.mark.django_db
def test_a_job_that_missed_two_turns_wants_a_look(admin_client):
    long_ago = timezone.now() - timedelta(minutes=8)
    JobRun.objects.create(name="send_mail", host="a", began=long_ago, ended=long_ago, succeeded=long_ago)
    assert row(admin_client.get(ADDRESS), "send_mail").is_fine is False


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reviewer", "editor", "officer"])
def test_only_administrators_see_it(client, django_user_model, role):
    ensure_roles()
    user = django_user_model.objects.create_user(role, password="x", is_staff=True)
    user.groups.add(*user.groups.model.objects.filter(name__startswith=role))
    client.force_login(user)
    assert client.get(ADDRESS).status_code == 403
    assert ADDRESS not in client.get("/admin/").content.decode()


def test_each_heading_that_it_names_stands_in_the_guide():
    headings = set(re.findall(r"^##+ (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    named = {operation.SETTINGS, operation.BACKUP, operation.TIMERS, operation.BROKEN}
    assert named <= headings


def test_hours_and_minutes_are_parted_in_persian():
    moment = timezone.now() - timedelta(hours=3, minutes=8)
    with override("fa"):
        assert operation.ago(moment).startswith("۳\xa0ساعت، ۸\xa0دقیقه پیش (")
