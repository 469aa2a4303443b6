"""Jobs of the timers run once for all hosts, and what became of them is written down."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import jobs
from portal.database import sqlite_file
from portal.management.commands import job
from portal.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    """The names of the commands that jobs called, of which none runs."""
    names = []
    monkeypatch.setattr(jobs, "call_command", lambda name, *arguments: names.append(name))
    return names


def test_a_job_waits_for_no_other_host_and_is_not_run_beside_it(called):
    with jobs.alone("backup") as first:
        assert first
        assert not jobs.run("backup")
        assert jobs.run("write_bulk")
    assert jobs.run("backup")
    assert called == ["write_bulk", "backup"]


def test_who_waits_has_the_next_turn():
    with jobs.alone("start", wait=True) as first:
        assert first
        with jobs.alone("start") as second:
            assert not second
    with jobs.alone("start", wait=True) as third:
        assert third


def test_the_timer_of_another_host_that_comes_later_runs_nothing(called):
    assert [jobs.run("backup"), jobs.run("backup")] == [True, False]
    JobRun.objects.update(began=timezone.now() - timedelta(hours=13))
    assert jobs.run("backup")
    JobRun.objects.update(ended=None)  # as a run leaves it that was killed
    assert jobs.run("backup")
    JobRun.objects.update(began=timezone.now() + timedelta(hours=2))  # the clock was set back
    assert jobs.run("backup")
    assert len(called) == 4


def test_the_command_says_where_it_skipped_a_job(called, capsys):
    call_command("job", "backup")
    assert capsys.readouterr().out == ""
    call_command("job", "backup")
    assert "Skipped: backup" in capsys.readouterr().out


def test_no_job_makes_a_database_where_the_file_was_moved_away(monkeypatch):
    monkeypatch.setattr(jobs, "run", lambda _name: sqlite_file.MustExist.now)
    assert job.run_job("backup")
    assert not sqlite_file.MustExist.now


def test_an_unforeseen_error_goes_through_the_log_and_not_to_stderr(monkeypatch, caplog, capsys):
    def fail(_name):
        raise ValueError("09120000000")

    monkeypatch.setattr(jobs, "run", fail)
    with pytest.raises(SystemExit) as ended:
        call_command("job", "backup")
    assert ended.value.code == 1
    (record,) = caplog.records
    assert record.getMessage() == "The job backup failed"
    assert record.exc_info[0] is ValueError
    assert ended.value.__suppress_context__


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CommandError("The disk is full."), "The disk is full."),
        (ValueError("09120000000"), "ValueError, see"),
    ],
)
def test_a_failure_is_written_down_without_private_words_and_tried_again(monkeypatch, called, error, said):
    jobs.run("send_mail")
    row = JobRun.objects.get()
    assert (row.ok, row.succeeded) == (True, row.began)
    JobRun.objects.update(began=row.began - timedelta(minutes=1))

    def fail(name, *arguments):
        assert JobRun.objects.get().ok is None
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "call_command", fail)
        with pytest.raises(CommandError if isinstance(error, CommandError) else SystemExit):
            call_command("job", "send_mail")
    failed = JobRun.objects.get()
    assert failed.error.startswith(said)
    assert "0912" not in failed.error
    assert (failed.ok, failed.succeeded) == (False, row.began)
    assert jobs.run("send_mail")
    assert JobRun.objects.get().ok


def test_every_job_is_a_command_that_takes_its_arguments(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = settings.BACKUP_DIR = tmp_path
    monkeypatch.setitem(
        jobs.JOBS, "erased", jobs.Job(jobs.HOUR, (f"--save={tmp_path / 'new' / 'erased.json'}",))
    )
    for name in jobs.JOBS.keys() - {"backup", "write_bulk"}:
        assert jobs.run(name), name
    assert (tmp_path / "new" / "erased.json").exists()
    assert JobRun.objects.filter(error="").count() == len(jobs.JOBS) - 2
