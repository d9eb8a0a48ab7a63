"""Which owner has which room: read from what owners log at level `debug` about claims."""

import json

CLAIMED = "room was claimed"


class Owners:
    def __init__(self, deployment, names):
        self.deployment = deployment
        self.read_up_to = dict.fromkeys(names, 0)
        self.claims = {}  # room → (epoch, owner)

    def read(self):
        for name, offset in self.read_up_to.items():
            with open(self.deployment.directory / f"logs/{name}.log", "rb") as log:
                log.seek(offset)
                # The last line may not be whole yet.
                lines, newline, _ = log.read().rpartition(b"\n")
            self.read_up_to[name] += len(lines) + len(newline)
            for line in lines.splitlines():
                # Only few lines of that level are about claims.
                if CLAIMED.encode() in line:
                    self.note(json.loads(line), name)
        return self.claims

    def note(self, event, name):
        if event["message"] == CLAIMED:
            room = event["room"]
            self.claims[room] = max(self.claims.get(room, (0, "")), (int(event["epoch"]), name))

    def of(self, room):
        return self.claims.get(room, (0, None))[1]
