"""What must hold of the files of this project, whoever wrote them."""

import re
import subprocess
from pathlib import Path

import polib
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = {"", ".cfg", ".css", ".csv", ".html", ".in", ".js", ".md", ".po", ".py", ".svg", ".toml", ".txt"}
LOCKS = ["requirements", "tests/requirements"]


def files():
    """Every file git has or would take."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def wanted(path):
    """Requirements of an .in file, without comments and options."""
    lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_is_wanted_in_one_version_with_hashes(lock):
    text = (ROOT / f"{lock}.txt").read_text()
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+)", text, re.MULTILINE
    )
    assert len(entries) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
    versions = {name: version for name, version, _ in entries}
    for requirement in wanted(ROOT / f"{lock}.in"):
        assert versions[requirement.name] in requirement.specifier, requirement


def test_the_licence_of_everything_installed_is_named():
    notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text().lower().replace("_", "-")
    named = set(re.findall(r"[a-z][a-z0-9-]+", notices))
    installed = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    wanted_by_tests = [requirement.name for requirement in wanted(ROOT / "tests/requirements.in")]
    assert [name for name in [*installed, *wanted_by_tests] if name not in named] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_index(lock):
    assert not re.search(
        r"https?:|file:|--(extra-)?index-url|--find-links", (ROOT / f"{lock}.txt").read_text()
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_wanted_package_says_what_it_is_for(lock):
    for line in (ROOT / f"{lock}.in").read_text().splitlines():
        assert line.startswith("-") or "#" in line, line


def test_the_two_locks_agree():
    first, second = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / f"{lock}.txt").read_text(), re.MULTILINE))
        for lock in LOCKS
    )
    shared = first.keys() & second.keys()
    assert {name: first[name] for name in shared} == {name: second[name] for name in shared}


def test_no_file_names_a_place_on_the_machine_that_wrote_it():
    place = re.compile(rb"(?<![\w.])/(home|root|work|opt|Users)/\w")
    named = [path for path in files() if path.suffix in TEXT and place.search(path.read_bytes())]
    assert named == []


def test_no_file_is_left_of_a_run():
    names = {path.relative_to(ROOT).parts[0] for path in files()}
    assert not names & {"var", ".venv", ".coverage"}
    assert not [path for path in files() if path.suffix in {".pyc", ".sqlite3", ".log"}]


def test_every_message_is_translated_and_compiled():
    path = ROOT / "catalog" / "locale" / "fa" / "LC_MESSAGES" / "django.po"
    source = polib.pofile(str(path))
    assert [entry.msgid for entry in source.untranslated_entries()] == []
    assert [entry.msgid for entry in source.fuzzy_entries()] == []
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert {shown(entry) for entry in compiled} == {shown(entry) for entry in source if not entry.obsolete}


def shown(entry):
    """What a reader sees of an entry, to compare a source with its compiled form."""
    plural = tuple(sorted((int(index), text) for index, text in entry.msgstr_plural.items()))
    return entry.msgctxt or None, entry.msgid, entry.msgid_plural, entry.msgstr, plural


def test_a_line_of_a_template_has_at_most_120_characters():
    templates = [path for path in files() if ROOT / "templates" in path.parents]
    assert len(templates) > 100
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 120
    ]
    assert long == []
