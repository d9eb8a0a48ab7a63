"""What a process says at `/metrics`, read by Prometheus' own parser."""

import math
import urllib.request

from prometheus_client.parser import text_string_to_metric_families


class Metrics:
    def __init__(self, text):
        self.text = text
        self.families = {family.name: family for family in text_string_to_metric_families(text)}
        self.samples = [sample for family in self.families.values() for sample in family.samples]

    @classmethod
    def of(cls, deployment, name):
        with urllib.request.urlopen(internal_url(deployment, name) + "/metrics", timeout=10) as response:
            assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
            return cls(response.read().decode())

    def value(self, name, **labels):
        """The sum of what has these labels."""
        values = [
            sample.value
            for sample in self.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        assert values, f"there is no {name} {labels}"
        return math.fsum(values)


def internal_url(deployment, name):
    kind = {"g": "gateway", "o": "owner"}[name[0]]
    port = deployment.settings[f"{kind}_internal_port"] + int(name[1:]) - 1
    return f"http://127.0.0.1:{port}"


def total(deployment, names, metric, **labels):
    return math.fsum(Metrics.of(deployment, name).value(metric, **labels) for name in names)
