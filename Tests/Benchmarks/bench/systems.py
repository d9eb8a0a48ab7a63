"""The systems under comparison. Each is Redis and two processes that people connect to; Viva has two owners besides."""

import http.client
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.processes import Process, Redis, wait_for_port

ROOT = Path(__file__).resolve().parents[3]
PEERS = ROOT / "Tests/Benchmarks/Peers"
SECRET = "a secret of thirty-two bytes or more, for benchmarks"


class System:
    """Started anew for each measurement, in a directory of its own; used as a context."""

    #: What the generator has to speak.
    dialect = "relay"

    def __init__(self, first_port, gateways=2):
        self.redis_port = first_port
        self.ports = [first_port + 1 + index for index in range(gateways)]
        self.processes = []

    def __enter__(self):
        #: Logs and what Redis writes; gone with the context.
        self.directory = Path(tempfile.mkdtemp(prefix="viva-bench-"))
        try:
            self.redis = self.run(Redis(ROOT, self.redis_port, self.directory))
            self.start()
            for port, process in zip(self.ports, self.gateways):
                wait_for_port(port, process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.stop()
        shutil.rmtree(self.directory)

    def run(self, process):
        self.processes.append(process)
        return process

    @property
    def cpu_seconds(self):
        return {process.name: process.cpu_seconds for process in self.processes}

    @property
    def gateway_bytes(self):
        return sum(process.resident_bytes for process in self.gateways)

    def tokens(self, rooms, persons):
        """One for each person, those of a room together."""
        return [f"room{room}" for room in range(rooms) for _ in range(persons)]


class Viva(System):
    name = "viva"
    dialect = "viva"

    def __init__(self, first_port, gateways=2, owners=2, executable=None):
        super().__init__(first_port, gateways)
        self.owner_count = owners
        self.executable = executable or ROOT / ".build/release/viva"

    def start(self):
        common = {
            "VIVA_REDIS_URL": f"redis://127.0.0.1:{self.redis_port}",
            "VIVA_INTERNAL_PORT": 0,
            "VIVA_LOG_LEVEL": "warning",
        }
        self.owners = [
            self.run(Process(f"owner{index}", [self.executable, "owner"], self.directory, VIVA_NAME=f"o{index}", **common))
            for index in range(self.owner_count)
        ]
        self.gateways = [
            self.run(
                Process(
                    f"gateway{index}",
                    [self.executable, "gateway"],
                    self.directory,
                    VIVA_NAME=f"g{index}",
                    VIVA_PORT=port,
                    VIVA_SECRET=SECRET,
                    VIVA_WEB_DIR=ROOT / ".build/web",
                    **common,
                )
            )
            for index, port in enumerate(self.ports)
        ]

    def tokens(self, rooms, persons):
        """Creates the rooms; interviewers and candidates take turns."""
        tokens = []
        api = http.client.HTTPConnection("127.0.0.1", self.ports[0])
        for _ in range(rooms):
            links = self.create(api)
            pair = [links[role].split("#")[1] for role in ("interviewer", "candidate")]
            tokens += [pair[index % 2] for index in range(persons)]
        api.close()
        return tokens

    @staticmethod
    def create(api):
        deadline = time.monotonic() + 10
        while True:
            api.request("POST", "/api/sessions", body="{}", headers={"Content-Type": "application/json"})
            answer = api.getresponse()
            body = answer.read()
            if answer.status == 201:
                return json.loads(body)["links"]
            if answer.status != 503 or time.monotonic() > deadline:
                raise RuntimeError(f"no session: {answer.status} {body!r}")
            time.sleep(0.1)  # Its connection to Redis is still being made.


class Relay(System):
    """Node with `ws` and `redis`: the least that anyone could do."""

    name = "relay"

    def start(self):
        self.gateways = [
            self.run(
                Process(
                    f"relay{index}",
                    ["node", PEERS / "relay.js", port, self.redis_port],
                    self.directory,
                    NODE_PATH="/usr/share/nodejs",
                    NODE_ENV="production",
                )
            )
            for index, port in enumerate(self.ports)
        ]


class PythonSocketIO(System):
    name = "python-socketio"

    def start(self):
        self.gateways = [
            self.run(
                Process(
                    f"python{index}",
                    [sys.executable, PEERS / "socketio_rooms.py", port, self.redis_port],
                    self.directory,
                )
            )
            for index, port in enumerate(self.ports)
        ]
