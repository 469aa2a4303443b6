"""Every address of the site: what stands outside the languages, then the catalogue under /en/ and /fa/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from catalog.admin.accounts import reset
from catalog.api.views import Index
from catalog.open_data.ocds import views as ocds
from catalog.views import documents, opensearch, robots, sitemaps
from portal import views

# healthz and readyz are answered before these: portal.middleware.health.
urlpatterns = [
    path("", views.root),
    path("admin/password_reset/", reset.Ask.as_view(), name="admin_password_reset"),
    path("admin/password_reset/done/", reset.ResetAskedView.as_view(), name="password_reset_done"),
    path("admin/reset/<uidb64>/<token>/", reset.Confirm.as_view(), name="password_reset_confirm"),
    path("admin/reset/done/", reset.Complete.as_view(), name="password_reset_complete"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1", Index.as_view(schema=None)),  # no address of the API redirects
    path("documents/<int:pk>/", documents.document, name="document"),
    path("ocds/releases.json", ocds.releases, name="ocds_releases"),
    path("ocds/records.json", ocds.records, name="ocds_records"),
    path("opensearch.xml", opensearch.opensearch_description, name="opensearch"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap"),
    path("i18n/", include("django.conf.urls.i18n")),  # staff choose the admin's language here
]

urlpatterns += i18n_patterns(
    path("", include("catalog.urls")), path("", include("contact.urls")), prefix_default_language=True
)

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
