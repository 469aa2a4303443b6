"""The files of deploy/ agree with the program; `make deploy-check` runs them."""

import os
import re
import subprocess
import sys
from base64 import b64encode
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from contact.views import ask
from portal import gunicorn, jobs, processes
from portal.database import limits

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
EVERY = {
    "every minute": jobs.MINUTE,
    "every ten minutes": 10 * jobs.MINUTE,
    "hourly": jobs.HOUR,
    "nightly": jobs.DAY,
}


def test_every_job_has_a_timer_and_a_place_in_the_table():
    timers = {}
    for path in (DEPLOY / "systemd").glob("*.timer"):
        name, when = re.search(r"^Description=Portal: (\w+) (.+)$", path.read_text(), re.MULTILINE).groups()
        assert f"Unit=portal-job@{name}.service\n" in path.read_text()
        assert path.stem == f"portal-{name.replace('_', '-')}"
        timers[name] = EVERY[when]
    table = {
        name: EVERY[when]
        for when, names in re.findall(
            r"^\| ((?:every|hour|night)[\w ]*) \| (.+) \|$", OPERATING, re.MULTILINE
        )
        for name in re.findall(r"`job (\w+)`", names)
    }
    assert timers == table == {name: job.every for name, job in jobs.JOBS.items()}


def test_no_host_is_told_to_listen_where_a_proxy_comes_by_an_address_that_nobody_set():
    """Of a bare port systemd makes a socket of IPv6, where 10.0.0.1 is ::ffff:10.0.0.1."""
    streams = re.findall(r"^ *ListenStream=(.+)$", OPERATING, re.MULTILINE)
    assert streams
    assert not [stream for stream in streams if stream.isdecimal()]


def test_the_proxy_takes_what_the_portal_takes():
    configuration = (DEPLOY / "nginx/portal.conf").read_text()
    most = int(re.search(r"client_max_body_size (\d+)m;", configuration)[1])
    assert most * 2**20 >= ask.MOST_ENQUIRY_BYTES


def test_the_proxy_says_of_its_own_answers_what_the_portal_says(client):
    headers = re.findall(r'add_header (\S+) (".+?"|\S+) always;', (DEPLOY / "nginx/headers.conf").read_text())
    said = {name.lower(): value.strip('"') for name, value in headers}
    response = client.get("/healthz")
    for name in said.keys() - {"strict-transport-security", "content-security-policy"}:
        assert response.headers[name] == said[name], name
    assert "includeSubDomains; preload" in said["strict-transport-security"]


@pytest.mark.parametrize("secret", ["aA_-" * 10 + "bcd", "d2k4x9-" + "0f" * 16, "cabcdef-" + "0f" * 16])
def test_the_proxy_blots_out_what_opens_a_private_page_and_logs_no_errors_there(secret):
    configuration = (DEPLOY / "nginx/portal.conf").read_text()
    maps = re.findall(r'^    "~(\^\(\?<.+)" \$\w+\*\*\*\$\w+;$', configuration, re.MULTILINE)
    (private,) = re.findall(r'location ~ "(.+)" \{\n.*\n.*\n        error_log /dev/null', configuration)
    assert len(maps) == 2
    for address in (f"/en/ask/{secret}/", f"/admin/reset/MQ/{secret}", f"/fa/ask/{secret}/?sent=1"):
        for pattern in maps:
            found = re.fullmatch(pattern.replace("(?<", "(?P<"), address)
            assert found is not None
            assert secret not in str(found.groupdict())
        assert re.search(private, address.partition("?")[0])
    assert not re.search(private, "/en/products/a-product-with-a-name/")


def test_the_proxy_shows_no_page_that_is_older_than_a_second():
    """A withdrawn record would stay for as long as nobody asks."""
    assert "use_stale" not in (DEPLOY / "nginx/micro-cache.conf").read_text()


def test_the_number_of_connections_is_known_without_the_server():
    code = "import sys; from portal.database.limits import needed;"
    code += "print(needed(), 'portal.gunicorn' in sys.modules)"
    environment = {"PATH": os.environ["PATH"], "WEB_CONCURRENCY": "3"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout == "18 False\n"
    assert (gunicorn.workers, gunicorn.threads) == (processes.WORKERS, processes.THREADS)


@pytest.mark.parametrize("status", [400, 404, 413, 429, 503])
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_proxy_has_its_pages_in_both_languages(status, language):
    page = (DEPLOY / f"nginx/pages/{status}.{language}.html").read_text("utf-8")
    assert f'<html lang="{language}"' in page
    assert not re.search("<script|style=", page)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in (DEPLOY / "nginx/headers.conf").read_text()


def test_the_example_of_the_environment_names_settings_that_exist():
    names = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "portal.env").read_text(), re.MULTILINE)
    assert [name for name in names if not re.search(rf"^\|[^|]*`{name}`", OPERATING, re.MULTILINE)] == []


def test_a_setting_before_the_command_takes_the_place_of_the_files(tmp_path):
    """As `VAR_DIR=/a/new/place portal restore ARCHIVE` needs it."""
    (tmp_path / ".venv/bin").mkdir(parents=True)
    program = tmp_path / ".venv/bin/python"
    program.write_text('#!/bin/sh\necho "$VAR_DIR|$HOME|$SITE_NAME_EN|$*"\n')
    program.chmod(0o755)
    settings_file = tmp_path / "portal.env"
    settings_file.write_text("VAR_DIR='/var/lib/portal'\nSITE_NAME_EN='Ours & theirs'\n")
    script = (DEPLOY / "portal").read_text().replace("/etc/portal/portal.env", str(settings_file))
    script = re.sub("setpriv (--\\S+ )+", "", script)
    said = {}
    for given in ({}, {"VAR_DIR": "/a new/place's"}):
        environment = {"PATH": os.environ["PATH"], "HOME": "/root", "RELEASE": str(tmp_path), **given}
        run = subprocess.run(
            ["sh", "-c", script, "portal", "check"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said[given.get("VAR_DIR")] = run.stdout
    assert said == {
        None: "/var/lib/portal|/var/lib/portal|Ours & theirs|manage.py check\n",
        "/a new/place's": "/a new/place's|/a new/place's|Ours & theirs|manage.py check\n",
    }


@pytest.mark.django_db
def test_a_database_that_takes_too_few_connections_is_refused(monkeypatch):
    """On SQLite there is no such limit."""
    limits.refuse_few_connections()
    monkeypatch.setattr(limits, "FOR_JOBS", 10_000)
    if connection.vendor == "postgresql":
        with pytest.raises(CommandError, match="may need 100"):
            limits.refuse_few_connections()
    else:
        limits.refuse_few_connections()


@pytest.mark.django_db
def test_the_database_ends_long_statements_of_web_processes_alone(monkeypatch):
    (name, _equals, value), *_others = (setting.partition("=") for setting in gunicorn.raw_env)
    monkeypatch.setenv(name, value)
    if connection.vendor == "postgresql":
        with closing(connection.copy()) as web, web.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("20s",)
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
    assert value.endswith(f"statement_timeout={gunicorn.STATEMENT_SECONDS}s")
