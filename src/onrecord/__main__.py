"""Run the command line with `python -m onrecord`."""

from onrecord.cli.app import main

main()
