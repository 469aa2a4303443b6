"""Settings of the portal, read from the environment. README's "Settings" lists every variable.

PORTAL_ENV is `development` (the default: runs as it is, on this machine only) or `production`.
A setting that is missing or cannot be used ends the process with one line a setting, not a traceback.
"""

import ipaddress
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env, EnvError

from portal.database import sqlite_file

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
problems = []


def read(parser, name, default, advice, needed=False):
    """The variable `name` as `parser` makes it, else `default`; what is wrong with it goes to `problems`.

    An empty variable counts as an unset one: `DATABASE_URL= make run` unsets it for one command.
    """
    if not env.str(name, "").strip():
        if needed:
            problems.append(f"{name} is missing: {advice}.")
        return default
    try:
        return parser(name)
    except EnvError:
        problems.append(f"{name} cannot be used: {advice}.")
        return default


def words(name):
    """The parts of a list that commas separate, without the spaces around them."""
    return [part for part in map(str.strip, env.list(name)) if part]


def is_private(address):
    """Whether `host:port` is of a private network or this machine, on another port than the site's."""
    host, _colon, port = address.rpartition(":")
    try:
        ip = ipaddress.IPv4Address(host)
    except ValueError:
        return False
    taken = os.environ.get("PORT") or "8000"
    return ip.is_private and not ip.is_unspecified and port.isdecimal() and port != taken


def is_network(text):
    """Whether it is an address, a network, or `*`, which stands for all."""
    try:
        return text == "*" or bool(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return False


def development_secret(path):
    """A key of this working copy's own, made once: sessions outlive a restart, and no key is in the code."""
    if not path.exists() or not path.stat().st_size:  # empty: the disk was full
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


# --- Where and how it runs

PORTAL_ENV = read(env.str, "PORTAL_ENV", "development", "")
PRODUCTION = PORTAL_ENV != "development"
if PORTAL_ENV not in {"development", "production"}:
    problems.append(f"PORTAL_ENV is {PORTAL_ENV!r}: set it to development or production.")

# Everything the running site writes and git ignores: database, secret, accounts, collected files, uploads.
VAR_DIR = read(env.path, "VAR_DIR", BASE_DIR / "var", "set it to a directory")
# The collected static files, where a proxy serves them itself.
STATIC_ROOT = read(env.path, "STATIC_DIR", VAR_DIR / "static", "set it to a directory")

SECRET_KEY = read(env.str, "SECRET_KEY", "", "set it to 50 random characters, kept secret", PRODUCTION)
# Keys that SECRET_KEY was before: what they signed (sessions, links in mail) is still believed.
SECRET_KEY_FALLBACKS = read(words, "SECRET_KEY_FALLBACKS", [], "")
ALLOWED_HOSTS = read(
    words, "ALLOWED_HOSTS", [], "set it to the site's host names, separated by commas", PRODUCTION
)
CSRF_TRUSTED_ORIGINS = read(
    words,
    "CSRF_TRUSTED_ORIGINS",
    [],
    "set it to the site's origins with their scheme, such as https://portal.example",
    PRODUCTION,
)
DATABASES = {
    "default": read(
        env.dj_db_url,
        "DATABASE_URL",
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "portal.sqlite3")},
        "set it to postgres://user:password@host/name or sqlite:////path/to/file",
        PRODUCTION,
    )
}
if "#" in os.environ.get("DATABASE_URL", ""):
    problems.append("DATABASE_URL cannot be used: write # as %23 and @ as %40 in name and password.")
elif not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    problems.append("DATABASE_URL cannot be used: begin it with postgres:// or sqlite:////.")
elif not DATABASES["default"]["NAME"]:
    problems.append("DATABASE_URL names no database: set it to postgres://user:password@host/name.")
WEAK = len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure-")
if PRODUCTION and SECRET_KEY and WEAK:
    problems.append("SECRET_KEY is too weak: set it to 50 random characters, kept secret.")
if PRODUCTION and any(len(key) < 50 for key in SECRET_KEY_FALLBACKS):
    problems.append(
        "SECRET_KEY_FALLBACKS is too weak: give keys that were a SECRET_KEY, separated by commas."
    )
