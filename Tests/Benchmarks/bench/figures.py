"""All figures of the last runs, kept so that a part can be measured anew."""

import json
import statistics


class Figures:
    def __init__(self, path):
        self.path = path
        #: {work: {"machine": …, "systems": {system: {name: [value, …]}}}}
        self.works = json.loads(path.read_text()) if path.exists() else {}
        self.begun = set()

    def add(self, work, system, name, value):
        """The first figure of a work in this run replaces what an earlier run left."""
        if work not in self.begun:
            self.begun.add(work)
            self.works[work] = {}
        self.works[work].setdefault(system, {}).setdefault(name, []).append(value)

    def values(self, work, system, name):
        """None stands where nothing could be measured."""
        return self.works.get(work, {}).get(system, {}).get(name, [])

    def save(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.works, indent=1))


def ratios(above, below):
    """Of repetitions that stood side by side."""
    return [a / b for a, b in zip(above, below) if a is not None and b]


def spread(values, form="{:.3g}"):
    """Median and range; one value stands alone."""
    values = [value for value in values if value is not None]
    if not values:
        return "–"
    show = lambda value: f"{value:,.0f}" if abs(value) >= 1000 else form.format(value)
    middle = show(statistics.median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({show(min(values))}–{show(max(values))})"
