"""One file holds every bound; what else names one says the same."""

import re

import pytest

from viva.contracts import ASYNCAPI, OPENAPI, ROOT


def limits():
    """`Room.documentLengthMax` → its number, as Limits.swift has it."""
    found, group = {}, None
    for line in (ROOT / "Sources/RoomModel/Limits.swift").read_text().splitlines():
        if match := re.match(r"    package enum (\w+)", line):
            group = match[1]
        if match := re.match(r"        package static let (\w+) = ([\d_ <]+)$", line):
            number, _, shift = match[2].replace("_", "").partition("<<")
            found[f"{group}.{match[1]}"] = int(number) << int(shift or 0)
    return found


LIMITS = limits()
NGINX = (ROOT / "nginx.conf").read_text()


def table_for_operators():
    rows = re.findall(r"^\| `(\w+\.\w+)` \| ([\d ]+)(KiB|MiB|GiB)?", (ROOT / "deploy/BOUNDS.md").read_text(), re.MULTILINE)
    units = {"": 0, "KiB": 10, "MiB": 20, "GiB": 30}
    return {name: int(number.replace(" ", "")) << units[unit] for name, number, unit in rows}


def test_every_constant_was_understood():
    text = (ROOT / "Sources/RoomModel/Limits.swift").read_text()
    assert len(LIMITS) == text.count("package static let") > 40


def test_every_bound_has_a_reason():
    text = (ROOT / "Sources/RoomModel/Limits.swift").read_text()
    # Those of one kind share a comment; none stands at the beginning of its group without one.
    assert not re.search(r"package enum \w+ \{\n\s+package static let", text)


def test_operators_read_every_bound_as_it_is():
    assert table_for_operators() == LIMITS


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        (OPENAPI["components"]["schemas"]["Title"]["maxLength"], "Room.titleLengthMax"),
        (OPENAPI["components"]["schemas"]["Text"]["maxLength"], "Room.documentLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Name"]["maxLength"], "Room.nameLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Snapshot"]["properties"]["text"]["maxLength"], "Room.documentLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Note"]["properties"]["text"]["maxLength"], "Room.noteLengthMax"),
        (ASYNCAPI["components"]["schemas"]["WriteNote"]["properties"]["text"]["maxLength"], "Room.noteLengthMax"),
        (OPENAPI["components"]["schemas"]["Note"]["properties"]["text"]["maxLength"], "Room.noteLengthMax"),
        (ASYNCAPI["components"]["schemas"]["RoundTrip"]["maximum"], "Socket.roundTripMillisecondsMax"),
        (ASYNCAPI["components"]["schemas"]["Color"]["maximum"] + 1, "Room.colors"),
        (ASYNCAPI["components"]["schemas"]["Title"]["maxLength"], "Room.titleLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Chat"]["maxLength"], "Room.chatLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Timer"]["properties"]["remaining"]["maximum"], "Room.timerMillisecondsMax"),
        (OPENAPI["components"]["schemas"]["Timer"]["properties"]["remaining"]["maximum"], "Room.timerMillisecondsMax"),
        (ASYNCAPI["components"]["schemas"]["PasteReport"]["properties"]["length"]["maximum"], "Room.documentLengthMax"),
        (ASYNCAPI["components"]["schemas"]["Snapshot"]["properties"]["events"]["maxItems"], "Room.journalCommitsMax"),
        (OPENAPI["components"]["schemas"]["Session"]["properties"]["events"]["maxItems"], "Room.journalCommitsMax"),
    ],
)
def test_the_contracts_say_the_same(said, bound):
    assert said == LIMITS[bound]


def test_the_examples_of_a_welcome_say_the_same():
    for example in ASYNCAPI["components"]["messages"]["welcome"]["examples"]:
        assert example["payload"]["limits"] == {
            "documentLengthMax": LIMITS["Room.documentLengthMax"],
            "nameLengthMax": LIMITS["Room.nameLengthMax"],
            "selectionsMax": LIMITS["Socket.selectionsMax"],
            "editsPerSecond": LIMITS["Socket.proposalsPerSecond"],
        }


@pytest.mark.parametrize(
    ("pattern", "bound"),
    [
        (r"location /api/ \{[^}]*client_max_body_size (\d+)m;", "HTTP.bodyBytesMax"),
        (r"large_client_header_buffers 4 (\d+)k;", "HTTP.headerFieldBytesMax"),
        (r"client_header_timeout (\d+)s;", "HTTP.headTimeoutSeconds"),
        (r"limit_conn connections (\d+);", "Address.connectionsMax"),
        (r"zone=api_requests:10m rate=(\d+)r/s;", "Address.requestsPerSecond"),
        (r"zone=socket_requests:10m rate=(\d+)r/s;", "Address.pollsPerSecond"),
        (r"zone=socket_requests burst=(\d+) nodelay;", "Address.pollsBurst"),
        (r"zone=api_requests burst=(\d+) nodelay;", "Address.requestsBurst"),
    ],
)
def test_nginx_says_the_same(pattern, bound):
    unit = {"m;": 20, "k;": 10}.get(pattern[-2:], 0)
    assert {int(number) << unit for number in re.findall(pattern, NGINX)} == {LIMITS[bound]}


def test_nginx_lets_a_whole_message_through():
    (megabytes,) = re.findall(r"location /socket\.io/ \{[^}]*client_max_body_size (\d+)m;", NGINX)
    assert int(megabytes) << 20 >= LIMITS["Socket.messageBytesMax"]


def test_nginx_closes_unused_connections_first():
    (seconds,) = re.findall(r"keepalive_timeout (\d+)s;", NGINX)
    assert int(seconds) < LIMITS["HTTP.idleTimeoutSeconds"]