DEBUG = read(env.bool, "DEBUG", False, "set it to 1 or 0")
STRICT_TEMPLATES = DEBUG  # a name that does not exist fails a page; otherwise it is logged and left out
if DEBUG and PRODUCTION:
    problems.append("DEBUG is on: unset it, for it shows visitors the program's insides.")
if not all(re.fullmatch(r"\*|\.?[\w.-]+|\[[\da-f:]+\]", host) for host in ALLOWED_HOSTS):
    problems.append(
        "ALLOWED_HOSTS cannot be used: give names of hosts alone, without https://, port or path."
    )
SCHEME = "https" if PRODUCTION else "https?"
if not all(re.fullmatch(rf"{SCHEME}://[^/\s]+", origin) for origin in CSRF_TRUSTED_ORIGINS):
    problems.append("CSRF_TRUSTED_ORIGINS cannot be used: begin each with https:// and end it with the host.")
# Contracts are published under it. This one is a demonstration's: no helpdesk has given it to anybody.
OCDS_DEMONSTRATION_PREFIX = "ocds-demo00"
OCDS_PREFIX = read(env.str, "OCDS_PREFIX", OCDS_DEMONSTRATION_PREFIX, "")
if not re.fullmatch("ocds-[a-z0-9]{6}", OCDS_PREFIX):
    problems.append("OCDS_PREFIX cannot be used: set it to the prefix you registered, such as ocds-a1b2c3.")
# Where somebody writes who found a weakness; /.well-known/security.txt says it.
SECURITY_CONTACT = read(env.str, "SECURITY_CONTACT", "", "").strip()
if SECURITY_CONTACT and not re.fullmatch(r"(mailto:[^\s@]+@|https://|tel:[+0-9])\S+", SECURITY_CONTACT):
    problems.append("SECURITY_CONTACT cannot be used: begin it with mailto:, https:// or tel:.")
