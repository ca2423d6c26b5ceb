"""The list of system calls is made by whatever libseccomp there is, also by one that is older than some calls."""

import pytest

from autograder.sandbox import seccomp


def test_a_call_that_libseccomp_does_not_know_is_left_to_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ubuntu 22.04's knows no futex_waitv; the filter is then made without it, and refuses it like the rest."""
    whole = seccomp.filter_program.__wrapped__()
    monkeypatch.setattr(seccomp, "ABSENT", (*seccomp.ABSENT, "a_call_of_tomorrow"))
    assert seccomp.filter_program.__wrapped__() == whole
