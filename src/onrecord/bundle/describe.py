"""Describe a bundle: to people in READ-ME-FIRST.html, to archives in RO-Crate 1.1 metadata rooted in data/.

Both repeat what the signed entries and tables say; neither proves anything by itself.
"""

import html
from collections.abc import Mapping
from importlib.resources import files
from string import Template

from onrecord.bundle.bag import PAYLOAD, Written
from onrecord.bundle.content import Content
from onrecord.ground.clock import Clock, day_of
from onrecord.ground.text import visible

CRATE_NAME = "data/ro-crate-metadata.json"
_CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
# Our own files; a guess from the machine's list of types would differ between machines.
_OURS = {"csv": "text/csv", "json": "application/json", "txt": "text/plain"}
_TERMS = "Handed over for the purpose and on the bases named in the bundle, and for nothing else."


def read_me_first(content: Content, clock: Clock) -> bytes:
    """Return the page for one bundle. It names the bundle by its identifier, never the case by its words."""
    template = Template(files("onrecord.bundle.carried").joinpath("read_me_first.html").read_text(encoding="utf-8"))
    filled = {
        "bundle": content.bundle,
        "made_on": day_of(clock.now()).isoformat(),
        "purpose": content.purpose,
        "bases": ", ".join(content.bases),
        "exhibits": str(len(content.exhibits)),
        "claims": str(len(content.claims)),
        "entries": str(sum(content.counts.values())),
        "withheld": str(len(content.withheld)),
        "left_out": str(len(content.left_out)),
    }
    return template.substitute({name: html.escape(visible(text)) for name, text in filled.items()}).encode()


def crate(
    content: Content, payload: Mapping[str, Written], *, published: str, media_types: Mapping[str, str]
) -> object:
    """Return the metadata of a payload; `media_types` names those of the exhibits by path."""
    names = sorted(name for name in payload if name != CRATE_NAME)
    files = [_file(name, payload[name], media_types.get(name)) for name in names]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Bundle {content.bundle}",
        "description": "Exhibits, the claims coded from them, and the ledger entries that prove their custody.",
        "identifier": content.bundle,
        "datePublished": published,
        "license": {"@id": "#terms"},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    terms = {"@id": "#terms", "@type": "CreativeWork", "name": "Terms of this bundle", "description": _TERMS}
    return {"@context": _CONTEXT, "@graph": [about, root, terms, *files]}


def _file(name: str, written: Written, media_type: str | None) -> dict[str, object]:
    return {
        "@id": name.removeprefix(PAYLOAD),
        "@type": "File",
        "name": name.rpartition("/")[2],
        "contentSize": str(written.size_bytes),
        "encodingFormat": media_type or _OURS.get(name.rpartition(".")[2], "application/octet-stream"),
        "sha256": written.sha256,
    }
