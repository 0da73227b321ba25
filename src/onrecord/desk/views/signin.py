"""Let a member in: a name and a passphrase open that member's keys in this process's memory. Sign-out forgets them."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onrecord.casework.models import Member
from onrecord.casework.record.append import newest_entry
from onrecord.desk.served import served
from onrecord.errors import Refused
from onrecord.ground.text import nfc
from onrecord.seal.keyring import Keyring, NoSuchPrincipal, WrongPassphrase, principals, unlock


class SignInRefused(Refused):
    """That did not open: name and passphrase do not fit together. We do not say which was wrong."""

    next_step = "Type both again. After several failures each further try has to wait."


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Show the form, or open the member's keys and go where the member wanted to go."""
    if request.method == "GET":
        return _form(request)
    name, passphrase = nfc(request.POST.get("name", "").strip()), request.POST.get("passphrase", "")
    try:
        with served().patience.attempt():
            keyring = _unlock(name, passphrase)
    except Refused as error:
        return _form(request, name=name, error=error)
    served().unlocked.forget(request.session.session_key)
    request.session.flush()
    request.session["member"] = keyring.principal.id
    request.session.create()
    served().unlocked.keep(request.session.session_key or "", keyring)
    return redirect(_wanted(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Forget the member's keys and end the session."""
    served().unlocked.forget(request.session.session_key)
    request.session.flush()
    return redirect("sign-in")


def _unlock(name: str, passphrase: str) -> Keyring:
    folder = served().docket.folder / "keys"
    names = [principal.name for principal in principals(folder) if principal.kind == "member"]
    # A name that nobody has costs the same work as one that somebody has: how long it took tells nothing.
    tried = name if name in names else names[0]
    try:
        keyring = unlock(folder, passphrase, kind="member", name=tried)
    except (WrongPassphrase, NoSuchPrincipal):
        raise SignInRefused from None
    if tried != name or not Member.objects.filter(pk=keyring.principal.id, is_active=True).exists():
        keyring.forget()
        raise SignInRefused
    return keyring


def _form(request: HttpRequest, name: str = "", error: Refused | None = None) -> HttpResponse:
    docket = served().docket
    about = {
        "entry": newest_entry(),
        "keyset": docket.keyset,
        "name": name,
        "error": error,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "host": request.get_host(),
    }
    return render(request, "desk/sign-in.html", about, status=error.http_status if error else 200)


def _wanted(request: HttpRequest) -> str:
    place = request.POST.get("next", "")
    return place if place and url_has_allowed_host_and_scheme(place, allowed_hosts=None) else "/"
