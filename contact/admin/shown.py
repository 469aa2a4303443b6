"""How pages of staff show an enquiry: its kind, its state, how long it waits, what it is about and became."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog.admin import columns, proposals
from catalog.models.base import Publishable
from contact import inbox
from contact.models import Message
from contact.models.enquiries import EnquiryState


def enquiry_kind(enquiry):
    """ "Claim: We make this"."""
    if not enquiry.role:
        return enquiry.get_kind_display()
    words = {"kind": enquiry.get_kind_display(), "role": enquiry.get_role_display()}
    return _("%(kind)s: %(role)s") % words


def enquiry_badge(enquiry):
    return format_html(
        '<span class="rec rec-{}">{}</span>', f"enquiry-{enquiry.state}", enquiry.get_state_display()
    )


def waiting_words(enquiry, closed):
    """How many working days it waited, marked where that is too long; a dash for what is not counted."""
    if enquiry.state in (EnquiryState.SPAM, EnquiryState.WITHDRAWN):
        return columns.EMPTY
    days = columns.count(inbox.waited(enquiry, closed))
    if inbox.is_late(enquiry, closed):
        return format_html('<strong class="late">{} · {}</strong>', days, _("late"))
    if enquiry.state == EnquiryState.ASKED_BACK:
        return columns.two_lines(days, _("the clock is stopped"))
    return days


def enquiry_records(enquiry):
    """[(kind, record, its admin page, its public page or "")] of what it is about."""
    about = [*enquiry.products.all(), enquiry.company, enquiry.desk, enquiry.contract, enquiry.unit]
    return [record_link(record) for record in about if record is not None]


def record_link(record):
    meta = record._meta
    public = _public_address(record)
    page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    return (meta.verbose_name, record, page, public)


def _public_address(record):
    """Its public page; "" where it has none."""
    has_page = isinstance(record, Publishable) and hasattr(record, "get_absolute_url")
    return record.get_absolute_url() if has_page and record.is_public else ""


def thread_of(enquiry):
    """[(who, when, text, [(proof, its name)], direction)] of the letters, the first of the visitor too."""
    proofs = list(enquiry.proofs.all())
    first = (
        enquiry.name,
        columns.moment(enquiry.received_at),
        enquiry.text,
        _files(proofs, None),
        Message.Direction.VISITOR,
    )
    rest = [
        (
            columns.person(one.by) if one.by else enquiry.name,
            columns.moment(one.at),
            one.text,
            _files(proofs, one.pk),
            Message.Direction(one.direction),
        )
        for one in enquiry.messages.select_related("by")
    ]
    return [first, *rest]


def _files(proofs, message):
    return [
        (proof, columns.isolated_file_name(proof.name)) for proof in proofs if proof.message_id == message
    ]


def became_of(enquiry):
    """[(kind of record, words, its page or "", a badge of how it stands)] of what a claim became."""
    return [_became(one) for one in enquiry.became.select_related("content_type", "revision")]


def _became(one):
    record, revision = one.record, one.revision
    noun = one.content_type.model_class()._meta.verbose_name
    if revision is not None and revision.kind == "change":
        badge = format_html(
            '<span class="rec rec-{}">{}</span>', revision.state, revision.get_state_display()
        )
        return (noun, revision.title, proposals.revision_address(revision), badge)
    if record is None:
        return (noun, _("deleted"), "", "")
    badge = columns.state_badge(record) if isinstance(record, Publishable) else ""
    return (noun, record, record_link(record)[2], badge)
