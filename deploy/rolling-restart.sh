#!/bin/bash
# Replaces every process of the deployment that `make run` started, one by one, while people go on working: after a new
# build, for instance. `deploy/rolling-restart.sh o1 g2` replaces only those; `--help` tells the rest.
set -euo pipefail
exec python3 -B "$(dirname "$(readlink -f "$0")")/local/rolling_restart.py" "$@"
