"""The works. Each yields figures: what was measured, of which system, and one value for each repetition.

Systems take turns within a repetition, so that whatever else the machine does meets all of them.
"""

import json
import re
import resource
import subprocess
import threading
import time

from bench import profile
from bench.people import People
from bench.systems import ROOT, PythonSocketIO, Relay, Viva

EDITS_PER_SECOND = 5
ARRIVAL_BOUND = 100  # milliseconds, at the 99th percentile: what "saturated" means
DESCRIPTORS_KEPT = 300  # for all that is no participant's connection


class Work:
    """What all works share: how often, how long, on which ports, and where figures go."""

    def __init__(self, figures, first_port, quick=False):
        self.figures = figures
        self.first_port = first_port
        self.repetitions = 1 if quick else 3
        self.seconds = 3 if quick else 8
        self.quick = quick

    def note(self, work, system, **values):
        for name, value in values.items():
            self.figures.add(work, system.name, name, value)
        shown = "  ".join(f"{name} {value:.4g}" for name, value in values.items() if value is not None)
        print(f"    {work:24} {system.name:16} {shown}", flush=True)

    def systems(self, *kinds):
        """Each system of a repetition, started and stopped; each gets a Redis of its own."""
        for _ in range(self.repetitions):
            for kind in kinds:
                with kind(self.first_port) as system:
                    yield system

    # The works, in the order in which they run.

    def typing(self):
        """Rooms of two typists, 5 edits per second each."""
        for rooms in (50, 200, 500):
            for system in self.systems(Viva, Relay, PythonSocketIO):
                # It is known to fall behind at a fifth of this, and then measures only its queues.
                if system.name == "python-socketio" and rooms == 500:
                    continue
                with People(system, rooms) as people:
                    typed = people.type(rooms, EDITS_PER_SECOND, self.seconds)
                self.note(f"typing in {rooms} rooms", system, **of(typed))

    def audience(self):
        """One room with 200 connections, of which two type."""
        for system in self.systems(Viva, Relay):
            with People(system, 1, persons=200) as people:
                typed = people.type(1, EDITS_PER_SECOND, self.seconds)
            self.note("one room of 200", system, **of(typed))

    def idle(self):
        """Connections that do nothing, in rooms of two, all at one gateway."""
        for count in (2_000,) if self.quick else (2_000, 10_000, connections(20_000)):
            for kind in (Viva, Relay):
                with kind(self.first_port, gateways=1) as system:
                    before = system.gateway_bytes
                    with People(system, count // 2) as people:
                        time.sleep(1 if self.quick else 5)
                        used = system.gateway_bytes - before
                        cpu = system.cpu_seconds
                        time.sleep(2 if self.quick else 10)
                        idle = sum(system.cpu_seconds.values()) - sum(cpu.values())
                    self.note(
                        f"{count} idle connections",
                        system,
                        bytes_per_connection=used / count,
                        connections_per_second=count / people.entering["seconds"],
                        cpu_percent=10 * idle * (5 if self.quick else 1),
                    )

    def saturation(self):
        """The highest rate at which arrival p99 stays under 100 ms, on 1,000 rooms."""
        rooms = 200 if self.quick else 1_000
        for system in self.systems(Viva, Relay):
            with People(system, rooms) as people:
                rate, reached = (2_000 if self.quick else 5_000), None
                while typed := self.endures(people, rooms, rate):
                    reached = typed
                    rate *= 1.15
            if reached:
                self.note("saturation", system, edits_per_second=reached.edits / reached.seconds, **of(reached))

    def endures(self, people, rooms, rate):
        typed = people.type(rooms, rate / (2 * rooms), 3 if self.quick else 5, warm_up=1)
        arrival = typed.figures.get("arrival_p99")
        return typed if typed.is_complete and arrival is not None and arrival < ARRIVAL_BOUND else None

    def open_rooms(self):
        """The same 100 rooms in which people type, alone and among 10,000 open ones."""
        many = 1_000 if self.quick else connections(20_000) // 2
        for _ in range(self.repetitions):
            for name, rooms in ("100 open rooms", 100), ("many open rooms", many):
                with Viva(self.first_port) as system, People(system, rooms) as people:
                    time.sleep(6)  # By then rooms nobody types in have written their snapshots.
                    idle = people.type(100, 0, self.seconds)
                    typed = people.type(100, EDITS_PER_SECOND, self.seconds)
                net = sum(typed.cpu.values()) - sum(idle.cpu.values())
                self.note(name, system, rooms=rooms, net_cpu_per_edit=1e6 * net / typed.edits, **of(typed))

    def takeover(self):
        """One of two owners is killed while somebody types in each of 4,000 rooms: the longest that an edit takes."""
        rooms = 400 if self.quick else 4_000
        for _ in range(self.repetitions):
            with Viva(self.first_port) as system, People(system, rooms) as people:
                kill = threading.Timer(1, system.owners[0].popen.kill)
                typed = people.type(rooms, 1 / EDITS_PER_SECOND, self.seconds, typists=1, meanwhile=kill.start)
            longest = {name: typed.figures[name] for name in ("arrival_p999", "arrival_max", "acknowledgement_max")}
            self.note("takeover", system, rooms=rooms / 2, **longest, incomplete=float(not typed.is_complete))

    def commits(self):
        """What goes through one owner and Redis, without gateways."""
        for _ in range(self.repetitions):
            for label, rooms, writers in (("one room", 1, 128), ("200 rooms", 200, 4)):
                with Viva(self.first_port, gateways=1, owners=1) as system:
                    url = f"redis://127.0.0.1:{system.redis_port}"
                    command = [ROOT / ".build/release/commit-rate", url, rooms, writers, self.seconds]
                    output = subprocess.run(map(str, command), capture_output=True, text=True, check=True).stdout
                self.note(f"commits in {label}", system, **json.loads(output))

    def profile(self):
        """Where the time goes at 5,000 edits/s: microseconds of an edit by category, system calls by kind."""
        if not profile.is_possible():
            return print("    needs perf (linux-perf) and strace")
        rooms = 50 if self.quick else 500
        with Viva(self.first_port) as system, People(system, rooms) as people:
            watched = [system.gateways[0], system.owners[0], system.redis]
            samplings = []

            def begin():
                samplings.extend(profile.sample(process, system.directory, self.seconds - 1) for process in watched)

            typed = people.type(rooms, EDITS_PER_SECOND, self.seconds, meanwhile=begin)
            for process, sampling in zip(watched, samplings):
                microseconds = 1e6 * typed.cpu[process.name] / typed.edits
                for category, share in profile.shares(sampling).items():
                    self.figures.add("where the time goes, µs per edit", process.name, category, share * microseconds)
                self.figures.add("where the time goes, µs per edit", process.name, "sum", microseconds)
            for process in watched:
                calls = {}
                traced = people.type(
                    rooms,
                    EDITS_PER_SECOND,
                    4,
                    meanwhile=lambda: calls.update(profile.system_calls(process, system.directory, 3)),
                )
                for name, count in calls.items():
                    per_edit = count / 3 / (traced.edits / traced.seconds)
                    if per_edit >= 0.01:
                        self.figures.add("system calls per edit", process.name, name, per_edit)

    def replay(self):
        """A history of 259,778 patches through the document, on one core."""
        for _ in range(self.repetitions):
            output = subprocess.run([ROOT / ".build/release/trace-replay"], capture_output=True, text=True, check=True).stdout
            found = dict(re.findall(r"automerge-paper (replace|apply) +([\d.]+) ms", output))
            self.note("trace replay", Viva, replace_ms=float(found["replace"]), apply_ms=float(found["apply"]))

    def page(self):
        """The page behind nginx, cold and from the browser's cache."""
        from bench.page import measure_page

        for _ in range(self.repetitions):
            self.note("page", Viva, **measure_page(self.first_port + 100))


def connections(wanted):
    """As many pairs as may be: the generator has a file open for each connection, and so has a gateway."""
    return min(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - DESCRIPTORS_KEPT) // 2 * 2


def of(typed):
    """The figures that every work with typists reports."""
    latencies = {
        name: typed.figures.get(name)
        for name in ("arrival_p50", "arrival_p99", "last_arrival_p99", "acknowledgement_p99", "lateness_p99")
    }
    parts = {f"cpu_{kind}": value for kind, value in typed.microseconds.items()}
    return {
        "cpu_per_edit": sum(typed.microseconds.values()),
        **parts,
        **latencies,
        "generator_cpu_percent": typed.figures["own_cpu_percent"],
        "incomplete": float(not typed.is_complete),
    }


ALL = ["typing", "audience", "idle", "saturation", "open_rooms", "takeover", "commits", "profile", "replay", "page"]