# Where mail goes: `manage.py send_mail` hands what waits in the outbox to this server.
EMAIL = read(
    env.dj_email_url,
    "EMAIL_URL",
    {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
    "set it to submission://user:password@host:587, or to console:",
)
if "EMAIL_BACKEND" not in EMAIL:
    problems.append("EMAIL_URL cannot be used: begin it with submission://, smtp://, file: or console:.")
MAIL_FROM = read(env.str, "MAIL_FROM", "", "").strip()
if MAIL_FROM and not re.search(r"[^\s@<>]+@[^\s@<>]+", MAIL_FROM):
    problems.append("MAIL_FROM cannot be used: set it to the address that mail comes from.")
# Where the site stands, for the links in mail.
SITE_ADDRESS = (
    read(env.str, "SITE_ADDRESS", f"https://{ALLOWED_HOSTS[0].strip('.*')}" if ALLOWED_HOSTS else "", "")
    or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
)
if not re.fullmatch(r"https?://[^\s/]+/?", SITE_ADDRESS):
    problems.append(
        "SITE_ADDRESS cannot be used: set it to the site's address, such as https://portal.example."
    )
# The key of the office that answers where no desk's or sector's does; without one this is a demonstration.
OFFICE_LANGUAGE = read(env.str, "OFFICE_LANGUAGE", "fa", "").strip()
if OFFICE_LANGUAGE not in ("en", "fa"):
    problems.append("OFFICE_LANGUAGE is the language of mail to offices: en or fa.")
FRONT_DOOR_OFFICE = read(env.str, "FRONT_DOOR_OFFICE", "", "").strip()
# How long what visitors sent is kept once it was closed, and mail once it was sent: `manage.py erase_old`.
ENQUIRIES_KEPT = timedelta(days=2 * 365)
SENT_MAIL_KEPT = timedelta(days=90)
# Where `manage.py backup` writes, for how long a backup is kept, and who can open one (keys of age).
BACKUP_DIR = read(env.path, "BACKUP_DIR", VAR_DIR / "backups", "set it to a directory")
BACKUP_DAYS = read(env.int, "BACKUP_DAYS", 30, "set it to a whole number of days")
BACKUP_KEYS = read(words, "BACKUP_KEYS", [], "set it to keys that begin with age1, separated by commas")
if not all(re.fullmatch("age1[a-z0-9]{58}", key) for key in BACKUP_KEYS):
    problems.append("BACKUP_KEYS cannot be used: give keys of age, such as age1... (58 signs after age1).")
# How the log is written, who is mailed about errors, and where Prometheus finds what the processes count.
LOG_FORMAT = read(env.str, "LOG_FORMAT", "json" if PRODUCTION else "plain", "")
if LOG_FORMAT not in {"json", "plain"}:
    problems.append("LOG_FORMAT cannot be used: set it to json or plain.")
ERROR_MAIL = read(words, "ERROR_MAIL", [], "set it to mail addresses, separated by commas")
if not all(re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", address) for address in ERROR_MAIL):
    problems.append("ERROR_MAIL cannot be used: set it to mail addresses, separated by commas.")
ADMINS = [("", address) for address in ERROR_MAIL]
METRICS_ADDRESS = read(env.str, "METRICS_ADDRESS", "", "").strip()
if METRICS_ADDRESS and not is_private(METRICS_ADDRESS):
    problems.append(
        "METRICS_ADDRESS cannot be used: set it to an address nobody outside can reach, with a port of its"
        " own, such as 127.0.0.1:9100."
    )
SECOND_FACTOR_REQUIRED = read(env.bool, "SECOND_FACTOR_REQUIRED", False, "set it to 1 or 0")
# How much the site takes on. gunicorn reads the number of processes itself, and takes no empty one.
if not re.fullmatch(r"[1-9]\d{0,2}", os.environ.get("WEB_CONCURRENCY", "1")):
    problems.append("WEB_CONCURRENCY cannot be used: set it to a whole number of processes, or leave it out.")
API_REQUESTS_A_MINUTE = read(env.int, "API_REQUESTS_A_MINUTE", 300, "set it to a whole number")
WHOLE_MIB = "set it to a whole number of MiB"
# Below it /readyz says that the disk is nearly full.
LEAST_FREE_MIB = read(env.int, "LEAST_FREE_MIB", 200, WHOLE_MIB)
PAGE_CACHE_BYTES = 2**20 * read(env.int, "PAGE_CACHE_MIB", 16, WHOLE_MIB)
# gunicorn reads the same variable, and believes these of TLS; the API believes them of who asks.
FORWARDED_ALLOW_IPS = read(words, "FORWARDED_ALLOW_IPS", ["127.0.0.1", "::1"], "")
if not all(is_network(address) for address in FORWARDED_ALLOW_IPS):
    problems.append("FORWARDED_ALLOW_IPS cannot be used: set it to addresses, separated by commas.")
if problems:
    raise SystemExit("\n".join(["The portal cannot start:", *problems]))

try:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    STATIC_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
    if not PRODUCTION:
        SECRET_KEY = SECRET_KEY or development_secret(VAR_DIR / "secret_key")
except OSError as error:
    raise SystemExit(
        f"The portal cannot start:\nVAR_DIR cannot be written ({error.strerror}: {error.filename}):"
        " give it to the account that runs the site, and make room on its disk."
    ) from None
if not PRODUCTION:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]

# --- Whose site it is

SITE_NAME = {
    "en": read(env.str, "SITE_NAME_EN", "Domestic Production Portal", ""),
    "fa": read(env.str, "SITE_NAME_FA", "درگاه ساخت داخل", ""),
}
# Nobody's until it is set: then the footer stops saying that this is a demonstration.
SITE_OWNER = {"en": read(env.str, "SITE_OWNER_EN", "", ""), "fa": read(env.str, "SITE_OWNER_FA", "", "")}

# --- What it is made of

INSTALLED_APPS = [
    "portal",
    "catalog.apps.CatalogConfig",
    "contact.apps.ContactConfig",
    "portal.admin.config.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
    "simple_history",
]

MIDDLEWARE = [
    "portal.middleware.request_log.RequestLogMiddleware",  # above all: whatever is answered is written down
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # up here: redirects and errors have it too
    "portal.middleware.permissions_policy.PermissionsPolicyMiddleware",
    "portal.middleware.cross_origin.CrossOriginMiddleware",
    "portal.middleware.health.HealthMiddleware",
    "portal.middleware.encodings.EncodingsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.outage.OutageMiddleware",  # above what reads the database
    "portal.middleware.compression.CompressionMiddleware",  # below: files are compressed already
    "portal.middleware.nul.NoNulMiddleware",
    "portal.middleware.clean_query.CleanQueryMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.rate.RateMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.read_only.ReadOnlyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.public_pages.PublicPagesMiddleware",
    "portal.middleware.shared_load.SharedLoadMiddleware",  # below: kept pages cost nothing
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORCE_SCRIPT_NAME = ""  # the site stands at the root of its host, whatever a request says
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",  # the public pages
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {
            "environment": "portal.templating.jinja.environment",
            "context_processors": ["portal.templating.context.site"],
        },
    },
    {
        "NAME": "letters",  # mail in plain text
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {"environment": "portal.templating.jinja.environment", "autoescape": False},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.templating.context.site",
            ],
        },
    },
]
FORM_RENDERER = "portal.templating.form_renderer.FormRenderer"

