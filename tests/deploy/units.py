"""Runs the units of deploy/systemd as systemd would, where none is at hand: it keeps the socket, starts what
ExecStartPre and ExecStart name, and waits to be told that it is ready."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
PATIENCE = 600  # seconds


def values(name, unit="portal.service"):
    """What the unit gives as `name`, in order."""
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    return re.findall(rf"^{name}=(.*)$", text, re.MULTILINE)


class Service:
    """portal.service of one host: `place` is its directory, `current` leads to the release, `environment` is
    what portal.env says, `user` the arguments that make a process somebody else's."""

    def __init__(self, place, current, environment, user):
        self.place, self.current, self.user = place, current, user
        self.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
        self.process = None
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(self.address))
        self.socket.listen(4096)
        self.address.chmod(0o666)

    @property
    def address(self):
        return self.place / "portal.sock"

    def command(self, line):
        return line.replace("/srv/portal/current", str(self.current)).split()

    def run(self, *command, **environment):
        """Run a command with the unit's environment to its end; what it printed."""
        done = subprocess.run(
            command,
            check=False,
            cwd=self.current.resolve(),
            env={**self.environment, **environment},
            umask=0o077,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            **self.user,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stdout[-3000:]}")
        return done.stdout

    def manage(self, *arguments, **environment):
        return self.run(str(self.current / ".venv/bin/python"), "manage.py", *arguments, **environment)

    def prepare(self):
        for line in values("ExecStartPre"):
            self.run(*self.command(line))

    def start(self):
        """Start the main process with the socket as its third file; return once it says READY=1."""
        self.prepare()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told, (self.place / "log").open("ab") as log:
            notice = self.place / "notice"
            notice.unlink(missing_ok=True)
            told.bind(str(notice))
            notice.chmod(0o666)
            told.settimeout(PATIENCE)
            (line,) = values("ExecStart")
            # A shell that becomes the process: only that knows the number that LISTEN_PID must be.
            take = f'exec 3<&{self.socket.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", take, "sh", *self.command(line)],
                cwd=self.current.resolve(),
                env={**self.environment, "NOTIFY_SOCKET": str(notice)},
                pass_fds=[self.socket.fileno()],
                umask=0o077,
                stdout=log,
                stderr=log,
                **self.user,
            )
            assert b"READY=1" in told.recv(4096)

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)
            self.process = None

    def restart(self):
        """`systemctl restart portal`: the seconds it took, during which connections wait at the socket."""
        began = time.monotonic()
        self.stop()
        self.start()
        return time.monotonic() - began

    def close(self):
        self.stop()
        self.socket.close()
