"""What every template may use: filters that show a stranger's words safely, and the frame around each page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language_info

from onrecord.casework.models import Letter
from onrecord.desk import assets
from onrecord.desk.served import served
from onrecord.ground import text
from onrecord.ground.clock import parse_utc

register = template.Library()

# Enough of an identifier to tell two apart by eye; the whole one stands in the address.
SHORT = 6


@register.filter
def visible(value: object) -> str:
    """Write out every character that a reader would not see, or that would turn the line around."""
    return text.visible(str(value))


@register.filter
def short(identifier: object) -> str:
    """Return the first digits of an identifier or a hash."""
    return str(identifier)[:SHORT]


@register.filter
def spaced(code: str) -> str:
    """Write a code as words: `public_source` as `public source`."""
    return code.replace("_", " ")


@register.filter
def moment(value: str) -> str:
    """Write a time of the ledger as people read it."""
    return f"{parse_utc(value):%Y-%m-%d %H:%M} UTC" if value else ""


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of one of the desk's own files."""
    return assets.address(name)


@register.simple_tag
def direction(language: str) -> str:
    """Return the direction in which a language of the desk is written."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page what stands around it: which desk this is, who is signed in, and what waits."""
    here = served()
    member = getattr(request, "member", None)
    waiting = Letter.objects.filter(state=Letter.State.SEALED).count() if member else 0
    return {
        "desk": here.docket.settings,
        "member": member,
        "waiting": waiting,
        "idle_minutes": here.unlocked.idle_minutes,
    }
