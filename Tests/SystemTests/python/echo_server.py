"""Starts `socketio-echo` on a free port. Builds nothing: SOCKETIO_ECHO names another executable than
the debug build's."""

import contextlib
import os
import pathlib
import socket
import subprocess
import time

from viva.deployment import free_ports

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXECUTABLE = os.environ.get("SOCKETIO_ECHO", str(ROOT / ".build/debug/socketio-echo"))
WAIT_SECONDS = 60
# Times that no slow machine runs into; without them the program has those of conformance suites.
PATIENT = ["--ping-interval", "25000", "--ping-timeout", "20000", "--connect-timeout", "45000", "--answer-timeout", "20000"]
# It pings often and is patient; it gives up whoever is silent; it waits for no answer.
ASKING = [*PATIENT, "--ping-interval", "300"]
STRICT = ["--ping-interval", "300", "--ping-timeout", "3000", "--connect-timeout", "3000"]
HASTY = [*PATIENT, "--answer-timeout", "300"]


@contextlib.contextmanager
def echo_server(*flags, port=None):
    """Yields the URL, `http://127.0.0.1:<port>`."""
    port = port or free_ports()
    server = subprocess.Popen([EXECUTABLE, "--port", str(port), *flags], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(WAIT_SECONDS)


def _wait_for(port, server):
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not listen"
            time.sleep(0.02)
