"""The doctor proves each sandbox by attacking it, and says which one `grade` will use."""

import pytest

from autograder.sandbox.doctor import Finding, conclude, prove


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
