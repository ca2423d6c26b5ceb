"""What is known of a submission beside its sources: whose it is, among how many, and what its student was granted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What a roster and the other attempts say of a submission. owner: the same for all attempts of one student.

    due: of its student's own, instead of the course's. is_last: of its attempts; every one where nobody can tell.
    is_only: whether there is no other attempt.
    """

    owner: str
    due: str | None = None
    exempt: bool = False
    is_last: bool = True
    is_only: bool = True
