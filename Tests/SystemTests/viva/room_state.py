"""What everybody in a room sees beside its text: the fold of the log, as a page keeps it."""

EVENTS_MAX = 500


class RoomState:
    def __init__(self, snapshot):
        self.title = snapshot.get("title")
        self.timer = snapshot.get("timer")
        self.people = {person["participant"]: dict(person) for person in snapshot["participants"]}
        self.events = list(snapshot.get("events", []))

    def follow(self, commit):
        if "edit" in commit:
            return
        self.events = [*self.events, commit][-EVENTS_MAX:]
        if "title" in commit:
            self.title = commit["title"]
        elif "timer" in commit:
            self.set_timer(commit)
        elif "joined" in commit:
            self.came(commit)
        elif "left" in commit:
            self.went(commit)

    def set_timer(self, commit):
        """One that stands still with nothing left is none."""
        timer = commit["timer"]
        self.timer = {**timer, "at": commit["at"]} if timer["running"] or timer["remaining"] else None

    def came(self, commit):
        person = self.people.setdefault(commit["by"], {"participant": commit["by"], "number": 0})
        person.pop("left", None)
        person.update(commit["joined"], connected=True, since=commit["at"])

    def went(self, commit):
        gone = {"connected": False, "since": commit["at"], "left": commit["left"]["reason"]}
        self.people[commit["by"]].update(gone)

    @property
    def attendance(self):
        """Everybody as a snapshot has them, without the numbers of their proposals."""
        return [{key: person[key] for key in person if key != "number"} for person in self.people.values()]

    def of(self, kind):
        """What stands in the events of one kind, oldest first."""
        return [commit[kind] for commit in self.events if kind in commit]
