"""How long people waited because of a fault. A group is a room's browsers, or one alone."""

AFTERMATH_SECONDS = 1  # after a fault is over; what goes wrong later shows in the next


def first_wait(group, incident):
    """Until the next edit was acknowledged: what waited at the fault, and what was typed first after it.

    Counted from the fault, or from the key where that came later.
    """
    waits = [wait for browser in group for wait in browser.waits if wait[1] > incident.at]
    under_way = [saved - incident.at for typed, saved in waits if typed <= incident.at]
    # Whoever types later than that meets the next fault.
    end = incident.until + AFTERMATH_SECONDS
    after = min((wait for wait in waits if incident.at < wait[0] < end), default=None)
    if after:
        under_way.append(after[1] - after[0])
    return max(under_way, default=None)


def longest_wait(group, incident):
    """The longest that any edit waited from the fault until its traces were gone."""
    return longest([wait for browser in group for wait in browser.waits], incident)


def time_to_resume(group, incident):
    """Until everybody of the group who went offline was back."""
    return longest([absence for browser in group for absence in browser.absences], incident)


def longest(spans, incident):
    """Of those that the fault or its aftermath touched, counted from the fault on; None where there is none."""
    end = incident.until + AFTERMATH_SECONDS
    return max((to - max(since, incident.at) for since, to in spans if to > incident.at and since < end), default=None)
