"""What the browsers of one room were told, kept apart from everything that Viva keeps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Saved:
    """An edit that its author saw among the commits: from then on it must not be lost."""

    participant: str
    number: int
    revision: int
    operation: list


class Ledger:
    def __init__(self):
        self.commits = {}  # revision → the commit, as the first browser that met it was told
        self.saved = []
        self.violations = []

    def met(self, commit):
        """Two browsers that are told different things at one revision are a broken promise already."""
        known = self.commits.setdefault(commit["revision"], commit)
        if known != commit:
            self.violate(f"revision {commit['revision']} was {known} for one and {commit} for another")

    def was_saved(self, commit):
        self.saved.append(Saved(commit["by"], commit["number"], commit["revision"], commit["edit"]))

    def violate(self, what):
        self.violations.append(what)
