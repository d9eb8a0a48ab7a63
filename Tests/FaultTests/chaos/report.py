"""What a run showed, as plain text."""

from collections import defaultdict

from chaos.waits import first_wait, longest_wait, time_to_resume

# What is promised, in milliseconds: kind → (what is measured, percentile, bound).
BARS = {
    "owner killed": ("next", 99, 250),
    "owner hung": ("next", 99, 3000),
    "gateway killed": ("resumed", 99, 2000),
    "owner stopped": ("longest", 99, 100),
    "gateway stopped": ("longest", 99, 100),
}
MEASURES = {"next": first_wait, "longest": longest_wait, "resumed": time_to_resume}
SHOWN = {"next": (50, 90, 99, 100), "longest": (99, 100), "resumed": (50, 99, 100)}


def percentile(values, percent):
    """The smallest value that so many of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def milliseconds(incidents, measure):
    waits = (measure(group, incident) for incident in incidents for group in incident.groups)
    return [1000 * wait for wait in waits if wait is not None]


def report(run, verdict):
    yield from load(run, verdict)
    yield ""
    yield from table(run.stage.incidents)
    yield ""
    yield from bars(run.stage.incidents)
    yield from judgement(verdict)


def load(run, verdict):
    waits = [1000 * (saved - typed) for browser in run.stage.browsers for typed, saved in browser.waits]
    faults = len(run.stage.incidents)
    kinds = len({incident.kind for incident in run.stage.incidents})
    yield f"seed {run.seed}: {len(run.stage.rooms)} rooms, {len(run.stage.browsers)} browsers, {run.seconds:.0f} s, {faults} faults of {kinds} kinds"
    yield (
        f"{verdict.saved} edits acknowledged, {verdict.saved / run.seconds:.0f} a second; from the key to the acknowledgement "
        f"p50 {percentile(waits, 50):.0f} ms, p90 {percentile(waits, 90):.0f} ms, faults included"
    )


def table(incidents):
    """Where a fault lasts as long as the schedule wants (*), waiting counts from its end."""
    by_kind = defaultdict(list)
    for incident in incidents:
        by_kind[incident.kind].append(incident)
    yield f"{'':31}{'next acknowledged edit, ms':^32}{'longest wait':^16}{'back online, ms':^24}"
    yield f"{'fault':22} {'faults':>6}" + "".join(
        f"{'max' if percent == 100 else f'p{percent}':>8}" for name in SHOWN for percent in SHOWN[name]
    )
    for kind, of_kind in sorted(by_kind.items()):
        yield row(kind + "*" * any(incident.is_lifted for incident in of_kind), of_kind)


def row(kind, incidents):
    cells = [f"{kind:22} {len(incidents):6}"]
    for name, percents in SHOWN.items():
        values = milliseconds(incidents, MEASURES[name])
        cells += [f"{percentile(values, percent):8.0f}" if values else f"{'–':>8}" for percent in percents]
    return "".join(cells)


def bars(incidents):
    for kind, (name, percent, bound) in BARS.items():
        values = milliseconds([incident for incident in incidents if incident.kind == kind], MEASURES[name])
        if values:
            value = percentile(values, percent)
            verdict = "met" if value < bound else "MISSED"
            yield f"bar {verdict:6}  {kind}: {name} p{percent} {value:.0f} ms of {bound} ms, {len(values)} measured"


def judgement(verdict):
    for what, findings in (("lost", verdict.lost), ("doubled", verdict.doubled), ("broken", verdict.violations)):
        yield f"{what} {len(findings)}"
        yield from (f"  {finding[:500]}" for finding in findings[:20])
