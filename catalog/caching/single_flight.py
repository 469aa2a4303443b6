"""Lets one thread work out what several threads of a process need at the same time."""

import threading


class SingleFlight:
    """Knows which keys are being worked out. `patience` is the longest wait in seconds.

    The first thread that begins a key works it out and must `finish` it; the others wait until it has, and
    then find its result where it put it, or work it out themselves.
    """

    def __init__(self, patience):
        self.patience = patience
        self._lock = threading.Lock()
        self._running = {}

    def begin(self, key):
        """True for the thread that is to work it out; False for another one, after its wait."""
        with self._lock:
            finished = self._running.get(key)
            if finished is None:
                self._running[key] = threading.Event()
                return True
        finished.wait(self.patience)
        return False

    def finish(self, key):
        """Let go on who waits for `key`."""
        with self._lock:
            finished = self._running.pop(key)
        finished.set()
