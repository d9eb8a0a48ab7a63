"""The judge notices what it is there to notice; a run in which nothing is found means nothing otherwise."""

from types import SimpleNamespace

import pytest

from chaos.ledger import Ledger
from chaos.report import percentile
from chaos.stage import Incident
from chaos.verdict import Verdict, copies, lines, order, promises, saved
from chaos.waits import first_wait, longest_wait, time_to_resume


def commit(revision, by, number, operation):
    return {"revision": revision, "at": 0, "by": by, "number": number, "edit": operation}


def room():
    """Ada has typed two lines, Grace one between them; everybody has seen all of it."""
    log = {
        1: commit(1, "ada", 1, ["a 0\n"]),
        2: commit(2, "grace", 1, [4, "g 0\n"]),
        3: commit(3, "ada", 3, [8, "a 1\n"]),
    }
    ledger = Ledger()
    for entry in log.values():
        ledger.met(entry)
        ledger.was_saved(entry)
    typists = [SimpleNamespace(lines=["a 0", "a 1"]), SimpleNamespace(lines=["g 0"])]
    browsers = [SimpleNamespace(role="observer", text="a 0\ng 0\na 1\n")]
    return SimpleNamespace(id="room", ledger=ledger, typists=typists, browsers=browsers), log


def judged(room, log):
    verdict = Verdict()
    for part in (promises, order, saved, lines, copies):
        part(room, log, verdict)
    return verdict


def test_a_sound_room_is_good():
    assert judged(*room()).is_good


def test_an_acknowledged_edit_that_is_not_in_the_log_is_lost():
    ours, log = room()
    del log[3]
    verdict = judged(ours, log)
    assert any("Saved" in finding for finding in verdict.lost)
    assert any("a 1" in finding for finding in verdict.lost)


def test_an_acknowledged_edit_with_another_content_is_lost():
    ours, log = room()
    log[3] = {**log[3], "edit": [8, "b 1\n"]}
    assert judged(ours, log).lost


def test_an_acknowledged_edit_that_somebody_else_made_is_lost():
    ours, log = room()
    log[3] = {**log[3], "by": "grace"}
    assert judged(ours, log).lost


def test_a_number_that_is_committed_twice_is_doubled():
    ours, log = room()
    log[4] = commit(4, "ada", 3, [12])
    assert judged(ours, log).doubled


def test_a_line_that_comes_again_under_another_number_is_doubled():
    ours, log = room()
    log[4] = commit(4, "ada", 4, [12, "a 1\n"])
    assert judged(ours, log).doubled


def test_a_line_that_was_typed_and_never_came_is_lost_though_nobody_was_told_it_was_saved():
    ours, log = room()
    ours.typists[1].lines.append("g 1")
    assert judged(ours, log).lost


def test_a_gap_in_the_revisions_is_broken():
    ours, log = room()
    log[5] = commit(5, "ada", 4, [12])
    assert judged(ours, log).violations


def test_a_text_that_is_not_the_fold_of_the_log_is_broken():
    ours, log = room()
    ours.browsers[0].text += "x"
    assert judged(ours, log).violations


def test_two_things_told_at_one_revision_are_broken():
    ours, log = room()
    ours.ledger.met({**log[2], "number": 2})
    assert judged(ours, log).violations


# Waiting


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        pytest.param([(9, 10.5)], 0.5, id="what was under way counts from the fault"),
        pytest.param([(11, 11.2)], 0.2, id="what is typed later counts from the key"),
        pytest.param([(8, 9), (11, 11.1), (11.5, 14)], 0.1, id="only the first"),
        pytest.param([(9, 12), (11, 11.1)], 2, id="the longer of the two"),
        pytest.param([(8, 9)], None, id="nobody typed"),
        pytest.param([(30, 31)], None, id="long after it"),
    ],
)
def test_the_first_wait(waits, expected):
    wait = first_wait([SimpleNamespace(waits=waits)], Incident("x", at=10, until=15))
    assert wait == (expected if expected is None else pytest.approx(expected))


def test_the_longest_wait_is_of_any_edit_that_the_fault_touched():
    browsers = [SimpleNamespace(waits=[(8, 9.9), (9, 11), (12, 15)]), SimpleNamespace(waits=[(13, 13.5), (40, 60)])]
    assert longest_wait(browsers, Incident("x", at=10, until=15)) == 3


def test_the_time_to_resume_is_that_of_the_last():
    browsers = [SimpleNamespace(absences=[(1, 2), (10, 11)]), SimpleNamespace(absences=[(9, 13)])]
    assert time_to_resume(browsers, Incident("x", at=10, until=15)) == 3


def test_a_percentile_is_a_value_that_was_measured():
    assert percentile([3, 1, 2], 50) == 2
    assert percentile(range(1, 101), 99) == 99
    assert percentile([7], 99) == 7
