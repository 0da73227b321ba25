"""Tell Django that casework is one of its applications."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """What the desk knows: cases, people, acts, claims and the ledger they are drawn from."""

    name = "onrecord.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
