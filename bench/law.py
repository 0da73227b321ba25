"""Measure assessments of the full law on one core, and show where the time goes.

    python bench/law.py [--rounds 5] [--seconds 4]

Every worked scenario is assessed in turn, gaps included, so that what is measured is what the desk shows. Rates are by
processor time of this one process: on a machine that others share, the clock on the wall measures the others.
"""

import argparse
import cProfile
import pstats
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time

from onrecord.law.assess import assess
from onrecord.law.facts_file import read_facts
from onrecord.law.load import load_law
from onrecord.law.model import Facts, Law
from onrecord.words.strict_yaml import read_data_file

SCENARIOS = Path(__file__).parents[1] / "tests" / "vectors" / "law" / "scenarios.yaml"
BUDGET_A_MINUTE, BUDGET_MS = 10_000, 50
PROFILED, SHOWN = 200, 12


def people() -> list[Facts]:
    """Return the facts of every worked scenario."""
    text = SCENARIOS.read_text(encoding="utf-8")
    return [read_facts(text, scenario=one["id"]) for one in read_data_file(SCENARIOS).values["scenarios"]]


def one_round(law: Law, everybody: list[Facts], seconds: float) -> tuple[float, float]:
    """Return assessments a minute of processor time, and the slowest one in milliseconds of it."""
    done, slowest, began = 0, 0.0, process_time()
    for facts in cycle(everybody):
        at = process_time()
        assess(facts, law)
        slowest = max(slowest, process_time() - at)
        done += 1
        if process_time() - began >= seconds:
            break
    return done / (process_time() - began) * 60, slowest * 1000


def profile(law: Law, everybody: list[Facts]) -> None:
    """Print the functions in which most of the time goes."""
    watching = cProfile.Profile()
    watching.enable()
    for facts in islice(cycle(everybody), PROFILED):
        assess(facts, law)
    watching.disable()
    pstats.Stats(watching).strip_dirs().sort_stats("tottime").print_stats(SHOWN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    began = process_time()
    law = load_law()
    print(f"law {law.version} {law.sha256[:16]}, read in {process_time() - began:.2f} s of processor time")
    everybody = people()
    rounds = [one_round(law, everybody, options.seconds) for _ in range(options.rounds)]
    rate, slowest = median(rate for rate, _ in rounds), median(slowest for _, slowest in rounds)
    verdict = "met" if rate >= BUDGET_A_MINUTE else "MISSED"
    print(f"| assessments a minute, one core | {rate:,.0f} | {BUDGET_A_MINUTE:,} {verdict} |")
    print(f"| slowest person of a round | {slowest:.1f} ms | {BUDGET_MS} ms |")
    profile(law, everybody)


if __name__ == "__main__":
    main()
