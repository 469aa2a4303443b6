"""Settings are read when the process starts, so these tests start processes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "wHq3v-7Zb_9dR1kXnYp5tGm8sLc2aQf4uJe6oViT0zDhNrBx7W",
    "ALLOWED_HOSTS": "portal.example, www.portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "DATABASE_URL": "sqlite:////nowhere/portal.sqlite3",
}


pytestmark = pytest.mark.whole  # each test starts a process or more


@pytest.fixture
def manage(tmp_path):
    """manage("check", NAME="value") runs manage.py in that environment alone; the finished process."""

    def manage(*arguments, **environment):
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return manage


def test_development_needs_no_setting(manage):
    run = manage("check")
    assert (run.returncode, run.stderr) == (0, "")


def test_production_names_every_missing_setting_in_a_line_of_its_own(manage):
    run = manage("check", PORTAL_ENV="production")
    assert run.returncode == 1
    first, *lines = run.stderr.splitlines()
    assert first == "The portal cannot start:"
    assert [line.split(":")[0] for line in lines] == [
        "SECRET_KEY is missing",
        "ALLOWED_HOSTS is missing",
        "CSRF_TRUSTED_ORIGINS is missing",
        "DATABASE_URL is missing",
    ]


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL"])
def test_an_empty_setting_is_a_missing_one(manage, name):
    run = manage("start", **{**PRODUCTION, name: " "})
    assert run.returncode == 1
    assert f"{name} is missing" in run.stderr
    assert len(run.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "portal"),
        ("DATABASE_URL", "postgres://host:port/name"),
        ("DATABASE_URL", "postgres://user:pass#word@host/name"),
        ("DATABASE_URL", "postgres://user:password@host/"),
        ("DATABASE_URL", "postgres://user:password@host"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "abc" * 30),
        ("SECRET_KEY", "django-insecure-" + "wHq3v-7Zb_9dR1kXnYp5tGm8sLc2aQf4uJe6oViT0zDhNrBx7W"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("EMAIL_URL", "smtp+tls://user:password@mail.example:587"),
        ("SECURITY_CONTACT", "security@portal.example"),
        ("CSRF_TRUSTED_ORIGINS", "portal.example"),
        ("CSRF_TRUSTED_ORIGINS", "http://portal.example"),
        ("CSRF_TRUSTED_ORIGINS", "https://portal.example/"),
        ("ALLOWED_HOSTS", "https://portal.example"),
        ("ALLOWED_HOSTS", "portal.example/"),
        ("DATABASE_URL", "mysql://user:password@host/name"),
        ("WEB_CONCURRENCY", "abc"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", ""),
        ("DEBUG", "perhaps"),
        ("PORTAL_ENV", "staging"),
        ("OCDS_PREFIX", "ocds-12345"),
        ("OCDS_PREFIX", "ocds-ABC123"),
        ("LOG_FORMAT", "xml"),
        ("ERROR_MAIL", "nobody"),
        ("METRICS_ADDRESS", "0.0.0.0:9100"),
        ("METRICS_ADDRESS", "127.0.0.1:8000"),
        ("LEAST_FREE_MIB", "1 GB"),
        ("PAGE_CACHE_MIB", "much"),
        ("API_REQUESTS_A_MINUTE", "3.5"),
        ("FORWARDED_ALLOW_IPS", "10.0.0.1, proxy"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(manage, name, value):
    run = manage("check", **{**PRODUCTION, name: value})
    assert run.returncode == 1
    assert run.stderr.splitlines()[1].startswith(name)
    assert "Traceback" not in run.stderr


def test_spaces_around_the_parts_of_a_list_do_not_count(manage):
    old = "k1-7Zb_9dR1kXnYp5tGm8sLc2aQf4uJe6oViT0zDhNrBx7W-9Qw"
    lists = {
        "ALLOWED_HOSTS": ["a.example", ".b.example", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": ["https://a.example", "https://*.b.example:8443"],
        "SECRET_KEY_FALLBACKS": [old, old[::-1]],
        "FORWARDED_ALLOW_IPS": ["10.0.0.1", "10.0.1.0/24"],
    }
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {list(lists)}])"
    given = {name: " , ".join(parts) + " ," for name, parts in lists.items()}
    run = manage("shell", "-v0", "-c", code, **PRODUCTION | given)
    assert run.stdout.strip() == str(list(lists.values())), run.stderr


def test_production_refuses_debug(manage):
    run = manage("check", **PRODUCTION, DEBUG="1")
    assert run.returncode == 1
    assert "DEBUG is on" in run.stderr


def test_production_passes_the_deployment_checks(manage):
    run = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (run.returncode, run.stderr) == (0, "")


def test_cookies_are_of_this_host_alone_and_tls_is_asked_for_a_year_in_production(manage):
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME SECURE_HSTS_SECONDS LOG_FORMAT"
    code = "from django.conf import settings; from portal.message_cookies import HostCookie as c;"
    code += f"print(*(getattr(settings, n) for n in '{names}'.split()), c.cookie_name)"
    *cookies, hsts, log, messages = manage("shell", "-v0", "-c", code, **PRODUCTION).stdout.split()
    assert [name for name in [*cookies, messages] if not name.startswith("__Host-")] == []
    assert (hsts, log) == ("31536000", "json")


def test_gunicorn_ends_with_the_same_lines(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORTAL_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 1
    assert "SECRET_KEY is missing" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_development_key_is_made_once_and_only_its_owner_reads_it(manage, tmp_path):
    path = tmp_path / "var" / "secret_key"
    manage("check")
    key = path.read_text()
    manage("check")
    assert path.read_text() == key
    assert len(key) >= 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_site_can_be_renamed(manage):
    run = manage(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings; print(settings.SITE_NAME['fa'], settings.SITE_OWNER['en'])",
        SITE_NAME_FA="درگاه آزمایشی",
        SITE_OWNER_EN="A ministry",
        PYTHONUTF8="1",
    )
    assert run.stdout == "درگاه آزمایشی A ministry\n"


def test_what_the_site_writes_is_its_owners_alone(manage, tmp_path, pytestconfig):
    var = tmp_path / "var"
    (var / "media").mkdir(parents=True)
    migrated = databases.kept_in(pytestconfig.cache.mkdir("migrated"))
    if migrated.exists():  # half a minute less
        databases.copied_file(migrated, var / "portal.sqlite3").chmod(0o644)
    left_open = var / "media" / "old.pdf"
    left_open.write_text("%PDF")
    for path, mode in ((var, 0o755), (var / "media", 0o755), (left_open, 0o644)):
        path.chmod(mode)
    assert manage("start", "--no-serve").returncode == 0
    found = [path for path in (var, *var.rglob("*")) if path.stat().st_mode & 0o077]
    assert not found
    assert {path.name for path in var.iterdir()} >= {"portal.sqlite3", "secret_key", "accounts.txt", "static"}


def test_the_example_of_mail_is_taken_and_keeps_what_is_sent_secret(manage):
    example = re.search(r"^EMAIL_URL='(.+)'$", (ROOT / "deploy/portal.env").read_text(), re.MULTILINE)[1]
    words = "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS)"
    run = manage("shell", "-v", "0", "-c", words, EMAIL_URL=example)
    assert run.stdout.strip() == "mail.example 587 True", run.stderr
