"""What `manage.py check --deploy` asks of this app."""

from django.core.checks import Warning as Fault
from django.core.checks import register
from django.db import Error

from . import routing


@register(deploy=True)
def front_door_is_an_office(**_options):
    """Before the first start there are no tables yet."""
    try:
        fault = routing.front_door_fault()
    except Error:
        fault = "FRONT_DOOR_OFFICE cannot be looked up: the database has no tables yet, or does not answer."
    return [Fault(fault, id="contact.W001")] if fault else []
