"""`make chaos`: breaks a deployment for some minutes and says what became of it. 1 if anything was lost or doubled."""

import argparse
import asyncio
import os
import random
import shutil
import sys
import time

from chaos.report import report
from chaos.run import Load, Run
from chaos.schedule import QUICK, SLOW
from viva.deployment import ROOT


def arguments():
    everything = {fault.__name__: fault for fault in QUICK + SLOW}
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("MINUTES", 10)))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", random.randrange(1 << 32))))
    parser.add_argument("--rooms", type=int, default=Load.rooms)
    parser.add_argument("--edits-per-second", type=float, default=Load.edits_per_second, help="of each typist")
    parser.add_argument("--gateways", type=int, default=Load.gateways)
    parser.add_argument("--owners", type=int, default=Load.owners)
    parser.add_argument("--directory", default=ROOT / ".build/chaos", help="for Redis files and logs, kept until the next run")
    parser.add_argument("--faults", nargs="+", choices=everything, default=list(everything), metavar="FAULT", help=", ".join(everything))
    chosen = parser.parse_args()
    chosen.faults = [everything[name] for name in chosen.faults]
    return chosen


def main():
    chosen = arguments()
    started = time.monotonic()
    load = Load(chosen.rooms, chosen.edits_per_second, chosen.gateways, chosen.owners)


    def say(line):
        print(f"{time.monotonic() - started:6.1f} s  {line}", flush=True)

    shutil.rmtree(chosen.directory, ignore_errors=True)
    run = Run(chosen.seed, load, chosen.faults, 60 * chosen.minutes, directory=chosen.directory, say=say)
    print(f"seed {chosen.seed}", flush=True)
    verdict = asyncio.run(run.play())
    print(*report(run, verdict), sep="\n")
    sys.exit(not verdict.is_good)


main()
