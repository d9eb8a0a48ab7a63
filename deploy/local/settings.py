"""Every setting of a local deployment: one list, read once.

A setting comes from its flag (`--http-port 9000`), else from the environment (`VIVA_HTTP_PORT=9000`), else
from its default.
"""

import argparse
import json
import os
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]

# name, default, meaning. The environment calls `http_port` VIVA_HTTP_PORT, the command line --http-port.
SETTINGS = [
    ("http_address", "127.0.0.1", "where nginx listens; 0.0.0.0 for every interface"),
    ("http_port", 8080, "the port people open"),
    ("public_url", "", "how links begin; empty: http(s)://localhost:<http port>"),
    ("tls_certificate", "", "a PEM chain; with it and tls_key nginx speaks TLS"),
    ("tls_key", "", "its private key"),
    ("gateways", 2, "how many gateways"),
    ("owners", 2, "how many owners"),
    ("gateway_port", 8081, "the first gateway's port; the others follow"),
    ("gateway_internal_port", 9081, "the same for its metrics and health"),
    ("owner_internal_port", 9091, "the same for owners"),
    ("redis_port", 6380, "a Redis of its own, so not 6379"),
    ("data_dir", str(ROOT / ".data"), "Redis files, logs, pid files, the secret"),
    ("web_dir", str(ROOT / ".build/web"), "the built page"),
    ("executable", str(ROOT / ".build/release/viva"), "the built server"),
    ("api_key", "", "if set, creating a session needs it"),
    ("unlimited", "127.0.0.0/8 ::1/128", "addresses that the limits of nginx and gateways leave alone"),
    ("stop_seconds", 10, "how long a process may take to stop before it is killed"),
]


def read_settings(arguments):
    parser = argparse.ArgumentParser(prog="deploy/local/run", description="Runs Viva on this machine.")
    parser.add_argument("--no-install", action="store_true", help="do not look for missing packages")
    parser.add_argument("--no-build", action="store_true", help="run what is built already")
    for name, default, meaning in SETTINGS:
        value = os.environ.get(f"VIVA_{name.upper()}", default)
        flag = "--" + name.replace("_", "-")
        parser.add_argument(flag, default=value, type=type(default), metavar="…", help=f"{meaning} ({default})")
    settings = SimpleNamespace(**vars(parser.parse_args(arguments)))
    settings.data_dir = Path(settings.data_dir).absolute()
    settings.web_dir = Path(settings.web_dir).absolute()
    scheme = "https" if settings.tls_certificate else "http"
    settings.public_url = settings.public_url or f"{scheme}://localhost:{settings.http_port}"
    return settings


def remember_settings(settings):
    """Writes them down for whoever has to do with the deployment while it runs."""
    values = {name: getattr(settings, name) for name, _, _ in SETTINGS}
    (settings.data_dir / "settings.json").write_text(json.dumps(values, default=str, indent=2) + "\n")


def recall_settings(data_dir):
    settings = SimpleNamespace(**json.loads((data_dir / "settings.json").read_text()))
    settings.data_dir, settings.web_dir = data_dir, Path(settings.web_dir)
    return settings
