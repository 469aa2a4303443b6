"""The portal's settings as tests want them: cheap passwords, static files as they lie, no leftovers."""

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "stash": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "proposed": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "proofs": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STRICT_TEMPLATES = True
BULK_ROOT = VAR_DIR / "bulk-of-tests"  # noqa: F405, there is none: a test that writes some has its own
# tests/catalog/caching/ stores pages.
PAGE_CACHE_BYTES = 0
API_REQUESTS_A_MINUTE = 10**9  # a test of the limit sets its own
HEAVY_AT_ONCE = (
    10**9
)  # and so does one of downloads at the same time: few of the others read theirs to the end
