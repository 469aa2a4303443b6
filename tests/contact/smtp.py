"""A small SMTP server in a process of its own, which refuses and kills as it is told."""

import json
import multiprocessing
import os
import signal
import socket
from email import message_from_bytes, policy

FORK = multiprocessing.get_context("fork")
REFUSALS = ("drop", "421 later", "451 try again", "552 too big", "554 no")


class SmtpServer:
    """Notes each accepted message as a line of JSON in `file`.

    `refusing`: how many next messages are refused, each in another way and at another point. `victim`: the
    process that is killed once `patience` more messages were accepted, before or after it learns of the last.
    """

    def __init__(self, file):
        self.file = file
        self.refusing, self.victim, self.patience = (FORK.Value("i", 0) for _one in range(3))
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.process = FORK.Process(target=self._serve, daemon=True)

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_error):
        self.process.kill()
        self.process.join()
        self.socket.close()

    def received(self):
        """[{id, to, text}] of what was accepted."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]

    def _serve(self):
        while True:
            connection, _address = self.socket.accept()
            try:
                with connection, connection.makefile("rwb", buffering=0) as stream:
                    self._talk(stream)
            except OSError:  # the sender was killed
                continue

    def _talk(self, stream):
        def say(words):
            stream.write(words.encode() + b"\r\n")

        refusal = self._refusal()
        if refusal == "drop":
            return
        say("220 here")
        while line := stream.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                say("354 go on")
                self._keep(stream, say, refusal)
            elif word == b"RCPT" and refusal.startswith("4"):
                say(refusal)
            elif word == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 well")

    def _keep(self, stream, say, refusal):
        data = b"".join(iter(stream.readline, b".\r\n"))
        if refusal:
            say(refusal)
            return
        message = message_from_bytes(data, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": message["Message-ID"], "to": message["To"], "text": text}) + "\n")
        self.patience.value -= 1
        due = self.victim.value and self.patience.value <= 0
        if due and len(data) % 2:
            self._kill()
        say("250 taken")
        if due:
            self._kill()

    def _refusal(self):
        if not self.refusing.value:
            return ""
        self.refusing.value -= 1
        return REFUSALS[self.refusing.value % len(REFUSALS)]

    def _kill(self):
        victim, self.victim.value = self.victim.value, 0
        if victim:
            os.kill(victim, signal.SIGKILL)
