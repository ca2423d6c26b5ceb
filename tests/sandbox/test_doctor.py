"""The doctor proves each sandbox by attacking it, and says which one `grade` will use."""

import pytest

from autograder.sandbox.backends import BUBBLEWRAP, SANDLOCK
from autograder.sandbox.doctor import Finding, conclude, examine, prove
from autograder.sandbox.weaknesses import weaknesses


def test_a_real_sandbox_holds_against_every_attack(backend: str) -> None:
    """No file read, no socket, no process, no memory beyond the limit, no minute longer."""
    findings = prove(backend)
    assert len(findings) == 5
    assert [finding for finding in findings if finding.state != "ok"] == []


def ok(name: str) -> Finding:
    return Finding(f"{name}: opening a socket", "ok", "refused")


def failed(name: str) -> Finding:
    return Finding(f"{name}: opening a socket", "failed", "connected")


@pytest.mark.parametrize(
    ("findings", "holds", "told"),
    [
        ([ok("bubblewrap"), ok("sandlock")], True, "`grade` will use bubblewrap."),
        ([Finding("bubblewrap", "warning", "not installed"), ok("sandlock")], True, "`grade` will use sandlock."),
        ([failed("bubblewrap"), ok("sandlock")], False, "give it --sandbox sandlock"),
        ([failed("bubblewrap"), failed("sandlock")], False, "No sandbox holds here"),
        ([], False, "apt-get install bubblewrap"),
    ],
)
def test_the_conclusion_names_the_sandbox_that_grade_uses(findings: list[Finding], holds: bool, told: str) -> None:
    """A sandbox that starts and does not hold is never passed over in silence."""
    assert conclude(findings)[0] is holds
    assert told in conclude(findings)[1]


def test_an_old_kernels_landlock_is_said_to_be_old() -> None:
    """Each thing that this version does not guard is named, and nothing is said of what it does."""
    told = " ".join(weaknesses(SANDLOCK, lambda: 4))
    assert "version 4 and does not guard device controls, signals and abstract sockets;" in told
    assert "TCP" not in told
    assert "version" not in " ".join(weaknesses(SANDLOCK, lambda: 6))


@pytest.mark.slow
def test_the_doctor_shows_what_a_sandbox_leaves_open() -> None:
    """sandlock does not hide that a path exists, and the doctor's table says so as a warning, not as a failure."""
    findings = list(examine((SANDLOCK,)))
    open_ends = [finding for finding in findings if finding.what == "sandlock: what it leaves open"]
    assert any("whether a path exists" in finding.seen for finding in open_ends)
    assert {finding.state for finding in open_ends} == {"warning"}
    assert conclude(findings)[0]


def test_bubblewrap_leaves_nothing_open_that_we_know_of() -> None:
    """What it is given to run in is all there is."""
    assert weaknesses(BUBBLEWRAP) == ()
