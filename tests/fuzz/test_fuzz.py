"""A short run of the fuzzers, all that they ever found, and proof that they find."""

import time
from dataclasses import replace

import judging
import long_run
import pytest
import scratch
from all_targets import TARGETS
from judging import judged, watch, weighed
from running import Part, parts, run
from target import KIB, Bound, Target

FINDINGS = sorted(judging.FINDINGS.glob("*.bin"))
SHORT, LONGER = 25, 20_000


@pytest.fixture(autouse=True, scope="module")
def _scratch():
    yield
    scratch.removed()


def wrongs(part):
    return [wrong for _, wrong in run(part).findings]


def reading(read, **fields):
    """A target of which only `read` matters."""
    chosen = {"declared": (), "bound": Bound(64 * KIB, 1, KIB), "seeds": lambda: [b"seed"]} | fields
    return Target("fake", 1_000_000, read, str, mutate=lambda rng, corpus: rng.randbytes(3), **chosen)


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_mutants_of_each_target_find_nothing(name):
    """A reader of foreign bytes raises what it declares, within its bounds of time and memory."""
    assert wrongs(Part(TARGETS[name], 1, 0, SHORT)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_thousands_of_mutants_of_each_target_find_nothing(name):
    """The same holds for a share of twenty thousand inputs."""
    (part,) = [part for part in parts(TARGETS[name], LONGER, 2) if part.number is not None]
    assert wrongs(part) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.worst is not list])
def test_the_worst_inputs_of_each_target_are_read_in_time(name):
    """What is as large and as awkward as a reader takes costs it two seconds at most."""
    with watch():
        assert [found.wrong for data in TARGETS[name].worst() if (found := judged(TARGETS[name], data)).wrong] == []


@pytest.mark.parametrize("file", FINDINGS, ids=lambda file: file.stem)
def test_what_was_once_found_is_mended(file):
    """An input that once broke its reader is read or refused like any other."""
    target = TARGETS[file.name.partition(".")[0]]
    with watch():
        assert judged(target, file.read_bytes()).wrong == ""
        assert weighed(target, file.read_bytes())[1] == ""


def test_what_is_declared_is_no_finding():
    """A reader may refuse an input in the words that it declares."""

    def refuse(data):
        raise LookupError

    assert wrongs(Part(reading(refuse, declared=(LookupError,)), 0, 0, 5)) == []


def test_what_is_not_declared_is_a_finding():
    """Any other exception is one, with the input that did it."""

    def refuse(data):
        raise KeyError(data)

    found = run(Part(reading(refuse), 0, 0, 3)).findings
    assert found[0][0] == b"seed"
    assert all("KeyError" in wrong for _, wrong in found)


def test_what_does_not_hold_of_a_result_is_a_finding():
    """What comes of an input is looked at too, and what the reader may raise is then no excuse."""

    def refuse(read):
        raise LookupError

    target = replace(reading(len, declared=(LookupError,)), expect=refuse)
    assert "LookupError" in wrongs(Part(target, 0, 0, 1))[0]


def test_what_takes_too_long_is_a_finding(monkeypatch):
    """An endless reader is ended, though it swallows every exception."""
    monkeypatch.setattr(judging, "SECONDS", 0.1)

    def spin(data):
        while True:
            try:
                time.process_time()
            except Exception:  # noqa: BLE001 - what a careless reader does
                continue

    assert "0.1 s of processor time" in wrongs(Part(reading(spin), 0, 0, 1))[0]


def test_what_allocates_too_much_is_a_finding():
    """More memory than the bound allows is one, though it is given back at once."""
    assert (
        "bytes allocated for an input of 4; at most 65,540 may be"
        in wrongs(Part(reading(lambda data: len(bytes(100_000))), 0, 0, 1))[0]
    )


def test_a_run_is_repeated_by_its_seed():
    """The same seed gives the same inputs, another one others."""

    def heard(seed):
        inputs = []
        run(Part(TARGETS["replies"], seed, 0, 200), inputs.append)
        return inputs

    assert heard(1) == heard(1)
    assert heard(1) != heard(2)


def test_the_shares_of_a_million_inputs_are_a_million():
    """The long run's inputs are all given out."""
    assert sum(target.share for target in TARGETS.values()) == 1_000_000


def test_the_long_run_keeps_what_it_finds(tmp_path, monkeypatch):
    """A finding ends the long run with 1 and is kept for the next run of the tests, under its target's name."""
    monkeypatch.setattr(judging, "FINDINGS", tmp_path)
    said = []
    assert long_run.long_run([reading(lambda data: data.decode("ascii"))], 300, 0, said.append) == 1
    kept = [file.read_bytes() for file in tmp_path.iterdir()]
    assert kept
    assert all(max(data) > 127 for data in kept)
    assert all(file.name.startswith("fake.") for file in tmp_path.iterdir())
    assert "findings" in said[-1]


def test_the_long_run_survives_what_kills_a_process(tmp_path, monkeypatch):
    """An input that ends the process is a finding too."""
    monkeypatch.setattr(judging, "FINDINGS", tmp_path)
    target = reading(lambda data: long_run.os._exit(3) if data == b"seed" else None)
    said = []
    assert long_run.long_run([target], 10, 0, said.append) == 1
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"seed"]
    assert any("the process ended with 3" in line for line in said)


def test_the_long_run_ends_well_when_nothing_is_found():
    """Without a finding the run says so and returns 0."""
    said = []
    assert long_run.long_run([reading(len)], 100, 0, said.append) == 0
    assert said[-1].startswith("100 inputs of seed 0")
