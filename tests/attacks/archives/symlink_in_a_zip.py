"""A zip that unpacks a link to the reference first, and then a file through a link to a folder."""

import stat

from zipping import ANSWER, REFERENCE, special, zipped

MUST = {"origin": "Link In Zip.zip", "status": "unreadable", "says": r"entry softmax\.py is a symbolic link"}


def hand_in(folder):
    link, to_folder = special("softmax.py", stat.S_IFLNK | 0o777), special("out", stat.S_IFLNK | 0o777)
    data = zipped((link, str(REFERENCE)), (to_folder, ".."), ("out/slipped-out.py", ANSWER))
    (folder / "Link In Zip.zip").write_bytes(data)
