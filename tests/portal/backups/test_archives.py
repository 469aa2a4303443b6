"""An archive that is not whole is never taken for one."""

import errno
import gzip
import tarfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from portal.backups import archives, fingerprints, making


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "database.sqlite3").write_bytes(bytes(range(256)) * 400)
    path = tmp_path / "portal-20261129T101500Z.tar.gz"
    archives.write(path, {"tables": {}}, {"database.sqlite3": tmp_path / "database.sqlite3"})
    return path


def unpacked(archive, folder):
    folder.mkdir()
    return archives.unpack(archive, folder)


def test_an_archive_gives_back_what_it_got(archive, tmp_path):
    assert unpacked(archive, tmp_path / "out")["members"]["database.sqlite3"]["size"] == 102400
    assert (tmp_path / "out" / "database.sqlite3").read_bytes() == bytes(range(256)) * 400
    assert [path.name for path in tmp_path.glob("*unfinished*")] == []


def test_an_archive_is_compared_without_being_unpacked(archive, tmp_path):
    (tmp_path / "out").mkdir()
    manifest = archives.examine(archive, tmp_path / "out")
    assert manifest["members"].keys() == {"database.sqlite3"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]
    packed = gzip.decompress(archive.read_bytes())
    archive.write_bytes(gzip.compress(packed.replace(bytes(range(250)), bytes(250), 1)))
    with pytest.raises(CommandError, match=r"database\.sqlite3 differs from the manifest"):
        archives.examine(archive, tmp_path / "out")


def test_two_names_of_one_file_are_given_back_as_two_files(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.pdf").hardlink_to(tmp_path / "a.pdf")
    path = tmp_path / "portal-20261129T101500Z.tar.gz"
    archives.write(path, {}, {f"media/{name}": tmp_path / name for name in ("a.pdf", "b.pdf")})
    unpacked(path, tmp_path / "out")
    assert [file.read_bytes() for file in (tmp_path / "out/media").iterdir()] == [b"%PDF", b"%PDF"]


@pytest.mark.parametrize(
    ("content", "said"), [(None, "The key cannot be read .*No such file"), (b"age1abc", "holds no key")]
)
def test_a_key_that_is_no_key_is_not_called_a_broken_archive(archive, tmp_path, content, said):
    key = tmp_path / "key.txt"
    if content:
        key.write_bytes(content)
    encrypted = archive.rename(tmp_path / f"{archive.name}.age")
    with pytest.raises(CommandError, match=said) as found:
        archives.unpack(encrypted, tmp_path, key)
    assert "whole" not in str(found.value)


def test_where_no_backup_can_be_written_one_line_says_why(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "file" / "backups"
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=r"No backup was made: .*file/backups"):
        call_command("backup")


@pytest.mark.parametrize("left", [0, 10, 0.5, 0.99])
def test_an_archive_that_was_cut_short_is_found_out(archive, tmp_path, left):
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(left if left >= 1 else len(whole) * left)])
    with pytest.raises(CommandError, match="not a whole backup"):
        unpacked(archive, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("../outside", tarfile.REGTYPE), ("/outside", tarfile.REGTYPE), ("media/link", tarfile.SYMTYPE)],
)
def test_nothing_is_written_outside_and_no_link_is_made(tmp_path, name, kind):
    path = tmp_path / "portal-20260101T000000Z.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(CommandError, match="is no file of a backup"):
        unpacked(path, tmp_path / "unpacked")
    assert not (tmp_path / "outside").exists()


def test_an_archive_whose_content_was_changed_is_found_out(tmp_path, monkeypatch):
    (tmp_path / "database.sqlite3").write_text("one thing")
    path = tmp_path / "portal-20261129T101500Z.tar.gz"
    monkeypatch.setattr(archives, "size_and_digest", lambda _path: {"size": 9, "sha256": "another"})
    archives.write(path, {}, {"database.sqlite3": tmp_path / "database.sqlite3"})
    monkeypatch.undo()
    with pytest.raises(CommandError, match="differs from the manifest"):
        unpacked(path, tmp_path / "out")


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "database.sqlite3").write_text("rows")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archives.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        archives.write(tmp_path / "portal-x.tar.gz", {}, {"database.sqlite3": tmp_path / "database.sqlite3"})
    assert [path.name for path in tmp_path.iterdir()] == ["database.sqlite3"]


def test_old_backups_go_and_the_newest_stay_however_old(tmp_path, settings):
    settings.BACKUP_DAYS = 30
    now = datetime(2026, 11, 29, tzinfo=UTC)
    for days in (0, 1, 31, 40, 50):
        moment = now - timedelta(days=days)
        (tmp_path / f"portal-{moment.strftime(making.STAMP)}.tar.gz").touch()
    making.forget_old_backups(tmp_path, now)
    assert [(now - making.made_at(path)).days for path in making.backups(tmp_path)] == [0, 1, 31]
    making.forget_old_backups(tmp_path, now + timedelta(days=400))
    assert len(making.backups(tmp_path)) == 3


def test_what_a_killed_backup_left_is_removed_and_two_do_not_run_at_once(tmp_path):
    (tmp_path / "making-abc").mkdir()
    (tmp_path / "portal-20261129T101500Z.tar.gz.unfinished").touch()
    (tmp_path / "portal-20261128T101500Z.tar.gz").touch()
    making.remove_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["portal-20261128T101500Z.tar.gz"]
    with (
        making.alone_in_folder(tmp_path),
        pytest.raises(CommandError, match="Another backup"),
        making.alone_in_folder(tmp_path),
    ):
        pass


def test_differences_are_named():
    expected = {"a.x": {"rows": 1, "digest": "1"}, "a.y": {"rows": 2, "digest": "2"}, "a.z": {"rows": 0}}
    found = {"a.x": {"rows": 2, "digest": "3"}, "a.y": {"rows": 2, "digest": "3"}, "a.new": {"rows": 0}}
    assert list(fingerprints.differences(expected, found)) == [
        "a.new: is new",
        "a.x: 1 rows in the backup, 2 here",
        "a.y: 2 rows, not all of them equal",
        "a.z: is missing",
    ]
