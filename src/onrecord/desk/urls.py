"""Every address of the desk. An address holds identifiers only, never a word."""

from django.urls import path

from onrecord.desk.assets import asset
from onrecord.desk.views import (
    bundle,
    case,
    exhibit,
    grading,
    inbox,
    ledger,
    letter,
    reading,
    search,
    signin,
    source,
    thread,
)
from onrecord.desk.views.law import forums, matrix, printing, provisions, recording

urlpatterns = [
    path("sign-in", signin.sign_in, name="sign-in"),
    path("sign-out", signin.sign_out, name="sign-out"),
    path("assets/<str:digest>/<str:name>", asset, name="asset"),
    path("", inbox.inbox, name="inbox"),
    path("search", search.search, name="search"),
    path("letters/open", inbox.open_letters, name="open-letters"),
    path("letter/<str:letter_id>", letter.letter, name="letter"),
    path("letter/<str:letter_id>/open", letter.open_letter, name="open-letter"),
    path("letter/<str:letter_id>/reply", thread.say, name="reply"),
    path("letter/<str:letter_id>/yes", thread.record_yes, name="record-yes"),
    path("letter/<str:letter_id>/lift", thread.lift, name="lift-hold"),
    path("letter/<str:letter_id>/erase", thread.erase, name="erase-as-asked"),
    path("letter/<str:letter_id>/grade", grading.grade_letter, name="grade-letter"),
    path("source/<str:source_id>", source.source, name="source"),
    path("source/<str:source_id>/describe", source.describe, name="describe"),
    path("source/<str:source_id>/grade", grading.grade_source, name="grade-source"),
    path("exhibit/<str:exhibit_id>", exhibit.download, name="exhibit"),
    path("exhibit/<str:exhibit_id>/picture", exhibit.picture, name="picture"),
    path("read/<str:exhibit_id>", reading.read, name="read"),
    path("claim/<str:claim_id>/withdraw", case.withdraw, name="withdraw"),
    path("cases/new", inbox.new_case, name="new-case"),
    path("case/<str:case_id>", case.case, name="case"),
    path("case/<str:case_id>/law", matrix.matrix, name="law"),
    path("case/<str:case_id>/law/print", printing.printing, name="law-print"),
    path("sheet/<str:sheet_id>", printing.printed, name="sheet"),
    path("case/<str:case_id>/law/record", recording.assess, name="law-record"),
    path("case/<str:case_id>/law/place", recording.place, name="law-place"),
    path("case/<str:case_id>/law/allow", recording.allow, name="law-allow"),
    path("allowance/<str:allowance_id>/withdraw", recording.disallow, name="allowance-withdraw"),
    path("case/<str:case_id>/forums", forums.forums, name="forums"),
    path("case/<str:case_id>/holding", forums.holding, name="holding-note"),
    path("submissions", forums.dates, name="submissions"),
    path("submission/<str:submission_id>/note", forums.note, name="submission-note"),
    path("law", provisions.provisions, name="law-data"),
    path("law/<str:provision_id>", provisions.provision, name="provision"),
    path("signature/<str:signature_id>/withdraw", provisions.withdraw, name="signature-withdraw"),
    path("case/<str:holder>/bundle", bundle.bundle, name="bundle"),
    path("bundle/<str:bundle_id>/download", bundle.download, name="bundle-download"),
    path("patterns/new", inbox.new_pattern, name="new-pattern"),
    path("pattern/<str:pattern_id>", case.pattern, name="pattern"),
    path("ledger", ledger.ledger, name="ledger"),
]

handler400 = "onrecord.desk.views.errors.not_understood"
handler403 = "onrecord.desk.views.errors.not_allowed"
handler404 = "onrecord.desk.views.errors.not_here"
handler500 = "onrecord.desk.views.errors.broken"
