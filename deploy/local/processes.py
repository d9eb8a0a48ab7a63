"""What a local deployment consists of, in the order in which it starts."""

import os
import secrets
import shutil
import signal
import socket
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path

from nginx import write_nginx_configuration
from settings import ROOT
from supervisor import Failure, Process


def all_processes(settings):
    secret = make_secret(settings.data_dir / "secret")
    common = {"VIVA_SECRET_FILE": str(secret), "VIVA_REDIS_URL": f"redis://127.0.0.1:{settings.redis_port}"}
    return [
        redis(settings),
        *(owner(settings, common, index) for index in range(settings.owners)),
        nginx(settings),
        *(gateway(settings, common, index) for index in range(settings.gateways)),
    ]


def all_ports(settings):
    """Port → (the setting that moves it, the address it is wanted on)."""
    ports = {
        settings.http_port: ("http_port", settings.http_address),
        settings.redis_port: ("redis_port", "127.0.0.1"),
    }
    for setting, count in (
        ("gateway_port", settings.gateways),
        ("gateway_internal_port", settings.gateways),
        ("owner_internal_port", settings.owners),
    ):
        first = getattr(settings, setting)
        ports |= {port: (setting, "127.0.0.1") for port in range(first, first + count)}
    return ports


def redis(settings):
    directory = settings.data_dir / "redis"
    directory.mkdir(exist_ok=True)
    command = [program("redis-server"), str(ROOT / "deploy/local/redis.conf")]
    command += ["--port", str(settings.redis_port), "--dir", str(directory)]
    return Process(
        name="redis",
        kind="redis",
        command=command,
        is_ready=lambda: redis_answers(settings.redis_port),
        orphan_signal=signal.SIGTERM,
    )


def owner(settings, common, index):
    port = settings.owner_internal_port + index
    return Process(
        name=f"o{index + 1}",
        kind="owner",
        command=[settings.executable, "owner"],
        environment={**common, "VIVA_NAME": f"o{index + 1}", "VIVA_INTERNAL_PORT": str(port)},
        is_ready=lambda: says_ready(f"http://127.0.0.1:{port}"),
    )


def nginx(settings):
    configuration = write_nginx_configuration(settings)
    return Process(
        name="nginx",
        kind="nginx",
        command=[program("nginx"), "-c", str(configuration), "-e", "stderr"],
        is_ready=lambda: accepts(settings.http_port),
        orphan_signal=signal.SIGTERM,
    )


def gateway(settings, common, index):
    port = settings.gateway_port + index
    environment = {
        **common,
        "VIVA_NAME": f"g{index + 1}",
        "VIVA_PORT": str(port),
        "VIVA_INTERNAL_PORT": str(settings.gateway_internal_port + index),
        "VIVA_PUBLIC_URL": settings.public_url,
        "VIVA_WEB_DIR": str(settings.web_dir),
        "VIVA_UNLIMITED": settings.unlimited,
    }
    if settings.api_key:
        environment["VIVA_API_KEY"] = settings.api_key
    return Process(
        name=f"g{index + 1}",
        kind="gateway",
        command=[settings.executable, "gateway"],
        environment=environment,
        is_ready=lambda: says_ready(f"http://127.0.0.1:{port}"),
    )


def make_secret(path: Path):
    """Makes the deployment's secret once: every link that was handed out depends on it."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path


def program(name):
    """Where a program is. Debian keeps nginx where only root's PATH leads."""
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/local/sbin:/usr/sbin")
    if not path:
        raise Failure(f"{name} is not installed; run without --no-install")
    return path


def check_before_start(settings):
    """Finds what would fail a moment later, while it can still be told in one line."""
    if not os.access(settings.executable, os.X_OK):
        raise Failure(f"there is no server at {settings.executable}; run without --no-build")
    if not (settings.web_dir / "index.html").exists():
        raise Failure(f"there is no page in {settings.web_dir}; run without --no-build")
    for port, (setting, address) in all_ports(settings).items():
        if not becomes_free(address, port):
            raise Failure(f"port {port} is in use; set VIVA_{setting.upper()} to another")


def becomes_free(address, port, seconds=5):
    """Whether a port is free, or soon: a deployment that was killed a moment ago is still letting go."""
    deadline = time.monotonic() + seconds
    while not is_free(address, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def is_free(address, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            return True
        except OSError:
            return False


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def redis_answers(port):
    """Accepting is not enough: while it reads its file back Redis answers -LOADING."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def says_ready(url):
    # Asked over loopback only, where a certificate's name cannot fit.
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(f"{url}/api/ready", timeout=2, context=context) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False
