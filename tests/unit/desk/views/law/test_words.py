"""No page about the law says what only a court may say, or gives a percentage; every one carries its limits."""

import re
from importlib.resources import files
from pathlib import Path

from onrecord.casework.models import Claim
from onrecord.law.load import load_law
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_leaving import print_it

TEMPLATES = Path(str(files("onrecord.desk"))) / "templates" / "desk"


def texts_of(law_desk: LawDesk) -> dict[str, str]:
    """Return the text of every page that shows a status."""
    claim = Claim.objects.order_by("entry").first()
    assert claim is not None
    law_desk.post("/law/allow", reason="A hearing tomorrow")
    pages = {
        "matrix": law_desk.page(show=list(load_law().provisions)),
        "print": print_it(law_desk).content.decode(),
        "forums": law_desk.page("/forums"),
        "provisions": law_desk.desk.client.get("/law").content.decode(),
        "reading": law_desk.desk.client.get(f"/read/{claim.exhibit}").content.decode(),
    }
    return {name: re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL) for name, page in pages.items()}


def test_no_page_holds_a_word_that_is_never_shown_nor_a_percentage(law_desk: LawDesk) -> None:
    law = load_law()
    never = re.compile(
        "|".join(rf"\b{re.escape(word)}\b" for word in law.words_never_shown) + r"|\d\s*%", re.IGNORECASE
    )

    found = {
        # The limits themselves name what a status is not.
        name: never.findall(" ".join(text.split()).replace("not a verdict", ""))
        for name, text in texts_of(law_desk).items()
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_no_template_of_the_desk_holds_such_a_word() -> None:
    never = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in load_law().words_never_shown), re.IGNORECASE)

    found = {path.name: never.findall(path.read_text(encoding="utf-8")) for path in TEMPLATES.rglob("*.html")}

    assert found
    assert {name: words for name, words in found.items() if words} == {}


def test_every_page_that_shows_a_status_carries_the_limits_the_version_and_the_hash(law_desk: LawDesk) -> None:
    law = load_law()

    for name, text in texts_of(law_desk).items():
        words = " ".join(text.split())
        assert "Only a competent court decides." in words, name
        assert law.version in words, name
        assert law.sha256[:16] in words, name
