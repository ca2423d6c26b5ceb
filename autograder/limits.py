"""What a submission may use."""

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """Bounds on one worker; every field is per submission except `call_seconds`.

    call_seconds: wall clock for one call of a student's function.
    cpu_seconds, wall_seconds: processor and wall clock for the whole submission.
    memory_mib: address space beyond what the idle worker has. processes: processes and threads together.
    open_files: descriptors. output_kib: bytes printed to stdout and stderr together. scratch_mib: size of /tmp.
    """

    call_seconds: float = 4.0
    cpu_seconds: float = 120.0
    wall_seconds: float = 300.0
    memory_mib: int = 512
    processes: int = 16
    open_files: int = 32
    output_kib: int = 256
    scratch_mib: int = 16


def widest(every: Iterable[Limits]) -> Limits:
    """Return, for rooms graded by one worker, the largest of each limit; the defaults when there are none."""
    known = list(every) or [Limits()]
    return Limits(**{field.name: max(getattr(limits, field.name) for limits in known) for field in fields(Limits)})
