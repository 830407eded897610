"""The one settings file: everything that differs between installations comes from the environment.

Secure by default: without CASEWORK_DEBUG the secret key, hosts and HTTPS are demanded.
Every variable is documented in docs/settings.md and .env.example.
"""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
TESTING = not {"pytest", "mypy"}.isdisjoint(sys.modules)
IS_ENV_FILE_READ = not (TESTING or env.bool("CASEWORK_IGNORE_ENV_FILE", default=False))
if IS_ENV_FILE_READ and (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("CASEWORK_DEBUG", default=False)
DATA_DIR = Path(env.str("CASEWORK_DATA_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("CASEWORK_SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured("Set CASEWORK_SECRET_KEY (see .env.example).")
    SECRET_KEY = "only-for-tests-and-debugging-never-for-a-case-" + "0123456789" * 2
SECRET_KEY_FALLBACKS = env.list("CASEWORK_SECRET_KEY_FALLBACKS", default=[])

PUBLIC_URL = env.str("CASEWORK_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("CASEWORK_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Downloads come from a host of their own where this is set: it serves nothing else.
FILES_HOST = env.str("CASEWORK_FILES_HOST", default="").lower()
ALLOWED_HOSTS += [FILES_HOST.rsplit(":", 1)[0]] if FILES_HOST else []
IS_HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

SIGNING_KEY_FILE = env.str("CASEWORK_SIGNING_KEY_FILE", default="")
HEADS_FILE = env.str("CASEWORK_HEADS_FILE", default=str(DATA_DIR / "heads.txt"))
LEDGER_ORIGIN = env.str("CASEWORK_LEDGER_ORIGIN", default="casework.invalid/ledger")
# Keys are files, so that nobody who can write to the database can change whom we trust.
FORMER_KEYS = env.str("CASEWORK_FORMER_KEYS", default="")
WITNESSES = env.str("CASEWORK_WITNESSES", default="")
WATCHED_LOGS = env.str("CASEWORK_WATCHED_LOGS", default="")
WITNESS_KEY_FILE = env.str("CASEWORK_WITNESS_KEY_FILE", default="")
WITNESS_NAME = env.str("CASEWORK_WITNESS_NAME", default=f"{LEDGER_ORIGIN}-witness")
TIMESTAMP_URL = env.str("CASEWORK_TIMESTAMP_URL", default="")
TIMESTAMP_CERTIFICATES = env.str("CASEWORK_TIMESTAMP_CERTIFICATES", default="")
TIMESTAMP_MINUTES = env.int("CASEWORK_TIMESTAMP_MINUTES", default=60)
# The agency's seal on dossiers, and the roots that certificates of signers should lead to.
CERTIFICATE_FILE = env.str("CASEWORK_CERTIFICATE_FILE", default="")
CERTIFICATE_PASSPHRASE_FILE = env.str("CASEWORK_CERTIFICATE_PASSPHRASE_FILE", default="")
TRUST_ROOTS = env.str("CASEWORK_TRUST_ROOTS", default="")
FILES_DIR = Path(env.str("CASEWORK_FILES_DIR", default=str(DATA_DIR / "files")))
DOSSIERS_DIR = Path(env.str("CASEWORK_DOSSIERS_DIR", default=str(DATA_DIR / "dossiers")))
# Faces with letters that the packaged ones lack; empty: those that Debian's packages install.
FALLBACK_FONTS = env.list("CASEWORK_FALLBACK_FONTS", default=[])
VERAPDF = env.str("CASEWORK_VERAPDF", default="")  # the command that checks annex volumes
SEARCH_DIR = Path(env.str("CASEWORK_SEARCH_DIR", default=str(DATA_DIR / "search")))
OCR_LANGUAGES = env.str("CASEWORK_OCR_LANGUAGES", default="eng+fra+swa")
# The tests say themselves where they want a server; see tests/search/elastic_server.py.
ELASTICSEARCH_URL = "" if TESTING else env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_USER = env.str("CASEWORK_ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD_FILE = env.str("CASEWORK_ELASTICSEARCH_PASSWORD_FILE", default="")
ELASTICSEARCH_CA_FILE = env.str("CASEWORK_ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_PREFIX = env.str("CASEWORK_ELASTICSEARCH_PREFIX", default="casework")
ELASTICSEARCH_SHARDS = env.int("CASEWORK_ELASTICSEARCH_SHARDS", default=1)
ELASTICSEARCH_SECONDS = env.float("CASEWORK_ELASTICSEARCH_SECONDS", default=3.0)
ELASTICSEARCH_WRITE_SECONDS = env.float("CASEWORK_ELASTICSEARCH_WRITE_SECONDS", default=60.0)
UPLOAD_LIMIT = env.int("CASEWORK_UPLOAD_LIMIT", default=2 * 1024**3)
IS_DEMONSTRATION = env.bool("CASEWORK_DEMONSTRATION", default=False)

INSTALLED_APPS = [
    "search",
    "evidence",
    "kyc",
    "casework",
    "guardian",
    "simple_history",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "evidence.filestore.files_host.FilesHostMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "casework.middleware.PersonMiddleware",
    "casework.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casework.root_urls"
WSGI_APPLICATION = "casework.wsgi.application"
ASGI_APPLICATION = "casework.asgi.application"

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
                "casework.context.page",
                "evidence.context.waiting",
            ],
            "builtins": ["django.templatetags.i18n", "casework.templatetags.casework"],
        },
    }
]

FORM_RENDERER = "casework.forms.renderer.CaseworkRenderer"

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'casework.sqlite3'}")
}
IS_SQLITE = "sqlite" in DATABASES["default"]["ENGINE"]
if IS_SQLITE:
    if "DATABASE_URL" not in os.environ:
        DATA_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, not its folder
    # Full sync: an acknowledged custody event survives a power cut. IMMEDIATE: writers queue
    # at their start instead of failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"  # statistics sort in memory
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CASEWORK_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Django tells the driver to prepare nothing; casework/prepared.py says what is worth it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)

AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "casework:home"
LOGOUT_REDIRECT_URL = "login"

# Ten wrong passwords for one name from one address: half an hour of silence.
AXES_FAILURE_LIMIT = env.int("CASEWORK_SIGN_IN_ATTEMPTS", default=10)
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "casework.views.sign_in.name_meant"
AXES_LOCKOUT_CALLABLE = "casework.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_AGE = env.int("CASEWORK_IDLE_MINUTES", default=30) * 60
# PersonMiddleware saves the session once a minute; the idle time-out counts from there.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "casework.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = env.int("CASEWORK_HSTS_SECONDS", default=31536000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("CASEWORK_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_IPWARE_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = env.str("CASEWORK_TIME_ZONE", default="Africa/Nairobi")
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = env.str("CASEWORK_STATIC_ROOT", default=str(DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING

FILE_UPLOAD_HANDLERS = ["evidence.filestore.upload_handler.HashingUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if TESTING:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend is left out on purpose: see access.py
if not IS_HTTPS:
    # An installation on plain HTTP is allowed on one machine only; casework.E002 says so.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # A certificate of a root that is not known here is told on the page, not in twenty lines here.
    "loggers": {"pyhanko": {"level": "ERROR"}, "pyhanko_certvalidator": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.str("CASEWORK_LOG_LEVEL", default="WARNING")},
}
