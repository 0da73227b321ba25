"""The first page says how to check and what is not shown; the metadata describes every file."""

import json
import re
from pathlib import Path

from unit.bundle.invented_docket import make_id


def test_the_first_page_says_to_use_ones_own_verifier_and_keys_from_elsewhere(bundle: Path):
    page = (bundle / "READ-ME-FIRST.html").read_text()

    assert "Do not run the verifier that lies in this folder" in page
    assert "<code>root.pem</code> in person" in page
    assert len(re.findall("<li>", page[page.index("<ol>") : page.index("</ol>")])) == 5
    assert "What it does not show" in page


def test_the_first_page_names_the_bundle_and_no_word_of_the_case(bundle: Path):
    page = (bundle / "READ-ME-FIRST.html").read_text()

    assert make_id("bundle") in page
    assert "Lantern" not in page
    assert "$" not in page


def test_the_first_page_asks_nothing_of_the_network_and_runs_nothing(bundle: Path):
    page = (bundle / "READ-ME-FIRST.html").read_text()

    assert not re.search(r"<script|<img|<link|src=|href=|url\(", page)


def test_the_metadata_is_a_crate_whose_parts_are_all_there(bundle: Path):
    graph = json.loads((bundle / "data/ro-crate-metadata.json").read_text())["@graph"]
    by_id = {thing["@id"]: thing for thing in graph}

    assert by_id["ro-crate-metadata.json"]["conformsTo"]["@id"].endswith("/crate/1.1")
    root = by_id["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    for part in root["hasPart"]:
        file = by_id[part["@id"]]
        assert (bundle / "data" / part["@id"]).stat().st_size == int(file["contentSize"])
