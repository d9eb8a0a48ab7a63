"""Which owner has which room: read from what owners log at level `debug` about claims."""

import re

CLAIMED = re.compile(rb"epoch=(\d+) room=(\S+) .*room was claimed")


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
            for epoch, room in CLAIMED.findall(lines):
                room = room.decode()
                self.claims[room] = max(self.claims.get(room, (0, "")), (int(epoch), name))
        return self.claims

    def of(self, room):
        return self.claims.get(room, (0, None))[1]
