"""Sixty mebibytes of zeros in sixty kilobytes, just below what an archive may unpack to."""

from zipping import zipped

MUST = {"origin": r"Ratio\.zip", "status": "unreadable", "says": r"unpacks to 60 MiB; 1 MiB is the most that is read"}


def hand_in(folder):
    (folder / "Ratio.zip").write_bytes(zipped(("softmax.py", bytes(60 * 2**20))))
