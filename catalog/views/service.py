from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures.service import figures_of_service as service_figures


@require_safe
def service(request):
    """How fast each office answers, and how that is counted."""
    context = {"service": service_figures(), "crumbs": [{"label": _("How fast offices answer")}]}
    return render(request, "service/page.html", context)
