from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    """Django's admin with the portal's own site."""

    default_site = "portal.admin.site.PortalAdminSite"
