"""The Python twin agrees with the reference, or nothing that the other tests say about documents means anything."""

import json
from pathlib import Path

from viva.text_operation import apply, compose, decoded, encoded, text, transform, units

VECTORS = Path(__file__).resolve().parents[1] / "Data/ot-vectors.jsonl"


def vectors():
    with VECTORS.open() as lines:  # not splitlines: some documents hold other line ends
        return [json.loads(line) for line in lines]


def test_transforming_agrees_with_the_reference():
    for vector in vectors():
        a_prime, b_prime = transform(decoded(vector["a"]), decoded(vector["b"]))
        assert (encoded(a_prime), encoded(b_prime)) == (vector["aPrime"], vector["bPrime"]), vector["id"]


def test_composing_agrees_with_the_reference():
    for vector in vectors():
        composed = compose(decoded(vector["a"]), decoded(vector["c"]))
        assert encoded(composed) == vector["aComposeC"], vector["id"]


def test_applying_agrees_with_the_reference():
    for vector in vectors():
        after_a = apply(decoded(vector["a"]), units(vector["doc"]))
        assert text(apply(decoded(vector["bPrime"]), after_a)) == vector["result"], vector["id"]
