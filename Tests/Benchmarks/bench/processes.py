"""Processes of a benchmark, and what the kernel says they used."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

START_SECONDS_MAX = 30


class Process:
    def __init__(self, name, command, directory, **environment):
        self.name = name
        self.output = open(Path(directory) / f"{name}.log", "wb")
        self.popen = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **{key: str(value) for key, value in environment.items()}},
        )

    def stop(self):
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait()
        self.output.close()

    @property
    def cpu_seconds(self):
        """What all its threads have run, to the nanosecond; /proc/<pid>/stat counts in hundredths."""
        threads = Path(f"/proc/{self.popen.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    @property
    def resident_bytes(self):
        status = Path(f"/proc/{self.popen.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def wait_for_port(port, process):
    """Until somebody listens there."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.popen.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.name} does not listen on {port}; see {process.output.name}")
        time.sleep(0.05)


class Redis(Process):
    """As `make run` starts it: append-only, written out every second."""

    def __init__(self, root, port, directory):
        configuration = root / "deploy/local/redis.conf"
        super().__init__("redis", ["redis-server", configuration, "--port", port, "--dir", directory], directory)
        wait_for_port(port, self)
