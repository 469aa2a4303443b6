"""What the tests need of the machine: PostgreSQL's programs and a Chromium, installed where missing."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Debian's Chromium without windows: a page costs it three quarters of what it costs the whole program."""
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""How the tests start a Chromium: as root too, and without errands of its own."""


class MissingError(Exception):
    """The machine lacks something the tests need, and cannot install it; the message says what to do."""


def postgres_programs():
    """The directory of initdb and postgres: on PATH, else the newest of Debian's, else just installed."""
    return find_postgres() or install("postgresql", find_postgres)


def chromium():
    """The path of a Chromium or Chrome: the one without windows where the machine has it or can have it."""
    with suppress(MissingError):
        return shutil.which(SHELL) or install(SHELL, find_chromium)
    return find_chromium() or install("chromium", find_chromium)


def find_postgres():
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda place: float(place.parent.name), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


def find_chromium():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def on_path(program):
    """Where a program is, among those for the administrator too; None where it is not."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def install(package, find):
    """What `find` finds once Debian's `package` is installed; ends with one line where that fails."""
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "--non-interactive", "apt-get"]
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    print(f"Installing {package} ...", flush=True)
    try:
        subprocess.run([*apt, "update"], check=False, **quiet)
        subprocess.run([*apt, "install", "--yes", "--no-install-recommends", package], check=True, **quiet)
    except (OSError, subprocess.CalledProcessError):
        found = None
    else:
        found = find()
    if not found:
        raise MissingError(f"The tests need {package}, and cannot install it here: apt-get install {package}")
    return found
