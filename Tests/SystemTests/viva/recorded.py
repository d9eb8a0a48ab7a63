"""A room as an earlier version left it in Redis, put into the Redis of a deployment of today."""

import base64
import hashlib
import hmac
import json
import secrets
import subprocess

from viva.deployment import ROOT
from viva.session import Session

ROLES = ("interviewer", "candidate", "observer")


class RecordedRoom:
    def __init__(self, version):
        path = ROOT / f"Tests/Data/recorded/{version}/room.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        self.meta = next(line["hash"] for line in lines if line["key"] == "meta")
        self.snapshot = next(line["string"] for line in lines if line["key"] == "snapshot")
        self.log = [line["fields"] for line in lines if line["key"] == "log"]

    def cut_before(self, kind):
        """The room as it was before the last commit of that kind."""
        place = max(place for place, fields in enumerate(self.log) if kind in json.loads(fields[1]))
        self.log = self.log[:place]

    def append(self, change, *fields):
        """A commit as some version writes it, with whatever fields beside it."""
        commit = {"revision": len(self.log) + 1, "at": 1, "by": "somebodyelse0000", **change}
        self.log.append(["c", json.dumps(commit), *fields])

    def load(self, deployment):
        """As a session of the deployment: its tokens are made as gateways make them."""
        room = secrets.token_hex(8)
        self.meta["revision"] = str(len(self.log))
        commands = [
            ["HSET", f"{{{room}}}:meta", *(word for pair in self.meta.items() for word in pair)],
            ["SET", f"{{{room}}}:snapshot", self.snapshot],
            *(["XADD", f"{{{room}}}:log", f"{place}-0", *fields] for place, fields in enumerate(self.log, 1)),
        ]
        for command in commands:
            subprocess.run(["redis-cli", "-p", str(deployment.redis_port), *command], check=True, capture_output=True)
        secret = (deployment.directory / "secret").read_text().strip()
        tokens = {role: f"{room}.{role[0]}.{signature(secret, f'token {room} {role}')}" for role in ROLES}
        links = {role: f"{deployment.url}/s/{room}#{token}" for role, token in tokens.items()}
        return Session(deployment.url, {"id": room, "links": links})


def signature(secret, statement):
    digest = hmac.digest(secret.encode(), statement.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
