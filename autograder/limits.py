"""What the code of a submission may use."""

from dataclasses import dataclass

# What only waits, or has to wait for a busy machine, is given this many times its `call_seconds` on the wall.
PATIENCE = 3.0


@dataclass(frozen=True)
class Limits:
    """Bounds on what one exercise may use; the defaults suit a laptop.

    call_seconds: processor time for one call of a student's function, and for importing the module, once the same time
    has passed on the wall; `PATIENCE` times as much on the wall ends it too.
    cpu_seconds, wall_seconds: processor time and wall clock for all calls of the exercise together.
    memory_mib: address space beyond what the idle worker has. processes: processes and threads together.
    open_files: descriptors. output_kib: bytes printed to stdout and stderr together. scratch_mib: size of /tmp.
    check_seconds: processor time that a check of ours may work on what it was given; an exercise on which our checks
    have worked as long altogether is over.
    """

    call_seconds: float = 2.0
    cpu_seconds: float = 6.0
    wall_seconds: float = 20.0
    memory_mib: int = 512
    processes: int = 16
    open_files: int = 32
    output_kib: int = 256
    scratch_mib: int = 16
    check_seconds: float = 10.0

    @property
    def of_the_process(self) -> tuple[int, int, int, int]:
        """The limits that the kernel keeps, which a worker is born with: another set needs another worker."""
        return self.memory_mib, self.processes, self.open_files, self.scratch_mib


# A capstone calls functions thousands of times, and trains a network on our side meanwhile.
CAPSTONE_LIMITS = Limits(cpu_seconds=30.0, wall_seconds=60.0, check_seconds=30.0)
