"""The gallery of every component, by day and by night, in the page's language; the language switch shows the
other direction."""

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalog.views.styleguide_samples import market_rate, specimens


@staff_member_required
def styleguide(request):
    context = {
        "panels": [(_("Light"), specimens("light")), (_("Dark"), specimens("dark"))],
        "crumbs": [{"label": _("Style guide")}],
        "noindex": True,
    }
    with market_rate():
        return render(request, "site/styleguide.html", context)


styleguide.private = True
