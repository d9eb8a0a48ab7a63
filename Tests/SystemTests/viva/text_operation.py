"""The operations of ot.js over UTF-16 text: the third twin, for clients written in Python.

Text here is a string of code units, in which each half of a surrogate pair is a character of its own; `units` and
`text` go there and back.
"""

import array
import sys


def units(string):
    return "".join(map(chr, array.array("H", string.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be"))))


def text(string):
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def decoded(operation):
    """An operation as it came, with its strings as code units."""
    return [units(step) if isinstance(step, str) else step for step in operation]


def encoded(operation):
    return [text(step) if isinstance(step, str) else step for step in operation]


def replacing(offset, deleted, inserted, length):
    """An edit at one place of a document that has `length` code units."""
    steps = []
    for step in (offset, units(inserted), -deleted, length - offset - deleted):
        append(steps, step)
    return steps


def append(steps, step):
    """Adds a step so that the operation stays in normal form."""
    if not step:
        return
    if steps and is_insert(step) and is_delete(steps[-1]):
        deletion = steps.pop()
        append(steps, step)
        steps.append(deletion)
    elif steps and kind(steps[-1]) == kind(step):
        steps[-1] += step
    else:
        steps.append(step)


def apply(operation, document):
    pieces, offset = [], 0
    for step in operation:
        if is_insert(step):
            pieces.append(step)
            continue
        if not is_delete(step):
            pieces.append(document[offset : offset + step])
        offset += abs(step)
    if offset != len(document):
        raise ValueError(f"operation covers {offset} code units, the document has {len(document)}")
    return "".join(pieces)


def compose(a, b):
    """The one operation that does what `a` and then `b` do."""
    result, a, b = [], Steps(a), Steps(b)
    while a.rest or b.rest:
        if a.rest and is_delete(a.next):
            append(result, a.take())
        elif b.rest and is_insert(b.next):
            append(result, b.take())
        else:
            count = min(length(a.next), length(b.next))
            first, second = a.take(count), b.take(count)
            if not is_delete(second):
                append(result, first)
            elif not is_insert(first):
                append(result, second)
    return result


def transform(a, b):
    """(a′, b′) with b′ after a = a′ after b. On a tie the insert of `a` goes to the left."""
    a_prime, b_prime, a, b = [], [], Steps(a), Steps(b)
    while a.rest or b.rest:
        if a.rest and is_insert(a.next):
            append(b_prime, len(a.next))
            append(a_prime, a.take())
        elif b.rest and is_insert(b.next):
            append(a_prime, len(b.next))
            append(b_prime, b.take())
        else:
            count = min(length(a.next), length(b.next))
            first, second = a.take(count), b.take(count)
            if not is_delete(second):
                append(a_prime, first)
            if not is_delete(first):
                append(b_prime, second)
    return a_prime, b_prime


class Steps:
    """What is left of an operation while another is walked along with it."""

    def __init__(self, operation):
        self.rest = list(reversed(operation))

    @property
    def next(self):
        return self.rest[-1] if self.rest else 0

    def take(self, count=None):
        step = self.rest.pop()
        if count is None or count == length(step):
            return step
        if is_insert(step):
            taken, left = step[:count], step[count:]
        else:
            sign = -1 if is_delete(step) else 1
            taken, left = sign * count, step - sign * count
        self.rest.append(left)
        return taken


def length(step):
    """How many code units a step covers. None are left where an operation is too short for the other."""
    count = len(step) if is_insert(step) else abs(step)
    if not count:
        raise ValueError("the operations are not over the same document")
    return count


def is_insert(step):
    return isinstance(step, str)


def is_delete(step):
    return isinstance(step, int) and step < 0


def kind(step):
    return "insert" if is_insert(step) else "delete" if is_delete(step) else "keep"
