"""Hand out an exhibit: bit-exact as a download, or a picture as bare pixels made in the sandbox.

A file from a stranger is never shown by its own type: a download is bytes, and whatever opens it is the member's
choice.
"""

from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from onrecord.casework.models import Exhibit
from onrecord.casework.texts import NoSuchExhibit, exhibit_bytes
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.exhibits import PICTURES
from onrecord.ground.ids import SubjectId
from onrecord.ground.text import safe_file_name
from onrecord.vault.derive import NoDeriver, derive
from onrecord.vault.exhibit import check_exhibit


@require_GET
def download(request: DeskRequest, exhibit_id: str) -> StreamingHttpResponse:
    """Answer with an exhibit's bytes, after all of it was checked: no half of a damaged file leaves."""
    exhibit, docket = _existing(exhibit_id), request.docket
    key = docket.subjects.open(SubjectId(exhibit.subject), docket.keyring)
    check_exhibit(docket.vault.blobs, exhibit.blob, sha256=exhibit.sha256, key=key)
    response = StreamingHttpResponse(exhibit_bytes(docket, exhibit), content_type="application/octet-stream")
    name = safe_file_name(exhibit.name)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Length"] = str(exhibit.size_bytes)
    return response


@require_GET
def picture(request: DeskRequest, exhibit_id: str) -> HttpResponse:
    """Answer with a picture's pixels and nothing else of the file."""
    exhibit = _existing(exhibit_id)
    if exhibit.media_type not in PICTURES:
        raise NoDeriver
    made = derive(exhibit.media_type, exhibit_bytes(request.docket, exhibit), parent_sha256=exhibit.sha256)
    return HttpResponse(made.content, content_type=made.media_type)


def _existing(exhibit_id: str) -> Exhibit:
    exhibit = Exhibit.objects.filter(pk=exhibit_id).first()
    if exhibit is None:
        raise NoSuchExhibit
    return exhibit
