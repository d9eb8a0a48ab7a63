"""A whole deployment on free ports: Redis, owners, nginx, gateways, as `make run` starts them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PORTS_OF_A_DEPLOYMENT = 25
PORTS_OF_A_WORKER = 8 * PORTS_OF_A_DEPLOYMENT
# Each of pytest's workers has ports of its own, below those that the system gives to whoever connects: between two looks at
# a port nobody else takes it.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FIRST_PORT = int(os.environ.get("VIVA_TEST_PORT", 25000)) + WORKER * PORTS_OF_A_WORKER
START_SECONDS_MAX = 60
MEMORY = Path("/dev/shm")
MEMORY_BYTES_MIN = 1 << 30


class Deployment:
    def __init__(self, directory: Path, environment=None, **settings):
        base = free_ports()
        self.directory = directory
        self.environment = environment or {}
        self.url = f"http://127.0.0.1:{base}"
        self.redis_port = base + 1
        self.gateway_port = base + 5
        self.web_dir = Path(os.environ.get("VIVA_WEB_DIR", ROOT / ".build/web"))
        self.settings = {
            "data_dir": directory,
            "http_port": base,
            "public_url": self.url,
            "redis_port": self.redis_port,
            "gateway_port": self.gateway_port,
            "gateway_internal_port": base + 10,
            "owner_internal_port": base + 15,
            **settings,
        }
        self.supervisor = None
        self.memory = None

    def start(self):
        self.directory.mkdir(parents=True, exist_ok=True)
        self.keep_in_memory("redis", "logs")
        flags = [f"--{name.replace('_', '-')}={value}" for name, value in self.settings.items()]
        self.output = open(self.directory / "output", "wb")
        self.supervisor = subprocess.Popen(
            [ROOT / "deploy/local/run", "--no-install", "--no-build", *flags],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )
        self.wait(lambda: "ready at" in self.said, START_SECONDS_MAX, "the deployment is ready")
        return self

    def keep_in_memory(self, *names):
        """What tests show must not hang on the disk, where a flush may take seconds.

        Redis puts off writing meanwhile, and what it has not written is lost when it is killed; whoever writes
        a line of its log stands still. The files are there as long as this object is, which may be started again.
        """
        names = [name for name in names if not (self.directory / name).exists()]
        if not names or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < MEMORY_BYTES_MIN:
            return
        self.memory = tempfile.TemporaryDirectory(prefix="viva-", dir=MEMORY)
        for name in names:
            inside = Path(self.memory.name) / name
            inside.mkdir()
            (self.directory / name).symlink_to(inside)

    def stop(self):
        if self.supervisor.poll() is None:
            self.supervisor.terminate()
            self.supervisor.wait(60)
        self.output.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def said(self):
        return (self.directory / "output").read_text()

    def gateway_url(self, name):
        """A gateway's own address, past nginx."""
        return f"http://127.0.0.1:{self.gateway_port + int(name.removeprefix('g')) - 1}"

    def pid(self, name):
        """The process of that name, or nothing between its end and its next start."""
        try:
            return int((self.directory / f"run/{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def names(self):
        return sorted(path.stem for path in (self.directory / "run").glob("*.pid"))

    def kill(self, name, with_signal=signal.SIGKILL):
        """Returns whom it was sent to; a process that is just being started again is waited for."""

        def reached():
            with contextlib.suppress(ProcessLookupError):
                if pid := self.pid(name):
                    os.kill(pid, with_signal)
                    return pid

        return self.wait(reached, 30, f"{name} runs")

    def kill_and_wait(self, name, with_signal=signal.SIGKILL):
        """Until the supervisor has started the process again."""
        before = self.kill(name, with_signal)
        self.wait(lambda: self.pid(name) not in (None, before), 30, f"{name} is started again")

    def wait_for_gateways(self):
        """Until all that run are ready: each finds Redis again in its own time."""
        for name in self.names():
            if name.startswith("g"):
                self.wait(lambda url=self.gateway_url(name): is_ready(url), 60, f"{name} is ready")

    def redis(self, *command):
        command = ["redis-cli", "-p", str(self.redis_port), *command]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def log(self, name):
        return (self.directory / f"logs/{name}.log").read_text(errors="replace")

    def wait(self, condition, seconds, what):
        """Returns what came true. Blocks the caller's event loop too, which is harmless: nobody here serves."""
        deadline = time.monotonic() + seconds
        while not (result := condition()):
            if self.supervisor.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"waited for: {what}\n{self.said}")
            time.sleep(0.05)
        return result


def is_ready(url):
    """Whether a gateway takes people in."""
    try:
        with urllib.request.urlopen(f"{url}/api/ready", timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def free_ports():
    """The first of enough ports in a row, none of which is in use."""
    for base in range(FIRST_PORT, FIRST_PORT + PORTS_OF_A_WORKER, PORTS_OF_A_DEPLOYMENT):
        if all(is_free(port) for port in range(base, base + PORTS_OF_A_DEPLOYMENT)):
            return base
    raise RuntimeError(f"no free ports from {FIRST_PORT} on; set VIVA_TEST_PORT")


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False
