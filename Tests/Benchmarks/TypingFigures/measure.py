#!/usr/bin/env python3
"""Measures how people type in recorded histories: the defaults of `viva loadtest`, Behavior.swift, come from here.

    Tests/Benchmarks/TypingFigures/measure.py rustcode.json.gz sveltecomponent.json.gz

Histories have the form of github.com/josephg/editing-traces (CC BY 4.0) and need times of their own.
"""

import gzip
import json
import sys
from datetime import datetime

# Recorded to the second. A longer silence than this parts two bursts; one beyond the other is a walk away from the desk.
PAUSE_SECONDS = 2
AWAY_SECONDS = 60


def main(paths):
    patches, bursts, pauses = [], [], []
    for path in paths:
        with gzip.open(path) as file:
            transactions = json.load(file)["txns"][1:]  # The first is the file the recording began with.
        patches.append([patch for transaction in transactions for patch in transaction["patches"]])
        split(transactions, bursts, pauses)
    # Shorter ones last less than the clock can tell.
    intervals = [1000 * seconds / count for count, seconds in bursts if count >= 20 and seconds > 0]
    report("strokes of a burst", [count for count, _ in bursts])
    report("milliseconds between strokes", intervals)
    report("seconds of a pause", pauses)
    moves, kinds = kinds_and_moves(patches)
    total = sum(map(len, kinds.values()))
    for kind, lengths in kinds.items():
        print(f"{kind}: {1000 * len(lengths) / total:.0f} of 1000")
        if max(lengths) > 1:
            report(f"  units of a {kind}", lengths)
    print(f"moves: {1000 * len(moves) / total:.0f} of 1000")
    report("  units of a move", moves)


def split(transactions, bursts, pauses):
    times = [datetime.fromisoformat(one["time"].replace("Z", "+00:00")).timestamp() for one in transactions]
    begun, count = times[0], 1
    for before, now in zip(times, times[1:]):
        if now - before <= PAUSE_SECONDS:
            count += 1
            continue
        bursts.append((count, before - begun))
        begun, count = now, 1
        if now - before <= AWAY_SECONDS:
            pauses.append(now - before)


def kinds_and_moves(histories):
    moves, kinds = [], {"key": [], "backspace": [], "paste": [], "cut": [], "replacement": []}
    for patches in histories:
        caret = None
        for position, deleted, inserted in patches:
            length = max(deleted, len(inserted))
            kind = ("key" if length == 1 else "paste") if not deleted else ("backspace" if length == 1 else "cut")
            kinds["replacement" if deleted and inserted else kind].append(length)
            # A backspace begins before the caret and ends at it.
            if caret not in (None, position, position + deleted):
                moves.append(abs(position - caret))
            caret = position + len(inserted)
    return moves, kinds


def report(name, values):
    """The quantiles from 0 to 90 % in tenths, then 95 and 99 %."""
    values = sorted(values)
    shares = [tenth / 10 for tenth in range(10)] + [0.95, 0.99]
    print(f"{name}: {[round(values[int(share * (len(values) - 1))]) for share in shares]} ({len(values)})")


main(sys.argv[1:])
