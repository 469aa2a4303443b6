"""A real browser on the real site: gunicorn with collected files and all headers, loaded with all data.

    def test_something(page):              # a new visitor, English, 1280 px
        page.goto("/en/products/")

    def test_something_else(open_page):    # what else Playwright's new_context takes
        page = open_page(locale="fa-IR", color_scheme="dark", viewport={"width": 360, "height": 740})

Every page is watched, and so are the windows it opens: a breach of the Content-Security-Policy or an error
in a script fails the test. The site is one for the whole run: a test makes the records it changes.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests import databases
from tests.machine import FLAGS, chromium
from tests.serve import ROOT, serving

LAY_OUT = "() => document.querySelectorAll('body *').forEach((part) => part.classList.add('laid-out'))"
"""Lays out what a page leaves for later, below the first sight."""


@pytest.fixture(scope="session")
def site(prepared):
    """The running Site; see tests/serve.py."""
    with serving(prepared("site")) as site:
        yield site


@pytest.fixture(scope="session")
def facts_site(prepared):
    """The running Site of a first day: with the facts, and not a single sample."""
    with serving(prepared("facts", "load_data", "--facts-only")) as site:
        yield site


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, pytestconfig):
    """prepared("facts", *command) is a folder of this process's own in which a site stood once: migrated, the
    command run, loaded, its static files collected. The first process that asks prepares it for all."""
    shared = databases.shared_folder(tmp_path_factory)
    kept = pytestconfig.cache.mkdir("migrated")

    def prepare(command, folder):
        folder.mkdir()
        migrated = databases.begin_migrated(folder / "portal.sqlite3", kept)
        environment = {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "VAR_DIR": str(folder),
            "DATABASE_URL": "",
        }
        for each in filter(None, ([] if migrated else ["migrate"], command)):
            arguments = [sys.executable, "manage.py", *each, "-v", "0"]
            subprocess.run(arguments, cwd=ROOT, env={**os.environ, **environment}, check=True)
        with serving(folder):
            pass

    def prepared(name, *command):
        template = databases.made_once(shared / name, partial(prepare, command))
        mine = tmp_path_factory.mktemp(name) / "var"
        return shutil.copytree(template, mine)

    return prepared


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or chromium(), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, site):
    """Call it for a page in a context of its own, without cookies."""
    with pages_of(browser, site) as open_one:
        yield open_one


@contextmanager
def pages_of(browser, site):
    """See open_page; of any Site."""
    contexts, faults = [], []

    def watch(page):
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                "Content Security Policy" in message.text and faults.append(f"{page.url}: {message.text}")
            ),
        )

    def open_one(**options):
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(base_url=site.address, **options)
        context.set_default_timeout(15_000)
        context.on("page", watch)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture(scope="session")
def left_sessions():
    """{account: cookies} of sessions that earlier tests began: to sign in by the form takes seconds."""
    return {}


@pytest.fixture
def sign_in(site, left_sessions):
    """sign_in(page, "officer") signs a page in to the admin as admin, editor or officer.

    An account's first page in a test goes on in a session left by an earlier test, where that still stands;
    two pages of a test never share one.
    """
    begun = {}

    def sign_in(page, name):
        page.context.add_cookies(left_sessions.pop(name, []))
        page.goto("/admin/")
        if "/login/" in page.url:
            fill_in_sign_in(page, site, name)
        cookies = page.context.cookies()
        begun[name] = [cookie for cookie in cookies if cookie["name"] == "portal_session"]

    yield sign_in
    left_sessions.update(begun)


def fill_in_sign_in(page, site, name):
    """On the page that asks for it."""
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", site.passwords[name])
    page.click("#login-form [type=submit]")
    page.wait_for_url(f"{site.address}/admin/")


@pytest.fixture
def accessibility_faults():
    """accessibility_faults(page): what axe finds against WCAG 2.2 AA, a line a rule, with an element."""

    def faults(page):
        page.evaluate(LAY_OUT)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
        options["preload"] = {"assets": ["media"]}  # no rule of these tags reads the styles again
        found = Axe().run(page, options=options).response["violations"]
        return [f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html']}" for fault in found]

    return faults
