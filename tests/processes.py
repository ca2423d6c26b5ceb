"""Who is below whom among the processes of this machine."""

from pathlib import Path


def parents() -> dict[int, int]:
    """The parent of every process; those that end while we look are left out."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def descendants(pid: int) -> dict[int, int]:
    """All processes below one, each with its distance from it."""
    known, found, distance = parents(), {pid: 0}, 0
    while True:
        distance += 1
        more = {child: distance for child, parent in known.items() if parent in found and child not in found}
        if not more:
            return {child: far for child, far in found.items() if far}
        found |= more


def command(pid: int) -> str:
    """The command line of a process, or "" when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
