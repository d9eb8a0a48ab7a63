"""Runs Viva on this machine until it is told to stop. Called by `deploy/local/run`."""

import resource
import sys

from processes import all_processes, check_before_start, says_ready
from settings import read_settings, remember_settings
from supervisor import Failure, Stopped, Supervisor, hold, say


def main():
    settings = read_settings(sys.argv[1:])
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with hold(settings.data_dir):
            check_before_start(settings)
            remember_settings(settings)
            raise_descriptor_limit()
            run(settings)
    except Failure as failure:
        sys.exit(f"viva: {failure}")


def run(settings):
    supervisor = Supervisor(all_processes(settings), settings.data_dir, settings.stop_seconds)
    try:
        supervisor.start_all()
        through_nginx = local_url(settings)
        supervisor.wait_until(lambda: says_ready(through_nginx), f"{through_nginx}/api/ready does not say yes")
        say(f"ready at {settings.public_url}")
        say(f"logs are in {supervisor.log_dir}; Ctrl-C stops everything")
        supervisor.watch()
    except Stopped:
        say("stopping")
    finally:
        supervisor.stop_all()


def local_url(settings):
    scheme = "https" if settings.tls_certificate else "http"
    return f"{scheme}://127.0.0.1:{settings.http_port}"


def raise_descriptor_limit():
    """A connection costs nginx two descriptors and a gateway one; the usual soft limit of 1024 is soon reached."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    main()
