"""Where the time goes: samples of the gateway, the owner and Redis by category, and system calls per edit."""

import re
import shutil
import signal
import subprocess
import time

#: The first that fits a sample's library and symbol. Swift's symbols carry their module: $s7NIOCore….
CATEGORIES = [
    ("kernel: TCP", r"^\[kernel\S* .*(tcp|skb|inet|ip_|sock|__local_bh|net_rx|dev_|loopback|datagram|copy_(to|from)_iter|qdisc)"),
    ("kernel: waking, switching, interrupts", r"^\[kernel\S* .*(task_switch|spin_unlock|sched|wake|futex|exit_to_user|rseq|softirq|ttwu)"),
    ("kernel: other system calls", r"^\[kernel"),
    ("reference counting", r"swift_(retain|release|bridgeObject|weak|unowned|isUniquely)|RefCount"),
    ("exclusivity checks", r"swift_(begin|end)Access|AccessSet"),
    ("casts and generic metadata", r"ynamicCast|tryCast|etadata|getAssociatedType|getWitness|conformsTo"),
    ("memory", r"malloc|free|calloc|memmove|memcpy|memset|swift_alloc|swift_slow|dealloc|je_|ensureAvailable"),
    ("JSON", r"\$s8JSONText"),
    ("operations and document", r"\$s20OperationalTransform"),
    ("messages between processes", r"\$s10WireFormat"),
    ("Redis client", r"\$s5Redis|libhiredis|CHiredis|viva_reply"),
    ("Socket.IO, rooms", r"\$s(8SocketIO|14SocketIOServer|7Gateway|9Ownership|9RoomModel|12Coordination|18EventLoopIsolation)"),
    ("NIO", r"\$s(7NIOCore|8NIOPosix|12NIOWebSocket|19_NIODataStructures|11_NIOBase64)"),
    ("strings and collections", r"libswiftCore|\$sS|\$ss"),
    ("the rest", r""),
]
SAMPLES_PER_SECOND = 2_000


def is_possible():
    return shutil.which("perf") and shutil.which("strace")


def sample(process, directory, seconds):
    """Begins to sample a process; the result is for `shares`."""
    path = directory / f"{process.name}.perf"
    command = ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(SAMPLES_PER_SECOND), "-p", str(process.popen.pid)]
    popen = subprocess.Popen(
        [*command, "-o", path, "--", "sleep", str(seconds)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return path, popen


def shares(sampling):
    """The share of each category, from 0 to 1."""
    path, popen = sampling
    popen.wait()
    command = ["perf", "report", "-i", path, "--no-children", "-g", "none", "--sort", "dso,symbol", "-F", "overhead,dso,symbol"]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    found = {name: 0.0 for name, _ in CATEGORIES}
    for line in lines:
        if match := re.match(r"\s*([\d.]+)%\s+(.*)", line):
            percent, place = float(match[1]), " ".join(match[2].split())
            name = next(name for name, pattern in CATEGORIES if re.search(pattern, place))
            found[name] += percent / 100
    return found


def system_calls(process, directory, seconds):
    """Calls a second by name; tracing slows the process down, so only their proportions are right."""
    path = directory / f"{process.name}.strace"
    tracer = subprocess.Popen(
        ["strace", "-c", "-f", "-p", str(process.popen.pid), "-o", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    tracer.send_signal(signal.SIGINT)
    tracer.wait()
    calls = {}
    for line in path.read_text().splitlines():
        fields = line.split()
        if len(fields) >= 5 and re.fullmatch(r"[\d.]+", fields[0]) and fields[-1] != "total":
            calls[fields[-1]] = int(fields[3])
    return calls
