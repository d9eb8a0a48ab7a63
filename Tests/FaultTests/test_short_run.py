"""A short run of the fault harness: the kinds that take little time, once each."""

import os
import random

from chaos.report import report
from chaos.run import Load, Run
from chaos.schedule import QUICK

SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))


async def test_nothing_that_was_called_saved_is_lost_whatever_fails(tmp_path):
    run = Run(SEED, Load(), QUICK, seconds=0, directory=tmp_path, faults_min=len(QUICK))
    verdict = await run.play()
    print(*report(run, verdict), sep="\n")
    assert verdict.is_good
    assert verdict.saved > 0
    assert len(run.stage.incidents) >= len(QUICK)
