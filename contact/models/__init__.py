"""What visitors send, and what is kept for them. Personal data lives here alone: it has no history, moves no
edition of the catalogue, and nothing of `catalog` imports it."""

from .attempts import Attempt
from .enquiries import Enquiry, Message, Pause, Proof
from .erased import Erased
from .subscriptions import Frequency, Subscription, What

__all__ = [
    "Attempt",
    "Enquiry",
    "Erased",
    "Frequency",
    "Message",
    "Pause",
    "Proof",
    "Subscription",
    "What",
]
