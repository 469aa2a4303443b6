from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    """What crawlers are asked to leave alone. Not the sample pages: their "noindex" must be read to count."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
