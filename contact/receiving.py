"""What a visitor does with an enquiry: sends it, adds to it, withdraws it."""

import hashlib
import json

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from . import letters, routing
from .forms import WHAT, sent_file_name
from .models import Enquiry, Message, Proof
from .models.enquiries import OPEN, EnquiryState, Kind
from .private_pages import private_address

MOST_PROOFS = 20
"""Files of one enquiry, those of later messages with them."""
KEPT_AS_TYPED = ("months", "text", "may_be_published", "name", "organization", "email", "phone")


def receive(cleaned, subjects, stamp):
    """The enquiry of a form. The same form sent twice makes one."""
    nonce = stamp.nonce(_digest(cleaned, subjects))
    if known := Enquiry.objects.filter(nonce=nonce).first():
        return known
    try:
        return _create(cleaned, subjects, nonce)
    except IntegrityError:  # sent twice at the same moment
        if known := Enquiry.objects.filter(nonce=nonce).first():
            return known
        raise


def is_known(cleaned, subjects, stamp):
    """Whether this very form was received before."""
    return Enquiry.objects.filter(nonce=stamp.nonce(_digest(cleaned, subjects))).exists()


def visitor_adds(enquiry, text, files):
    """Keep a further message of the visitor; the clock, if it stood, goes on. None where nothing is taken any
    more: it was withdrawn, or is one too many."""
    with transaction.atomic(), _Kept() as kept:
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if enquiry.state in (EnquiryState.WITHDRAWN, EnquiryState.SPAM):
            return None
        message = Message.objects.create(enquiry=enquiry, direction=Message.Direction.VISITOR, text=text)
        _keep_proofs(enquiry, files, kept, message)
        enquiry.end_pause(timezone.now())
        if enquiry.state == EnquiryState.ASKED_BACK:
            enquiry.state = EnquiryState.RECEIVED
            enquiry.save(update_fields=["state"])
        _tell_office(enquiry, "office_added")
    return message


def withdraw(enquiry):
    """The visitor takes it back; whether it was still open."""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if enquiry.state not in OPEN:
            return False
        enquiry.end_pause(timezone.now())
        enquiry.state, enquiry.decided_at = EnquiryState.WITHDRAWN, timezone.now()
        enquiry.save(update_fields=["state", "decided_at"])
    return True


def _create(cleaned, subjects, nonce):
    real, what = subjects.real, cleaned["what"]
    enquiry = Enquiry(
        nonce=nonce,
        kind=WHAT[what],
        role="" if what == Kind.ASK else what,
        language=get_language(),
        office=routing.office_for(subjects),
        **{name: cleaned[name] for name in KEPT_AS_TYPED},
        **real.ones,
    )
    with transaction.atomic(), _Kept() as kept:
        enquiry.save()
        enquiry.products.set(real.products)
        _keep_proofs(enquiry, cleaned["proofs"], kept)
        _tell_visitor(enquiry)
        _tell_office(enquiry, "office_received")
    return enquiry


class _Kept(list):
    """The files that were stored meanwhile; where it ends with an error they are taken away again."""

    def __enter__(self):
        return self

    def __exit__(self, kind, _error, _traceback):
        if kind:
            for file in self:
                file.storage.delete(file.name)


def _keep_proofs(enquiry, files, kept, message=None):
    room = max(0, MOST_PROOFS - enquiry.proofs.count()) if message else MOST_PROOFS
    for file in files[:room]:
        name = sent_file_name(file)
        proof = Proof(enquiry=enquiry, message=message, name=name)
        proof.file.save(name, file, save=False)
        kept.append(proof.file)
        proof.save()


def _tell_visitor(enquiry):
    if not enquiry.email:
        return
    letters.write_letter(
        enquiry.email,
        "received",
        enquiry.language,
        enquiry=enquiry,
        address=private_address(enquiry),
        fields={"is_secret": True},
    )


def _tell_office(enquiry, template):
    """A notice without a word of what was sent or by whom."""
    address = letters.absolute(f"{reverse('admin:index')}contact/enquiry/{enquiry.pk}/change/")
    for to in routing.office_addresses(enquiry.office):
        letters.write_letter(to, template, settings.OFFICE_LANGUAGE, enquiry=enquiry, address=address)


def _digest(cleaned, subjects):
    """A text that is the same for the same content."""
    files = [[sent_file_name(file), file.size] for file in cleaned["proofs"]]
    named = [[name, key] for name, key, _record in subjects]
    typed = {name: cleaned[name] for name in ("what", *KEPT_AS_TYPED)}
    return hashlib.sha256(json.dumps([typed, named, files], sort_keys=True).encode()).hexdigest()
