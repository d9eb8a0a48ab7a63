#!/bin/bash
# Copies everything Redis holds as it is at one moment, while people go on typing: deploy/backup.sh redis://127.0.0.1:6379 FILE
# The copy travels over Redis' own protocol, so this may run anywhere that reaches it (REDISCLI_AUTH holds a password). Who has
# it can read every interview; without VIVA_SECRET, which is kept elsewhere, links to restored sessions are no good.
set -euo pipefail
[[ $# -eq 2 ]] || { echo "usage: $0 REDIS_URL FILE" >&2; exit 2; }
url=$1 file=$2

fail() {
    echo "backup: $1" >&2
    exit 1
}

umask 077
partial=$(mktemp "$file.XXXXXX")
trap 'rm -f "$partial"' EXIT
said=$(redis-cli -u "$url" --no-auth-warning --rdb "$partial" 2>&1) || fail "Redis at ${url##*@} gives no copy: $(tail -1 <<<"$said")"
redis-check-rdb "$partial" >/dev/null || fail "the copy is not whole"
mv "$partial" "$file"
trap - EXIT
echo "backup: $(stat -c %s "$file") bytes in $file"
