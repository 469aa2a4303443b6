from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import GuideStep
from catalog.models.prepared import PreparedQuery

public_steps = PreparedQuery(lambda: GuideStep.objects.published().select_related("source"))


@require_safe
def how_to(request):
    """The way from interest to contract, as far as anybody stated it."""
    steps = public_steps()
    context = {
        "steps": steps,
        "all_sample": bool(steps) and all(step.is_sample for step in steps),
        "crumbs": [{"label": _("From interest to contract")}],
    }
    return render(request, "how_to/page.html", context)
