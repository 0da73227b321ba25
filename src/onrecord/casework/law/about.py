"""Look up whom something is said about before it is recorded or listed: a case that is there, and somebody in it."""

from onrecord.casework.law.facts import NoSuchPersonHere
from onrecord.casework.models import Case, Person
from onrecord.casework.overview import NoSuchCase


def check_about(case: str, person: str = "") -> None:
    """Raise NoSuchCase or NoSuchPersonHere; no person means the whole case."""
    if not Case.objects.filter(pk=case).exists():
        raise NoSuchCase
    if person and not Person.objects.filter(pk=person, case=case).exists():
        raise NoSuchPersonHere
