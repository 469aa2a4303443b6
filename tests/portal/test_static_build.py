"""What a start collects, mends and keeps of the static files."""

import json
import os
import time
from pathlib import Path

import pytest

from portal import private_files
from portal.assets import collection


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site with two static files; `site(name)` is the path of one as it is served."""
    sources, root = tmp_path / "sources", tmp_path / "static"
    (sources / "css").mkdir(parents=True)
    root.mkdir()
    write(sources / "css" / "site.css", "a {}")
    write(sources / "sign.svg", "<svg/>" * 100)
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = root, [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.assets.storage.SiteStorage"}}
    collection.collect()

    def served(name):
        return root / json.loads((root / "staticfiles.json").read_text())["paths"][name]

    served.sources, served.root = sources, root
    return served


def write(path, text):
    """Another content, and another time, as an editor leaves it."""
    path.write_text(text)
    write.at += 10
    os.utime(path, (write.at, write.at))


write.at = 1_700_000_000


def test_what_is_whole_is_left_alone(site):
    before = site("sign.svg").stat().st_mtime_ns
    collection.collect()
    assert site("sign.svg").stat().st_mtime_ns == before
    assert not list(site.root.parent.glob("static-new-*"))


@pytest.mark.parametrize(
    "damage", ["deleted", "half", "same size", "compressed", "manifest", "no manifest", "stamp"]
)
def test_what_is_damaged_is_mended(site, damage):
    path = {
        "compressed": site("sign.svg").with_name(site("sign.svg").name + ".gz"),
        "manifest": site.root / "staticfiles.json",
        "no manifest": site.root / "staticfiles.json",
        "stamp": site.root / "collected.txt",
    }.get(damage, site("sign.svg"))
    whole = path.read_bytes()
    if damage in ("deleted", "no manifest"):
        path.unlink()
    else:
        path.write_bytes(b"x" * len(whole) if damage == "same size" else whole[: len(whole) // 2])
    collection.collect()
    if damage == "stamp":
        assert json.loads(path.read_bytes())["files"] == json.loads(whole)["files"]
    else:
        assert path.read_bytes() == whole


def test_the_build_before_stays_for_pages_that_are_open_and_the_one_before_it_goes(site):
    first = site("sign.svg")
    write(site.sources / "sign.svg", "<svg>2</svg>" * 100)
    collection.collect()
    second = site("sign.svg")
    assert first != second
    assert first.exists()
    second.unlink()
    collection.collect()
    assert first.exists(), "mending is no new build"
    write(site.sources / "sign.svg", "<svg>3</svg>" * 100)
    collection.collect()
    assert second.exists()
    assert second.with_name(f"{second.name}.gz").exists()
    assert not first.exists()


def test_the_proxy_can_read_each_file_as_soon_as_it_is_there(site, monkeypatch):
    names, move = [], collection._move

    def moved(made, root, files):
        move(made, root, files)
        names.extend(name for name in files if not (root / name).stat().st_mode & 0o004)

    monkeypatch.setattr(collection, "_move", moved)
    before = os.umask(0o077)
    try:
        write(site.sources / "sign.svg", "<svg>5</svg>")
        collection.collect()
    finally:
        os.umask(before)
    assert not names


def test_a_file_that_vanishes_meanwhile_stops_no_start(tmp_path, monkeypatch):
    for name in ("gone", "stays"):
        (tmp_path / name).touch(0o644)
    lstat = Path.lstat

    def vanishes(path):
        if path.name == "gone":
            path.unlink()
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", vanishes)
    private_files.close(tmp_path)
    assert (tmp_path / "stays").stat().st_mode & 0o777 == 0o600


def test_what_a_run_left_behind_is_removed_but_not_what_one_makes_now(site):
    old, new = site.root.parent / "static-new-old", site.root.parent / "static-new-new"
    old.mkdir()
    new.mkdir()
    hours_ago = time.time() - 2 * 60 * 60
    os.utime(old, (hours_ago, hours_ago))
    write(site.sources / "sign.svg", "<svg>4</svg>")
    collection.collect()
    assert not old.exists()
    assert new.exists()
