"""The accessibility statement. Whoever changes its template (site/accessibility.html) looks at the pages
again and sets the day here."""

import datetime

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Office, Origin

REVIEWED = datetime.date(2026, 11, 24)


@require_safe
def accessibility(request):
    """What the site aims at, how it is tested, what is not good yet and whom to tell."""
    context = {
        "reviewed": REVIEWED,
        "offices": Office.objects.exclude(origin=Origin.SAMPLE),
        "crumbs": [{"label": _("Accessibility")}],
    }
    return render(request, "site/accessibility.html", context)
