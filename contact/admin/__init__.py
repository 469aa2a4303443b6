"""The staff's pages on what visitors sent."""

from . import enquiries

__all__ = ["enquiries"]
