"""An entry whose content is not what its checksum says."""

from zipping import ANSWER, patched, zipped

MUST = {"origin": r"Checksum\.zip", "status": "unreadable", "says": r"entry softmax\.py is damaged \(Bad CRC-32"}


def hand_in(folder):
    (folder / "Checksum.zip").write_bytes(patched(zipped(("softmax.py", ANSWER)), 16, "<L", 0x0BADF00D))
