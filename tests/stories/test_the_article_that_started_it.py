"""An article that names no victim becomes a source and a pattern, never a case; copies of it are one origin.

The story is told twice: of an invented article, which lies beside this file, and of the real one. That one and its
coding by hand lie outside this repository, which holds no real case, and are read where they are when they are there.
"""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.casework.corroboration.provenance import Origin, Relation, count_origins
from onrecord.casework.models import SourceLink

Span = tuple[int, int]

# What the coding by hand calls a thing, and what the command line calls it.
FIELDS = {
    "acts": "act_type",
    "deception": "deception.means",
    "nationalities": "victim.nationality",
    "victim_groups": "victim_group",
}


@pytest.fixture
def invented() -> Path:
    """An article, its origin and another retelling in which everybody is invented, laid out as the real ones are."""
    return Path(__file__).with_name("invented_article")


@pytest.fixture(params=["invented", "shared"])
def material(request: pytest.FixtureRequest) -> Path:
    """The folder of the invented article, and of the real one."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture
def coded(material: Path) -> dict[str, Any]:
    """The article's seventeen claims as they were coded by hand."""
    value: dict[str, Any] = json.loads((material / "cases/00.json").read_text(encoding="utf-8"))
    return value


def spans(text: str, coded: dict[str, Any]) -> dict[str, Span]:
    """Return where each sentence stands to which the coding refers (`headline`, `body 2, sentence 1`, ...)."""
    title, caption = coded["title"], coded["document_facts"]["image_caption"]
    head, body = text.index(title), text.rindex(title) + len(title)
    standfirst = next(re.finditer(r"\S.*", text[head + len(title) :]))
    found = {
        "headline": (head, head + len(title)),
        "standfirst": (head + len(title) + standfirst.start(), head + len(title) + standfirst.end()),
        "image caption": (text.index(caption), text.index(caption) + len(caption)),
    }
    for number, paragraph in enumerate(re.finditer(r"\S.*", text[body:]), 1):
        start, end = body + paragraph.start(), body + paragraph.end()
        found[f"body {number}"] = found[f"body {number}, quotation"] = (start, end)
        for place, sentence in enumerate(re.finditer(r"\S.*?\.(?=\s|$)", text[start:end]), 1):
            found[f"body {number}, sentence {place}"] = (start + sentence.start(), start + sentence.end())
    return found


def values(claim: dict[str, Any]) -> Iterator[str]:
    """Yield the values of one claim as the command line takes them."""
    for name, field in FIELDS.items():
        for value in claim.get(name, []):
            yield f"{field}={value}"
    for means in claim.get("coercion", []):
        yield f"coercion.means={means['means']}:{means['mode']}"


def test_the_article_is_captured_and_its_date_is_read_day_first(onrecord, material, coded) -> None:
    captured = onrecord("source", "capture", material / "seed/article.txt", "--confirm")

    source = onrecord("source", "read", captured["id"])
    proposal = captured["proposal"]
    assert (source["title"], source["author"], source["publisher"]) == (coded["title"], coded["author"], "")
    assert (proposal["published"][0]["value"], proposal["published"][0]["order"]) == (coded["published"], "day_first")
    assert source["published"] == coded["published"]
    assert "publisher" not in proposal
    assert source["text"] == (material / "seed/article.txt").read_text(encoding="utf-8")


def test_its_seventeen_claims_make_a_pattern_that_leaves_as_a_bundle_anyone_can_check(
    onrecord, material, coded, tmp_path
) -> None:
    article = onrecord("source", "capture", material / "seed/article.txt", "--confirm")["id"]
    text = onrecord("source", "read", article)["text"]
    pattern = onrecord("pattern", "new", "Property and removal", "--code", coded["coding"]["patterns"][0])["id"]
    places = spans(text, coded)
    for sentence in coded["sentences"]:
        for claim in sentence["claims"]:
            start, end = places[sentence["text_ref"]]
            words = ["claim", "code", article, "--passage", f"{start}:{end}", "--kind", claim["kind"], "--on", pattern]
            words += [word for value in values(claim) for word in ("--value", value)]
            words += ["--by", claim["attributed_to"]] if claim["attributed_to"] else []
            onrecord(*words, "--manner", claim["manner"])

    shown = onrecord("pattern", "show", pattern)
    made = onrecord("bundle", "make", pattern, "--basis", "public_source", "-o", tmp_path / "bundle")

    origin = coded["coding"]["attribution"][0]["source"]
    by = Counter(claim["by"][0] if claim["by"] else "nobody" for claim in shown["claims"])
    said_by_the_origin = [count for name, count in by.items() if name.startswith(origin)]
    assert (len(shown["claims"]), said_by_the_origin, by["nobody"], len(by)) == (17, [11], 5, 3)
    assert all(claim["passage"]["quote"] == text[slice(*_span(claim))] for claim in shown["claims"])
    assert onrecord("case", "list")["items"] == []
    assert (made["claims"], made["left_out"]) == (17, [])
    assert onrecord("bundle", "verify", tmp_path / "bundle")["whole"]
    checked = subprocess.run(["sh", tmp_path / "bundle/verify.sh"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    assert onrecord("ledger", "redraw", "--check")["items"] == []
    assert onrecord("ledger", "audit")["whole"]


def _span(claim: dict[str, Any]) -> Span:
    return claim["passage"]["start"], claim["passage"]["end"]


def test_a_pattern_takes_no_victim_and_no_act(onrecord, invented) -> None:
    article = onrecord("source", "capture", invented / "seed/article.txt", "--confirm")["id"]
    pattern = onrecord("pattern", "new", "Construction sites")["id"]
    coding = ["claim", "code", article, "--passage", "0:4", "--kind", "act"]

    refused = onrecord(*coding, "--on", pattern, "--victim", "new:person", code=2)
    onrecord(*coding, "--on", "new:act", "--victim", "new:person", code=2)

    assert "neither a victim nor an act" in refused["error"]
    assert onrecord("pattern", "show", pattern)["claims"] == []
    assert onrecord("case", "list")["items"] == []


def test_two_retellings_and_their_origin_are_one_origin(onrecord, material) -> None:
    files = {"00": material / "seed/article.txt", "01": material / "cases/01.txt", "02": material / "cases/02.txt"}
    sources = {name: onrecord("source", "capture", path)["id"] for name, path in files.items()}

    for name in ("00", "02"):
        relations = json.loads((material / f"cases/{name}.json").read_text(encoding="utf-8"))["coding"]["relations"]
        for relation in relations:
            if relation["to"] in sources:
                onrecord("source", "relate", sources[name], relation["kind"], sources[relation["to"]])

    links = [Relation(link.source, link.relation, link.other) for link in SourceLink.objects.all()]
    derived = {(link.source, link.to) for link in links if link.kind == "derived_from"}
    assert derived == {(sources["00"], sources["01"]), (sources["02"], sources["01"])}
    assert count_origins([Origin(source) for source in sources.values()], links) == 1
    assert onrecord("ledger", "redraw", "--check")["items"] == []
