#!/bin/bash
# Puts what deploy/backup.sh copied into the data directory of a Redis that does not run and has nothing:
#   deploy/restore.sh FILE DIRECTORY
# Redis, with its append-only file on as in deploy/local/redis.conf, starts from it. Which user Redis is, it has to be told: chown
# the directory afterwards.
set -euo pipefail
[[ $# -eq 2 ]] || { echo "usage: $0 FILE DIRECTORY" >&2; exit 2; }
file=$1 directory=$2 log=$2/appendonlydir

fail() {
    echo "restore: $1" >&2
    exit 1
}

[[ ! -e $log ]] || fail "$log is there already; move it away, so that nothing is lost if this was the wrong directory"
redis-check-rdb "$file" >/dev/null 2>&1 || fail "$file is no whole copy"
umask 077
mkdir -p "$log"
# What the append-only file begins with is such a copy; commands that follow come into a file of their own.
cp "$file" "$log/appendonly.aof.1.base.rdb"
echo 'file appendonly.aof.1.base.rdb seq 1 type b' >"$log/appendonly.aof.manifest"
echo "restore: Redis starts with it in $directory"
