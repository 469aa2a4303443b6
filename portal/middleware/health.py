"""Answers the two addresses that a machine beside the process asks."""

from portal import views


class HealthMiddleware:
    """Answers /healthz and /readyz before the host's name is checked: a load balancer calls the process by
    its number, and `Host: 10.0.0.7:8000` is in nobody's ALLOWED_HOSTS."""

    views = {"/healthz": views.healthz, "/readyz": views.readyz}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.views.get(request.path_info, self.get_response)(request)
