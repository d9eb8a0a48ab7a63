"""The generator: simulated people in a process of their own, driven line by line."""

import json
import subprocess
import tempfile
from dataclasses import dataclass

from bench.systems import ROOT

TYPISTS = ROOT / ".build/release/typists"


@dataclass
class Typed:
    """What came of a while of typing."""

    figures: dict
    #: Seconds of processor time by process, of the system under test.
    cpu: dict
    seconds: float

    @property
    def edits(self):
        """Those that reached everybody in the time in which the processor was watched."""
        return self.figures["delivered"]

    @property
    def microseconds(self):
        """Processor time of an edit, by kind of process: both gateways count as one."""
        kinds = {}
        for name, seconds in self.cpu.items():
            kind = name.rstrip("0123456789")
            kinds[kind] = kinds.get(kind, 0) + 1e6 * seconds / max(1, self.edits)
        return kinds

    @property
    def is_complete(self):
        """Everybody got everything, and agrees."""
        return not any(self.figures[name] for name in ("unfinished", "disagreeing_rooms", "lost", "refused"))


class People:
    """In their rooms until the context ends."""

    def __init__(self, system, rooms, persons=2):
        self.system = system
        self.tokens = tempfile.NamedTemporaryFile("w", suffix=".tokens")
        self.tokens.write("\n".join(system.tokens(rooms, persons)))
        self.tokens.flush()
        self.persons = persons

    def __enter__(self):
        ports = ",".join(map(str, self.system.ports))
        self.process = subprocess.Popen(
            [TYPISTS, "--dialect", self.system.dialect, "--ports", ports, "--tokens", self.tokens.name]
            + ["--persons-per-room", str(self.persons)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.entering = json.loads(self.line())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.tokens.close()

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the generator ended: {self.process.wait()}")
        return line

    def type(self, rooms, rate, seconds, typists=2, warm_up=2, meanwhile=lambda: None):
        """The first rooms' typists type so many edits a second each; `meanwhile` is called when they have warmed up."""
        self.process.stdin.write(f"type {rooms} {typists} {rate} {warm_up} {seconds}\n")
        self.process.stdin.flush()
        assert self.line() == "begin\n"
        before = self.system.cpu_seconds
        meanwhile()
        assert self.line() == "end\n"
        after = self.system.cpu_seconds
        cpu = {name: after[name] - before[name] for name in after}
        return Typed(json.loads(self.line()), cpu, seconds)
