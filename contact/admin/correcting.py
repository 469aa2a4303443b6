"""A claim that a record is wrong is accepted when its correction is saved on the record's own page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.admin import proposals
from catalog.admin.fields import is_key
from contact import accepting, answering, inbox

from .shown import enquiry_records

CLAIM = "_claim"
"""The parameter of a record's page that names the claim; it stays in the address of the form."""


def correcting_address(enquiry, record):
    """The page of a record, for correcting it as a claim says."""
    page = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    query = {CLAIM: enquiry.pk, proposals.REASON_FIELD: accepting.by_the_company(enquiry)}
    return f"{page}?{urlencode(query)}"


@receiver(proposals.saved)
def accept_claim(sender, request, record, revision, **_others):
    """Accept the claim that the address of the page names. The correction stays where that cannot be done."""
    key = request.GET.get(CLAIM, "")
    enquiry = inbox.visible_to(request.user).filter(pk=key).first() if is_key(key) else None
    if enquiry is None or record not in [about for _noun, about, *_pages in enquiry_records(enquiry)]:
        return
    try:
        answering.accept_enquiry(
            enquiry, request.user, lambda held: accepting.correction(held, record, revision)
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return
    words = _("The claim %(reference)s is accepted.") % {"reference": enquiry.reference}
    messages.success(request, words)
