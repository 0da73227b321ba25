"""What may never be committed: a registry's address, a machine's paths, a package without its hash."""

import json
import re

from rules.tree import ROOT, name_of, tracked

# Written in pieces, so that this file does not hold what it forbids.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
HOME = "ro" + "ot"
MACHINE_PATHS = [re.compile(rf"(?<![\w./-])/{folder}/\w") for folder in ("wo" + "rk", "fa" + "rm", HOME, "home")]


def test_no_file_names_a_registry() -> None:
    found = [(name_of(path), host) for path in tracked() for host in REGISTRIES if host.encode() in path.read_bytes()]

    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        (name_of(path), match.group())
        for path in tracked()
        if b"\0" not in path.read_bytes()
        for pattern in MACHINE_PATHS
        for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


def test_every_locked_python_package_carries_its_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        packages = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())

        assert [package for package in packages if not re.match(r"[\w.\[\]-]+==\S+ ", package)] == [], path.name
        assert [package for package in packages if "--hash=sha256:" not in package] == [], path.name


def test_every_locked_node_package_carries_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
