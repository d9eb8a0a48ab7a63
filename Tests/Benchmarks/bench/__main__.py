"""`make bench`, or a part of it: `make bench ONLY="typing idle"`, `make bench QUICK=1`."""

import argparse
import os
import resource
import sys
import time

from bench.figures import Figures
from bench.report import bar_table, markdown
from bench.systems import ROOT
from bench.works import ALL, Work


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("works", nargs="*", metavar="work", help=f"which: {', '.join(ALL)}; all if none is named")
    parser.add_argument("--quick", action="store_true", help="once and short: whether all of it works; RESULTS.md stays")
    parser.add_argument("--port", type=int, default=28100, help="the first of 150 free ports")
    arguments = parser.parse_args()
    if unknown := set(arguments.works) - set(ALL):
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(ALL)}")

    allow_many_connections()
    load = os.getloadavg()[0]
    kept = ROOT / f".build/bench/{'quick' if arguments.quick else 'figures'}.json"
    figures = Figures(kept)
    work = Work(figures, arguments.port, arguments.quick)
    started = time.monotonic()
    failed = []
    for name in arguments.works or ALL:
        print(f"{name}: {getattr(work, name).__doc__}", flush=True)
        try:
            getattr(work, name)()
        except RuntimeError as error:
            # The others' figures are worth having.
            failed.append(f"{name}: {error}")
        figures.save()
    print(f"\n{time.monotonic() - started:.0f} seconds\n")
    print("\n".join(bar_table(figures)))
    if not arguments.quick:
        (ROOT / "Tests/Benchmarks/RESULTS.md").write_text(markdown(figures, load))
    if failed:
        sys.exit("\n".join(failed))


def allow_many_connections():
    """For this process and those it starts: 20,000 connections are as many open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, soft), max(wanted, hard)))
    except (ValueError, PermissionError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


main()
