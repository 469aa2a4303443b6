"""The addresses of visitors' private pages, made again for mails."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from .letters import absolute


def private_address(enquiry):
    """The whole address of an enquiry's page in its language; "" where it cannot be made again."""
    return _address("contact:private", enquiry.token, enquiry.language)


def confirm_address(keeper, token):
    """The whole address of the page on which a keeper confirms, in their language."""
    return _address("contact:confirm", token, keeper.language)


def _address(name, token, language):
    if not token:
        return ""
    try:
        with override(language):
            return absolute(reverse(name, args=[token]))
    except NoReverseMatch:
        return ""
