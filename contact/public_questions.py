"""The way from an enquiry to a public question: an edited copy, without a link back or the sender."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from .models.enquiries import Kind


def may_become_public(enquiry):
    """Whether a public question may be made of an enquiry: its sender asked about one product or desk, and
    allowed it."""
    about = enquiry.products.count() + (enquiry.desk_id is not None)
    return enquiry.kind == Kind.ASK and enquiry.may_be_published and about == 1


def form_address(enquiry):
    """The address of the form that adds a question, with what it is about and when it was asked. The sender's
    words stay out of addresses, which are logged: staff write the question anew."""
    product = enquiry.products.values_list("pk", flat=True).first()
    values = {
        "product": product,
        "desk": None if product else enquiry.desk_id,
        "office": enquiry.office_id,
        "asked_on": timezone.localdate(enquiry.received_at).isoformat(),
    }
    known = {name: value for name, value in values.items() if value is not None}
    return f"{reverse('admin:catalog_question_add')}?{urlencode(known)}"
