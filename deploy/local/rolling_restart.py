"""Replaces the processes of a running deployment one by one. Called by `deploy/rolling-restart.sh`.

A process is told to stop and hands over what it has; the supervisor starts it again, and the next one's turn comes when
all are ready: the others may have to find the new one first. Others of its kind must be there meanwhile, or people wait.
The first that fails ends everything: the rest go on as they were.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from processes import all_processes
from settings import ROOT, recall_settings
from supervisor import Failure, is_running, say

STOP_SECONDS_MAX = 60  # longer than handing over may take


def main():
    parser = argparse.ArgumentParser(prog="deploy/rolling-restart.sh", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="as redis, o1, nginx, g1; without any, all in this order")
    parser.add_argument("--data-dir", type=Path, default=Path(os.environ.get("VIVA_DATA_DIR", ROOT / ".data")))
    parser.add_argument("--ready-seconds", type=float, default=30, help="how long a process may take to get ready (30)")
    arguments = parser.parse_args()
    try:
        roll(arguments.data_dir.absolute(), arguments.names, arguments.ready_seconds)
    except Failure as failure:
        sys.exit(f"viva: {failure}")


def roll(data_dir, names, ready_seconds):
    if not is_running(data_dir):
        raise Failure(f"no deployment runs on {data_dir}")
    # The order of the start fits: connections that nginx's old workers still hold end when the gateways' turn comes.
    processes = all_processes(recall_settings(data_dir))
    if unknown := set(names) - {process.name for process in processes}:
        raise Failure(f"there is no {' or '.join(sorted(unknown))}; there are {' '.join(p.name for p in processes)}")
    started = time.monotonic()
    chosen = [process for process in processes if not names or process.name in names]
    for process in chosen:
        say(f"replacing {process.name}")
        seconds = replace(process, processes, data_dir, ready_seconds)
        say(f"{process.name} was replaced in {seconds:.1f} s")
    say(f"{len(chosen)} processes were replaced in {time.monotonic() - started:.1f} s")


def replace(process, processes, data_dir, ready_seconds):
    started = time.monotonic()
    pid_path = data_dir / f"run/{process.name}.pid"
    log = data_dir / f"logs/{process.name}.log"
    pid = read_pid(pid_path)
    if pid is None:
        raise Failure(f"{process.name} does not run; see {log}")
    if process.kind == "nginx":
        reload_nginx(pid, ready_seconds, log)
    else:
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: read_pid(pid_path) != pid, STOP_SECONDS_MAX, f"{process.name} did not stop; see {log}")
    complaint = f"{process.name} did not get ready; see {log}"
    wait_until(lambda: read_pid(pid_path) and process.is_ready(), ready_seconds, complaint)
    for other in processes:
        wait_until(other.is_ready, ready_seconds, f"{other.name} did not find {process.name} again; see its log")
    return time.monotonic() - started


def reload_nginx(pid, ready_seconds, log):
    """Exchanges its workers, which do all the work. Old ones serve the connections they have until these end."""
    before = children(pid)
    os.kill(pid, signal.SIGHUP)
    complaint = f"nginx kept its workers and its configuration; see {log}"
    wait_until(lambda: children(pid) - before, ready_seconds, complaint)


def children(pid):
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def read_pid(path):
    try:
        return int(path.read_text())
    except (FileNotFoundError, ValueError):
        return None


def wait_until(condition, seconds, complaint):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(complaint)
        time.sleep(0.02)


if __name__ == "__main__":
    main()
