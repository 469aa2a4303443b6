"""What visitors send, and what is kept for them. Personal data lives here alone: it has no history, moves no
edition of the catalogue, and nothing of `catalog` imports it."""

from .attempts import Attempt
from .enquiries import Enquiry, Message, Pause, Proof
from .erased import Erased

__all__ = ["Attempt", "Enquiry", "Erased", "Message", "Pause", "Proof"]
