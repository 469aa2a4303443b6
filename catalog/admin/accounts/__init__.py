"""The staff's own accounts: signing in, new passwords, the second factor, what happened to them."""

from . import lists

__all__ = ["lists"]
