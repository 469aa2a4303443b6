"""The staff's pages on what visitors sent."""

from . import enquiries, keepers

__all__ = ["enquiries", "keepers"]
