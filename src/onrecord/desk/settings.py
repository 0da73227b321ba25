"""Django's settings for the desk: nothing here is secret, and the database is attached when a docket is opened."""

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "onrecord.casework",
]
AUTH_USER_MODEL = "casework.Member"
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
LOGGING_CONFIG = None
