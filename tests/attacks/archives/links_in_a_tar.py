"""A tar, which can carry what a zip cannot: a hard link to the reference, a device, an absolute path, an owner."""

import io
import tarfile

from zipping import ANSWER, REFERENCE

MUST = {"origin": "Tar.tar.gz", "status": "unreadable", "says": r"is a \.gz archive, and only \.zip is read"}


def hand_in(folder):
    hard, device, absolute = (tarfile.TarInfo(name) for name in ("softmax.py", "zero.py", "/tmp/slipped-out.py"))
    hard.type, hard.linkname = tarfile.LNKTYPE, str(REFERENCE)
    device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 5
    absolute.size, absolute.uid = len(ANSWER), 0
    with tarfile.open(folder / "Tar.tar.gz", "w:gz") as archive:
        archive.addfile(hard)
        archive.addfile(device)
        archive.addfile(absolute, io.BytesIO(ANSWER.encode()))
