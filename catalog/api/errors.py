"""What the API says where it has no answer: RFC 9457 problems, worded in the language of the request."""

import math
from dataclasses import dataclass

from django.http import Http404, JsonResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from rest_framework import exceptions

from catalog.formats.numerals import number

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ParameterFault:
    """One parameter that cannot be used: its name, its value as far as a message repeats it, why, and the
    values it takes where these can be told (else None)."""

    parameter: str
    value: str
    message: str
    allowed: tuple | None = None

    def as_json(self):
        fault = {"parameter": self.parameter, "value": self.value, "message": self.message}
        return fault if self.allowed is None else fault | {"allowed": list(self.allowed)}


class UnusableQueryError(exceptions.APIException):
    """Parameters that cannot be used: a list of ParameterFaults, never empty."""

    status_code = 400

    def __init__(self, faults):
        super().__init__()
        self.faults = faults


class NoSuchPageError(UnusableQueryError):
    """A cursor that leads nowhere. Any text looks like a cursor, so the request is well formed: 404."""

    status_code = 404


class WithdrawnError(exceptions.APIException):
    """The record was public once; `record` says why it is not any more."""

    status_code = 410

    def __init__(self, record):
        super().__init__()
        self.record = record


def problem(status, title, detail, **more):
    """The answer with that status. Nobody keeps it: what is missing may be published any minute."""
    body = {"title": title, "status": status, "detail": detail, **more}
    response = JsonResponse(
        body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def handler(error, context):
    """What the framework calls for every exception of a view; None lets it become a 500."""
    if isinstance(error, UnusableQueryError):
        return unusable(error)
    if isinstance(error, WithdrawnError):
        return withdrawn(error.record)
    if isinstance(error, Http404 | exceptions.NotFound):
        return not_found()
    if isinstance(error, exceptions.MethodNotAllowed):
        detail = _("The API is read-only: GET, HEAD and OPTIONS are all it knows.")
        return problem(405, _("Method not allowed"), detail)
    if isinstance(error, exceptions.NotAcceptable):
        return not_acceptable()
    return None


def not_found():
    return problem(404, _("Not found"), _("There is no public record and no list at this address."))


def broken():
    return problem(500, _("Server error"), _("Something went wrong on our side."))


def unavailable(wait):
    """503; `wait` seconds until it is worth asking again."""
    detail = _("This site cannot read its data just now. Please try again in a minute.")
    return problem(503, _("Not available just now"), detail, retry_after=wait)


def unusable(error):
    faults = error.faults
    names = f"{pgettext('list', ',')} ".join(dict.fromkeys(fault.parameter for fault in faults))
    if error.status_code == 404:
        title, detail = _("Not found"), faults[0].message
    else:
        title = _("Parameters that cannot be used")
        detail = _("Nothing was looked up, because these cannot be used: %(names)s.") % {"names": names}
    return problem(error.status_code, title, detail, errors=[fault.as_json() for fault in faults])


def withdrawn(record):
    return problem(
        410,
        _("Withdrawn"),
        record.withdrawn_reason,
        reason_en=record.withdrawn_reason_en,
        reason_fa=record.withdrawn_reason_fa,
    )


def not_acceptable():
    return problem(406, _("Not acceptable"), _("The API answers in JSON alone: accept application/json."))


def too_many(wait):
    """429; `wait` seconds until the next request is answered."""
    seconds = math.ceil(wait)
    detail = _("Those were too many requests in a minute. Ask again in %(seconds)s seconds.")
    words = detail % {"seconds": number(seconds, get_language())}
    response = problem(429, _("Too many requests"), words, retry_after=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response
