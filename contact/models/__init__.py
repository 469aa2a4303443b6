"""What visitors send, and what is kept for them. Personal data lives here alone: it has no history, moves no
edition of the catalogue, and nothing of `catalog` imports it."""

from .attempts import Attempt
from .enquiries import ClaimRecord, Enquiry, Message, Pause, Proof
from .erased import Erased
from .keepers import Asking, Keeper
from .subscriptions import Frequency, Subscription, What

__all__ = [
    "Asking",
    "Attempt",
    "ClaimRecord",
    "Enquiry",
    "Erased",
    "Frequency",
    "Keeper",
    "Message",
    "Pause",
    "Proof",
    "Subscription",
    "What",
]
