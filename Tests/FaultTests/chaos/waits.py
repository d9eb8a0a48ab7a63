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
    end = incident.until + AFTERMATH_SECONDS
    return max(
        (
            saved - max(typed, incident.at)
            for browser in group
            for typed, saved in browser.waits
            if saved > incident.at and typed < end
        ),
        default=None,
    )


def time_to_resume(group, incident):
    """Until everybody of the group who went offline was back."""
    end = incident.until + AFTERMATH_SECONDS
    return max(
        (
            back - max(gone, incident.at)
            for browser in group
            for gone, back in browser.absences
            if back > incident.at and gone < end
        ),
        default=None,
    )
