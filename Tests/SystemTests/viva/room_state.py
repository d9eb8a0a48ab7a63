"""What everybody in a room sees beside its text: the fold of the log, as a page keeps it."""

from collections import Counter

EVENTS_MAX = 500
HIDDEN_MAX = 200


class RoomState:
    def __init__(self, snapshot):
        self.title = snapshot.get("title")
        self.timer = snapshot.get("timer")
        self.people = {person["participant"]: dict(person) for person in snapshot["participants"]}
        self.events = list(snapshot.get("events", []))

    def follow(self, commit):
        if "edit" in commit:
            return
        self.events = recording(self.events, commit)
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


def recording(events, commit):
    """The newest commits that are no edits and one more, as a snapshot has them."""
    events = [*events, commit]
    reports = [event for event in events if "hidden" in event]
    if len(reports) > HIDDEN_MAX:
        events.remove(dispensable_in(reports))
    return events[-EVENTS_MAX:]


def dispensable_in(reports):
    """Of too many reports of pages out of sight the oldest of whoever has the most."""
    counts = Counter(report["by"] for report in reports)
    most = max(counts.values())
    return next(report for report in reports if counts[report["by"]] == most)
