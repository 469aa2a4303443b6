"""An installation under test: hosts on one database behind one nginx."""

import os
import shutil
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import proxy, visitors
from .units import ROOT, Service

SETTINGS = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "localhost",
    "SECOND_FACTOR_REQUIRED": "0",
    "WEB_CONCURRENCY": "2",
}
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "*.pyc", ".pytest_cache", "docs")


@dataclass
class Site:
    """`hosts` are units.Service, `secure` and `plain` are nginx's ports."""

    place: Path
    database: str
    user: dict
    hosts: list = field(default_factory=list)
    plain: int = 0
    secure: int = 0

    def release(self, name, sheet=""):
        """A copy of the program, whose stylesheet ends with `sheet`."""
        path = self.place / "releases" / name
        shutil.copytree(ROOT, path, ignore=LEFT_OUT)
        (path / ".venv").symlink_to((ROOT / ".venv").resolve())
        with (path / "static/css/site.css").open("a") as css:
            css.write(sheet)
        return path

    def lead_to(self, release):
        """Let `current` lead to that release, as `ln -sfn` does."""
        (self.place / "next").symlink_to(release)
        (self.place / "next").replace(self.place / "current")

    def host(self, number):
        """One more host, which shares VAR_DIR with the others and has static files of its own."""
        place = self.place / f"host{number}"
        for path in (place, self.place / "var", place / "static"):
            path.mkdir(exist_ok=True)
            if self.user:
                os.chown(path, self.user["user"], self.user["group"])
        (self.place / "var").chmod(0o700)
        environment = SETTINGS | {
            "CSRF_TRUSTED_ORIGINS": f"https://localhost:{self.secure}",
            "DATABASE_URL": self.database,
            "VAR_DIR": str(self.place / "var"),
            "STATIC_DIR": str(place / "static"),
            "EMAIL_URL": f"file:///{self.place / 'var' / 'mail'}",
        }
        self.hosts.append(Service(place, self.place / "current", environment, self.user))
        return self.hosts[-1]

    def choose_ports(self):
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            two.bind(("127.0.0.1", 0))
            self.plain, self.secure = one.getsockname()[1], two.getsockname()[1]

    def nginx(self):
        """The configuration for these hosts."""
        for name in ("logs",):
            (self.place / name).mkdir(exist_ok=True)
        proxy.certificate(self.place / "portal")
        sockets = [host.address for host in self.hosts]
        static = self.place / "host1" / "static"
        return proxy.configuration(self.place, sockets, (self.plain, self.secure), static)

    def client(self, **options):
        return visitors.Client(self.secure, **options)

    def log(self, name):
        time.sleep(0.2)
        path = self.place / "logs" / name
        return path.read_text("utf-8", "replace") if path.exists() else ""
