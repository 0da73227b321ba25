"""Django's settings for the desk: nothing here is secret, and the database is attached when a docket is opened.

The desk listens on this machine only. Its pages load nothing from elsewhere, run no script but their own, are kept by
no cache and framed by no other page; its logs are silent, because a log would keep words of a case in clear.

LIMIT: cookies know no ports: another program that serves pages on this machine's `localhost` could be sent the
session's cookie. It opens nothing once the member has signed out or the keys were forgotten.
"""

import secrets

from csp.constants import NONE, SELF

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Made anew at every start: whatever was signed before, sessions included, is worth nothing after a restart.
SECRET_KEY = secrets.token_urlsafe(48)
ROOT_URLCONF = "onrecord.desk.urls"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "csp",
    "onrecord.casework",
    "onrecord.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "onrecord.desk.guard.KeepNothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "onrecord.desk.guard.MembersOnly",
    "onrecord.desk.guard.ErrorPages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "onrecord.desk.tags"],
            "context_processors": ["django.template.context_processors.request", "onrecord.desk.tags.frame"],
        },
    }
]
AUTH_USER_MODEL = "casework.Member"
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}

# A session holds a member's identifier and nothing else; the keys lie in this process's memory (desk.unlocked).
SESSION_COOKIE_NAME = "onrecord_desk"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "onrecord_desk_form"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "onrecord.desk.views.errors.form_too_old"

# `no-referrer` would make browsers send `Origin: null` with our own forms, and these would be refused as forged.
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# The desk takes no files yet. Without a handler, nothing that a request carries can reach the disk in clear.
FILE_UPLOAD_HANDLERS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
    },
}
