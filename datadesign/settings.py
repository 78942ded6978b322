"""Settings, read from the environment. Unset, they are those of a developer's machine; docs/settings.md explains each.

DATA_DESIGN_ENV=production makes them strict, and datadesign/checks.py refuses to start while one is unsafe.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from datadesign import environment

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = environment.choice("DATA_DESIGN_ENV", ("development", "production"), "development") == "production"
DEBUG = environment.flag("DEBUG", not PRODUCTION)
DATA_DIR = BASE_DIR / "var"

# Security

DEVELOPMENT_SECRET_KEY = "django-insecure-for-development-only-a-production-start-refuses-this-key"
SECRET_KEY = environment.text("SECRET_KEY", DEVELOPMENT_SECRET_KEY)
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]", "testserver")
)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

SECURE_SSL_REDIRECT = environment.flag("SSL_REDIRECT", PRODUCTION)
# A balancer asks the processes themselves, inside its network, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = environment.flag("BEHIND_PROXY", PRODUCTION)
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Application

INSTALLED_APPS = [
    "datadesign",
    "projects",
    "reviews",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "datadesign.uploads.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "projects.views.time_zone.TimeZoneMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "projects.htmx.SignedOutMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "projects.views.moved.MovedMiddleware",
    "projects.views.not_intact.NotIntactMiddleware",
]
ROOT_URLCONF = "datadesign.urls"
WSGI_APPLICATION = "datadesign.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Database and jobs

DATABASE = environment.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'data-design.sqlite3'}")
SQLITE = {
    # A transaction takes the write lock when it begins and waits for it: taken later, it fails at once if another
    # has written meanwhile.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POOL = {"min_size": 1, "max_size": environment.whole_number("DATABASE_POOL", 8, at_least=1), "timeout": 10}
IS_SQLITE = DATABASE["ENGINE"].endswith("sqlite3")
DATABASE_OPTIONS: dict[str, Any] = SQLITE if IS_SQLITE else {"pool": POOL}
DATABASES = {
    "default": DATABASE | {"CONN_HEALTH_CHECKS": True, "OPTIONS": DATABASE_OPTIONS | DATABASE.get("OPTIONS", {})}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
JOBS_IN_WORKER = environment.flag("JOBS_IN_WORKER", True)
QUEUE, AT_ONCE = "django_tasks_db.DatabaseBackend", "django_tasks.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": QUEUE if JOBS_IN_WORKER else AT_ONCE}}

# People

AUTH_USER_MODEL = "projects.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
OPEN_SIGNUP = environment.flag("SIGN_UP_OPEN", not PRODUCTION)
PROJECT_CREATION = environment.choice("PROJECT_CREATION", ("everyone", "staff"), "everyone")
# Nobody has a mailbox there (RFC 2606), so an account with such an address can only be the demonstration's.
DEMONSTRATION_DOMAIN = "storefront.example"
ACCOUNT_ADAPTER = "projects.views.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if PRODUCTION else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"

# E-mail

MAIL = environment.mail("EMAIL_URL", "consolemail://")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST = MAIL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", "Data Design <data-design@localhost>")
# Links in e-mails that no request leads to begin with it.
FIRST_HOST = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION and ALLOWED_HOSTS else "http://localhost:8000"
SITE_URL = environment.site("SITE_URL", FIRST_HOST)

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# Static files and uploads

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "datadesign.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": MANIFEST if PRODUCTION else PLAIN},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
FILE_LIMIT_BYTES = 10_000_000
# Above the limit of a file, so that its form can say what is wrong with it.
REQUEST_LIMIT_BYTES = 32_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_LIMIT_BYTES + 2_000_000
# Without JavaScript a grid of 300 rows comes back whole.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"standard-error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["standard-error"], "level": "WARNING"},
    "loggers": {
        name: {
            "handlers": ["standard-error"],
            "level": environment.text("LOG_LEVEL", "INFO").upper(),
            "propagate": False,
        }
        for name in ("datadesign", "projects", "reviews", "django_tasks", "django_tasks_db")
    }
    # It warns of each style that is for screens only.
    | {"weasyprint": {"level": "ERROR"}},
}
