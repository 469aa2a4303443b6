from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only(view):
    """Let GET and HEAD through and refuse all else with 405, which names these two. Without the exemption the
    guard against forged forms answers first: 403, to programs that have no form."""
    return csrf_exempt(require_safe(view))
