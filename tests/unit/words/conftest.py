"""A small invented codebook, written to a folder so that one line of it can be spoiled."""

from collections.abc import Callable
from pathlib import Path

import pytest

INDEX = """\
schema: codebook/1
version: "9.0.0"
universal:
  other: {label: {en: "Other"}, def: "None fits."}
  unknown: {label: {en: "Not known"}, def: "Looked for."}
files: [weather]
"""

WEATHER = """\
schema: codebook/1
version: "9.0.0"
vocabularies:
  sky:
    about: "What falls from it."
    mode: manner
    terms:
      water:
        label: {en: "Water", uk: "вода", uz: "suv"}
        def: "Anything wet."
      rain:
        label: {en: "Rain"}
        def: "Drops."
        parent: water
        modes: [felt]
      drizzle:
        label: {en: "Drizzle"}
        def: "Small drops."
        parent: rain
      frogs:
        label: {en: "Frogs"}
        def: "An old word."
        deprecated: true
  manner:
    about: "How it was known."
    terms:
      felt:
        label: {en: "Felt"}
        def: "On the skin."
      heard:
        label: {en: "Heard"}
        def: "On the roof."
"""

WriteCodebook = Callable[..., Path]


@pytest.fixture
def write_codebook(tmp_path: Path) -> WriteCodebook:
    def write(old: str = "", new: str = "") -> Path:
        assert old in WEATHER
        (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
        (tmp_path / "weather.yaml").write_text(WEATHER.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return write
