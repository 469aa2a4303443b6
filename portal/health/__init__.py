"""Whether this process can do its work, part by part, and what it does where it cannot."""

from .parts import checks

__all__ = ["checks"]
