"""What stands in RESULTS.md: the bars first, then every figure."""

import platform
import statistics
import subprocess
from datetime import datetime
from pathlib import Path

from bench.figures import ratios, spread

BUSY = "typing in 500 rooms"


def bars(figures):
    """Rows of: figure, values, unit, bar, aim, and whether more or less is better."""
    value = figures.values
    over_relay = lambda work, name: ratios(value(work, "viva", name), value(work, "relay", name))
    crowded = ratios(value("many open rooms", "viva", "net_cpu_per_edit"), value("100 open rooms", "viva", "net_cpu_per_edit"))
    rooms = (value("many open rooms", "viva", "rooms") or [10_000])[0]
    taken = (value("takeover", "viva", "rooms") or [2_000])[0]
    kilobytes = [used / 1000 for used in value("10000 idle connections", "viva", "bytes_per_connection")]
    megabytes = [size / 1e6 for size in value("page", "viva", "transferred_bytes")]
    return [
        ("CPU per edit at 5,000 edits/s, over the relay's", over_relay(BUSY, "cpu_per_edit"), "", 0.8, 0.5, "at most"),
        ("arrival p99 at 5,000 edits/s", value(BUSY, "viva", "arrival_p99"), "ms", 5, 3, "at most"),
        ("saturation, over the relay's", over_relay("saturation", "edits_per_second"), "", 1.2, 2, "at least"),
        ("memory per idle connection, 10,000 of them", kilobytes, "kB", 10, 6, "at most"),
        ("last of 200 receivers, p99", value("one room of 200", "viva", "last_arrival_p99"), "ms", 5, None, "at most"),
        (f"cost per edit, {rooms:,} open rooms over 100", crowded, "", 1.1, None, "at most"),
        (f"an owner of {taken:,.0f} rooms killed: the longest wait", value("takeover", "viva", "arrival_max"), "ms", None, None, ""),
        ("trace replay, 259,778 patches", value("trace replay", "viva", "replace_ms"), "ms", 30, 15, "at most"),
        ("commits a second, one room", value("commits in one room", "viva", "commits_per_second"), "", None, None, ""),
        ("commits a second, 200 rooms", value("commits in 200 rooms", "viva", "commits_per_second"), "", None, None, ""),
        ("page, first paint, cold", value("page", "viva", "first_paint_seconds"), "s", None, None, ""),
        ("page ready to type, cold", value("page", "viva", "cold_seconds"), "s", 1.5, None, "at most"),
        ("page ready to type, from cache", value("page", "viva", "cached_seconds"), "s", 0.6, None, "at most"),
        ("page, bytes over the wire", megabytes, "MB", 1.3, None, "at most"),
        ("page, p99 between frames while 20 people type", value("page", "viva", "frame_p99_ms"), "ms", None, None, ""),
        ("page, tasks over 50 ms while 20 people type", value("page", "viva", "long_task_ms_per_second"), "ms a second", None, None, ""),
    ]


def verdict(values, bar, aim, sense):
    if not values or bar is None:
        return ""
    median = statistics.median(values)
    meets = (lambda bound: median <= bound) if sense == "at most" else (lambda bound: median >= bound)
    if aim is not None and meets(aim):
        return "met, and the aim"
    return "met" if meets(bar) else "**missed**"


def bar_table(figures):
    lines = ["| figure | measured | bar | aim | |", "|---|---|---|---|---|"]
    for name, values, unit, bar, aim, sense in bars(figures):
        bar_text = f"{sense} {bar} {unit}".strip() if bar is not None else "report"
        aim_text = f"{aim} {unit}".strip() if aim is not None else ""
        measured = f"{spread(values)} {unit}".strip()
        lines.append(f"| {name} | {measured} | {bar_text} | {aim_text} | {verdict(values, bar, aim, sense)} |")
    return lines


def work_tables(figures):
    for work, systems in figures.works.items():
        names = list(dict.fromkeys(name for values in systems.values() for name in values))
        yield f"\n### {work[0].upper()}{work[1:]}\n"
        yield "| | " + " | ".join(systems) + " |"
        yield "|---|" + "---|" * len(systems)
        for name in names:
            cells = (spread(values.get(name, [])) for values in systems.values())
            yield f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |"


def machine():
    processor = next(
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    )
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    said = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.strip().splitlines()[0]
    redis = said("redis-server", "--version").split("v=")[1].split()[0]
    return (
        f"{cores} cores of {processor}, {memory:.0f} GB, Linux {platform.release()}; Node {said('node', '--version')}, "
        f"Redis {redis}, Python {platform.python_version()}"
    )


def markdown(figures, load):
    """`load` is the machine's before the run: what else was going on is part of the result."""
    return "\n".join(
        [
            "# Results of `make bench`",
            "",
            "Written by `make bench`; what the figures mean, where the time goes and what follows from it is in [README.md](README.md).",
            f"Measured on {datetime.now():%Y-%m-%d %H:%M}, {machine()}; load before the run: {load:.2f}"
            + (" — **the machine was not quiet**." if load > 0.5 else "."),
            "Medians, with ranges in parentheses; CPU in microseconds of all processes of a system, latencies in milliseconds.",
            "",
            *bar_table(figures),
            *work_tables(figures),
            "",
        ]
    )
