"""Lets one start of an installation prepare it at a time."""

from contextlib import contextmanager

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


@contextmanager
def one_at_a_time(path):
    """Wait until no other process is in a block with the same file `path`; any end of it frees the file."""
    with path.open("a") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
