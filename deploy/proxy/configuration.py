"""Writes the parts of nginx.conf for a container; deploy/proxy/start fills in the rest when it starts.

    configuration.py /etc/viva-proxy
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "local"))

from nginx import fragment, render, security_policy  # noqa: E402
from settings import ROOT  # noqa: E402

TEMPORARY = "/tmp/proxy"
VALUES = {
    "main": "",
    "temp": TEMPORARY,
    "access_log": "/dev/stdout",
    "web": "/usr/share/viva/web",
    "listen": f"include {TEMPORARY}/listen.conf;",
    "gateways": f"    include {TEMPORARY}/gateways.conf;",
    "unlimited": f"include {TEMPORARY}/unlimited.conf;",
}
# What only the start knows keeps its place, by its name.
OPEN = ["resolver", "gateways", "gateway_name", "behind_gateway"]


def main():
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    template = (ROOT / "nginx.conf").read_text()
    files = {
        "nginx.conf": render(template, {**VALUES, "security_policy": security_policy()}),
        "gateways.conf": fragment("found-gateways", **{name: f"@{name}@" for name in OPEN}),
        "tls.conf": fragment("tls", certificate="/run/tls/tls.crt", key="/run/tls/tls.key"),
    }
    for name, text in files.items():
        (directory / name).write_text(text.rstrip() + "\n")


if __name__ == "__main__":
    main()