# --- The database

DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        # Readers do not wait for a writer (WAL). A writer takes its lock at the start and waits for it: one
        # that begins as a reader and then writes is refused at once when another wrote in between. What is
        # deleted is overwritten: of an erased enquiry nothing may stay in the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "factory": sqlite_file.Connection,
    }
    DATABASE["CONN_MAX_AGE"] = None  # opening the file anew cost a listing a tenth of its time
else:
    DATABASE["CONN_MAX_AGE"] = 60
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["OPTIONS"] = {"connect_timeout": 5, **DATABASE.get("OPTIONS", {})}  # seconds
# Large files that a process makes at the same time: half of its threads stay free for pages.
HEAVY_AT_ONCE = 2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fa", "فارسی")]
LOCALE_PATHS = [BASE_DIR / "catalog" / "locale"]
TIME_ZONE = "Asia/Tehran"
USE_TZ = True

# --- Files: the project's own are served by WhiteNoise; uploads only through views that check who asks

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What staff typed or chose and could not save, for an hour: see catalog/admin/stash.py.
    "stash": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "stash"},
    },
    # Files that staff proposed, until somebody decides on them: see catalog/admin/proposed_files.py.
    "proposed": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "proposed"},
    },
    # Files that visitors sent with an enquiry; private: see contact/models/enquiries.py.
    "proofs": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "proofs"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.assets.storage.SiteStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
# What the site writes is its own alone; see portal/private_files.py.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
BULK_ROOT = VAR_DIR / "bulk"  # written by `manage.py write_bulk`
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a contract of 200 lines in the admin has more than the usual 1000

# --- Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by a machine beside the process, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

# Browsers take a cookie named __Host- only over TLS and from this very host.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}portal_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day, then staff sign in again
SESSION_IDLE_SECONDS = 60 * 60  # without a click; what was typed comes back: catalog/admin/stashed_forms.py
SESSION_ENGINE = "catalog.staff.sessions"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}portal_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION
MESSAGE_STORAGE = "portal.message_cookies.Messages"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}portal_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION

# Who fails too often to sign in waits: by account and by address, counted in the database for all processes.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "portal.accounts.sign_in.ip_of"
AXES_LOCKOUT_CALLABLE = "portal.accounts.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The second factor: apps show this name, and wrong codes slow the next ones down.
OTP_TOTP_ISSUER = SITE_NAME["en"]
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 1

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.SiteWordsValidator"},
]

# --- Mail

EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM or f"portal@{(ALLOWED_HOSTS or ['localhost'])[0].strip('.*')}"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds

# --- The API (catalog/api/): read by anybody, so it knows no users; JSON alone

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "catalog.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "catalog.api.errors.handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "POSTPROCESSING_HOOKS": ["catalog.api.schema.tidy_document"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# --- What it says on the terminal: warnings and errors, but not every address that is not there. As JSON,
# each request has a line too: it takes the place of gunicorn's access log

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "portal.observability.logs.JsonLines"},
    },
    "filters": {
        "masked": {"()": "portal.observability.log_masking.Masked"},  # private addresses, people
        "no_outage": {"()": "portal.health.outage.NoOutage"},
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["masked"]},
        "mail": {
            "class": "portal.observability.error_mail.ErrorMail",
            "level": "ERROR",
            "formatter": "plain",
            "filters": ["masked"],
        },
    },
    "root": {"handlers": ["terminal", "mail"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["terminal", "mail"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["terminal"], "level": "INFO", "propagate": False},  # of runserver
        "django.request": {"level": "ERROR", "filters": ["no_outage"]},
        "django.security": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # it would write a line a failure, in which who failed is blotted out
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # or anybody fills the log with tracebacks
        "portal.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "portal.security": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
