"""Renders the top-level nginx.conf for this machine. By itself it takes the settings of `deploy/local/run`, and says what it wrote."""

import os
import re
import sys

from settings import ROOT, read_settings


def write_nginx_configuration(settings):
    directory = settings.data_dir / "nginx"
    for needed in directory / "temp", settings.data_dir / "logs":
        needed.mkdir(parents=True, exist_ok=True)
    path = directory / "nginx.conf"
    path.write_text(render((ROOT / "nginx.conf").read_text(), values(settings)))
    return path


def render(template, values):
    """Puts a value for each `@name@`. A name without a value is a mistake in the template."""
    return re.sub(r"@(\w+)@", lambda match: values[match[1]], template)


def values(settings):
    return {
        # As root the workers would become `nobody`, who may not read this checkout.
        "main": "user root;" if os.geteuid() == 0 else "",
        "temp": str(settings.data_dir / "nginx/temp"),
        "access_log": str(settings.data_dir / "logs/access.log"),
        "web": str(settings.web_dir),
        "listen": listen(settings),
        "security_policy": security_policy(),
        "unlimited": lines(f"{network} 0;" for network in settings.unlimited.split()),
        "gateways": known_gateways(settings),
    }


def known_gateways(settings):
    gateways = [(f"g{index + 1}", settings.gateway_port + index) for index in range(settings.gateways)]
    return fragment(
        "known-gateways",
        servers=lines(f"server 127.0.0.1:{port} max_fails=3 fail_timeout=2s;" for _, port in gateways),
        socket_servers=lines(f"server 127.0.0.1:{port} max_fails=0;" for _, port in gateways),
        servers_by_name=lines(rf"~^{name}\. 127.0.0.1:{port};" for name, port in gateways),
    )


def listen(settings):
    address = f"{settings.http_address}:{settings.http_port}"
    if not settings.tls_certificate:
        return f"listen {address};"
    files = {"certificate": os.path.abspath(settings.tls_certificate), "key": os.path.abspath(settings.tls_key)}
    return f"listen {address} ssl http2;\n" + fragment("tls", **files)


def fragment(name, **values):
    """A part of nginx.conf that not every deployment has."""
    return render((ROOT / f"deploy/nginx/{name}.conf").read_text(), values).rstrip()


def security_policy():
    """The page's Content-Security-Policy, which stands beside the page; lines there are for people."""
    return " ".join((ROOT / "Sources/Web/security-policy.txt").read_text().split())


def lines(items):
    return "\n        ".join(items)


if __name__ == "__main__":
    print(write_nginx_configuration(read_settings(sys.argv[1:])))
