#!/bin/bash
# Whether a deployment does what it is there for, asked from outside: deploy/smoke-test.sh https://viva.example
# Says each thing that holds, and ends with 1 and one line at the first that does not. It leaves nothing behind. Where
# creating a session needs a key, VIVA_API_KEY has to hold it. Needs curl, and Python with python-socketio and aiohttp for
# people who join; without these it says what it could not try.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
[[ $# -eq 1 ]] || { echo "usage: $0 URL" >&2; exit 2; }
url=${1%/}
directory=$(mktemp -d)
session=''
token=''

holds() {
    echo "smoke: $1"
}

fail() {
    echo "smoke: FAILED at $url: $1" >&2
    exit 1
}

# Whatever happened, the session goes.
clean_up() {
    [[ -z $session ]] || curl -sS -o /dev/null --max-time 10 -X DELETE -H "Authorization: Bearer $token" "$url$session" || true
    rm -rf "$directory"
}
trap clean_up EXIT

# One request: leaves its status in $status, headers and body in files.
ask() {
    local path=$1
    shift
    status=$(curl -sS --max-time 10 -o "$directory/body" -D "$directory/headers" -w '%{http_code}' "$@" "$url$path" 2>"$directory/error") ||
        fail "$path: $(tr '\n' ' ' <"$directory/error")"
}

expect() {
    local wanted=$1 path=$2
    shift 2
    ask "$path" "$@"
    [[ $status == "$wanted" ]] || fail "$path answers $status instead of $wanted: $(head -c 300 "$directory/body")"
}

has_header() {
    grep -qiE "^$1: *$2" "$directory/headers" || fail "$3 comes without the header $1 ($2)"
}

# The value of a member of the last body: all names in it are different.
member() {
    grep -oP "\"$1\":\s*\"\K[^\"]+" "$directory/body" || fail "the answer has no \"$1\": $(head -c 300 "$directory/body")"
}

check_headers() {
    has_header X-Content-Type-Options nosniff "$1"
    has_header Referrer-Policy no-referrer "$1"
    has_header Content-Security-Policy "default-src 'none'" "$1"
    has_header Cross-Origin-Opener-Policy same-origin "$1"
    has_header Permissions-Policy '.*camera=\(\)' "$1"
    # Our nginx says it where it ends TLS. Where a platform does, it is for the platform to say.
    if [[ $url == https:* ]] && grep -qiE '^Server: *nginx' "$directory/headers"; then
        has_header Strict-Transport-Security 'max-age=[1-9]' "$1"
    fi
}

expect 200 /api/health
holds "it runs, version $(member version)"
expect 200 /api/ready
holds "it is ready"
check_headers /api/ready

expect 200 /
grep -q '<script' "$directory/body" || fail "/ is no page: $(head -c 200 "$directory/body")"
check_headers "the page"
asset=$(grep -oP '(src|href)="\K/assets/[^"]+\.js' "$directory/body" | head -1)
expect 200 "$asset"
has_header Cache-Control '.*immutable' "$asset"
holds "the page and its script are there, with their headers"
expect 404 /metrics
holds "metrics are not for the outside"

key=()
[[ -z ${VIVA_API_KEY:-} ]] || key=(-H "Authorization: Bearer $VIVA_API_KEY")
expect 201 /api/sessions -X POST "${key[@]}" -H 'Content-Type: application/json' -d '{"title":"smoke test","text":"hello"}'
session=/api/sessions/$(member id)
token=$(member interviewer | sed 's/.*#//')
candidate=$(member candidate | sed 's/.*#//')
[[ $(member interviewer) == "$url"/s/* ]] || echo "smoke: careful: links begin with $(member interviewer | sed 's|/s/.*||'), which is not $url"
expect 200 "$session" -H "Authorization: Bearer $token"
[[ $(member text) == hello ]] || fail "the session's text is not what it was created with"
expect 401 "$session" -H "Authorization: Bearer ${token%?}"
holds "a session was created and read, and not without its token"

python=$here/../.tools/venv/bin/python
[[ -x $python ]] || python=python3
if "$python" -c 'import socketio, aiohttp' 2>/dev/null; then
    "$python" -B "$here/smoke-test-clients.py" "$url" "$token" "$candidate" >"$directory/said" 2>&1 ||
        fail "$(tail -1 "$directory/said")"
    holds "$(tail -1 "$directory/said")"
    expect 200 "$session" -H "Authorization: Bearer $token"
    [[ $(member text) == "hello from both" ]] || fail "what was typed is not in the session: $(member text)"
else
    echo "smoke: not tried: people who join, as python-socketio or aiohttp is missing"
fi

expect 204 "$session" -X DELETE -H "Authorization: Bearer $token"
expect 404 "$session" -H "Authorization: Bearer $token"
session=
holds "the session was deleted"
holds "passed"
