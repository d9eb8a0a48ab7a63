"""A participant's document while its edits are under way: the third twin of `PendingEdits`.

At most one edit is in flight; what is typed meanwhile is composed into the next.
"""

from viva.text_operation import apply, compose, decoded, transform


class PendingEdits:
    def __init__(self):
        self.document = ""  # as this participant sees it, pending edits included
        self.revision = 0
        self.in_flight = None  # (number, operation)
        self.buffer = None
        self.number = 0

    def next_number(self):
        self.number += 1
        return self.number

    def edit(self, operation):
        """Takes a local edit. True if it goes into flight at once."""
        self.document = apply(operation, self.document)
        if self.in_flight:
            self.buffer = compose(self.buffer, operation) if self.buffer else operation
            return False
        self.in_flight = (self.next_number(), operation)
        return True

    def committed(self, commit, by_me):
        """Takes the next commit. True if that brought another edit into flight."""
        if commit["revision"] != self.revision + 1:
            raise AssertionError(f"revision {commit['revision']} came after {self.revision}")
        self.revision += 1
        if "edit" not in commit:
            return False
        if by_me and self.in_flight and commit["number"] == self.in_flight[0]:
            return self.acknowledged()
        self.follow(decoded(commit["edit"]))
        return False

    def acknowledged(self):
        self.in_flight = (self.next_number(), self.buffer) if self.buffer else None
        self.buffer = None
        return self.in_flight is not None

    def follow(self, operation):
        """Someone else's edit: the pending ones stay on top of it. The uncommitted operation comes first."""
        if self.in_flight:
            number, pending = self.in_flight
            pending, operation = transform(pending, operation)
            self.in_flight = (number, pending)
        if self.buffer:
            self.buffer, operation = transform(self.buffer, operation)
        self.document = apply(operation, self.document)
