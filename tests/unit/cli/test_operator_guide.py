"""What the operator's guide writes into files of other programs goes with the program that it is written for."""

import re
import shlex
from typing import Any

import typer

from conftest import REPOSITORY
from onrecord.cli.door.commands import app

GUIDE = (REPOSITORY / "docs" / "guide" / "operator.md").read_text(encoding="utf-8")


def block(holding: str) -> str:
    (found,) = [each for each in re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL) if holding in each]
    return found


def parsed(command: str) -> dict[str, Any]:
    """Read a command as the command line would, and do nothing."""
    serve = typer.main.get_command(app).get_command(None, "serve")  # type: ignore[attr-defined]
    return dict(serve.make_context("serve", shlex.split(command)).params)


def test_the_service_starts_a_door_as_it_can_be_started() -> None:
    command = block("ExecStart=").replace("\\\n", " ").partition("onrecord door serve ")[2].partition("\n")[0]

    options = parsed(command)

    assert (options["host"], options["port"]) == ("0.0.0.0", 443)
    assert options["certificate"] and options["key"]
    assert f"ReadWritePaths={options['spool']}\n" in block("ExecStart=")


def test_tor_leads_to_the_port_where_a_door_listens_if_nobody_says_otherwise() -> None:
    options = parsed("--config for-the-door --spool spool")

    assert f"HiddenServicePort 80 {options['host']}:{options['port']}\n" in block("HiddenServicePort")
