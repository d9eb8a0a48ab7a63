"""Starts processes in order, starts again what crashes, stops everything, leaves nothing behind.

One thread that waits for signals: SIGCHLD says that a process ended, SIGINT, SIGTERM and SIGHUP that all shall.
"""

import contextlib
import ctypes
import fcntl
import itertools
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
WATCHED = STOPPING | {signal.SIGCHLD}
START_SECONDS_MAX = 30
BACKOFF_SECONDS_MIN = 0.1
BACKOFF_SECONDS_MAX = 5
HEALTHY_SECONDS = 10  # after so long a crash counts as the first again

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """Something that ends the deployment, told to people in one line."""


class Stopped(Exception):
    """Somebody asked the deployment to stop."""


@dataclass
class Process:
    name: str
    kind: str  # processes of one kind start and stop together
    command: list
    is_ready: Callable
    environment: dict = field(default_factory=dict)
    # What the kernel sends it should the supervisor be killed. nginx and Redis get a SIGTERM: nginx's workers outlive a killed master.
    orphan_signal: signal.Signals = signal.SIGKILL
    child: subprocess.Popen | None = None
    started_at: float = 0
    restart_at: float | None = None
    backoff_seconds: float = BACKOFF_SECONDS_MIN


def say(line):
    print(f"viva: {line}", flush=True)


@contextlib.contextmanager
def hold(data_dir):
    """Two deployments on one directory would share Redis files. The kernel lets go of the lock when this process ends."""
    with open(data_dir / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"another deployment runs on {data_dir}") from None
        yield


def is_running(data_dir):
    if not (data_dir / "lock").exists():
        return False
    try:
        with hold(data_dir):
            return False
    except Failure:
        return True


class Supervisor:
    def __init__(self, processes, data_dir: Path, stop_seconds):
        self.processes = processes
        self.stop_seconds = stop_seconds
        self.run_dir = data_dir / "run"
        self.log_dir = data_dir / "logs"
        for directory in (self.run_dir, self.log_dir):
            directory.mkdir(parents=True, exist_ok=True)
        for process in processes:
            self.keep_last_log(process)
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)

    def start_all(self):
        for _, group in itertools.groupby(self.processes, key=lambda process: process.kind):
            group = list(group)
            for process in group:
                self.start(process)
            for process in group:
                self.wait_until(process.is_ready, f"{process.name} did not get ready; see {self.log_path(process)}")

    def watch(self):
        """Starts again what ends, until somebody asks to stop."""
        while True:
            self.wait(self.seconds_to_next_restart())
            for process in self.ended():
                self.plan_restart(process)
            for process in self.due():
                self.start(process)

    def stop_all(self):
        """Stops in the reverse order: each kind may still use what was started before it."""
        for _, group in itertools.groupby(reversed(self.processes), key=lambda process: process.kind):
            living = [process for process in group if process.child]
            for process in living:
                process.child.terminate()
            deadline = time.monotonic() + self.stop_seconds
            for process in living:
                self.reap(process, deadline)

    def wait_until(self, condition, complaint):
        """Waits for a condition while nothing crashes: in a start a crash is no accident but a fault to tell."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while not condition():
            self.wait(0.05)
            for process in self.ended():
                raise Failure(f"{process.name} {self.how_it_ended(process)} while starting: {self.last_words(process)}")
            if time.monotonic() > deadline:
                raise Failure(complaint)

    # Waiting

    def wait(self, seconds):
        """Returns when a process ended or the time is over."""
        received = signal.sigtimedwait(WATCHED, seconds)
        if received and received.si_signo in STOPPING:
            raise Stopped()

    def seconds_to_next_restart(self):
        planned = [process.restart_at for process in self.processes if process.restart_at]
        return max(0, min(planned) - time.monotonic()) if planned else 3600

    def ended(self):
        return [process for process in self.processes if process.child and process.child.poll() is not None]

    def due(self):
        now = time.monotonic()
        return [process for process in self.processes if process.restart_at and process.restart_at <= now]

    # One process

    def start(self, process):
        supervisor = os.getpid()
        with open(self.log_path(process), "ab") as log:
            process.child = subprocess.Popen(
                process.command,
                env={**os.environ, **process.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A session of its own: Ctrl-C reaches the supervisor alone, which then stops all in order.
                start_new_session=True,
                preexec_fn=lambda: die_with(supervisor, process.orphan_signal),
            )
        process.started_at = time.monotonic()
        process.restart_at = None
        self.pid_path(process).write_text(f"{process.child.pid}\n")

    def plan_restart(self, process):
        now = time.monotonic()
        if now - process.started_at > HEALTHY_SECONDS:
            process.backoff_seconds = BACKOFF_SECONDS_MIN
        say(f"{process.name} {self.how_it_ended(process)}; starts again in {process.backoff_seconds:g} s")
        self.sweep(process)
        process.restart_at = now + process.backoff_seconds
        process.backoff_seconds = min(process.backoff_seconds * 2, BACKOFF_SECONDS_MAX)

    def reap(self, process, deadline):
        """Waits for a process to stop; who asks a second time does not want to wait."""
        while process.child.poll() is None and time.monotonic() < deadline:
            try:
                self.wait(deadline - time.monotonic())
            except Stopped:
                deadline = 0
        if process.child.poll() is None:
            say(f"{process.name} took too long to stop; killed")
            process.child.kill()
            process.child.wait()
        self.sweep(process)

    def sweep(self, process):
        """Forgets a process that ended, and ends what it left behind, as nginx's workers."""
        try:
            os.killpg(process.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.pid_path(process).unlink(missing_ok=True)
        process.child = None

    def how_it_ended(self, process):
        code = process.child.returncode
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"

    # Files

    def pid_path(self, process):
        return self.run_dir / f"{process.name}.pid"

    def log_path(self, process):
        return self.log_dir / f"{process.name}.log"

    def keep_last_log(self, process):
        path = self.log_path(process)
        if path.exists():
            path.replace(path.with_suffix(".log.1"))

    def last_words(self, process):
        lines = self.log_path(process).read_text(errors="replace").splitlines()
        return f"{lines[-1] if lines else '(no output)'} ({self.log_path(process)})"


def die_with(supervisor, orphan_signal):
    """Runs in the child between fork and exec."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    libc.prctl(PR_SET_PDEATHSIG, orphan_signal)
    if os.getppid() != supervisor:  # it died before it could be watched
        os._exit(1)
