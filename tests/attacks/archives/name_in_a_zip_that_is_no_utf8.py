"""A name in a zip that swears to be UTF-8 and is an overlong slash."""

from zipping import ANSWER, CENTRAL, LOCAL, patched, zipped

MUST = {"origin": r"Overlong\.zip", "status": "unreadable", "says": "damaged or cut short .*codec can't decode"}


def hand_in(folder):
    data = zipped(("xxxx/softmax.py", ANSWER)).replace(b"xxxx/", b"..\xc0\xaf/")
    data = patched(data, 6, "<H", 0x800, signature=LOCAL)
    (folder / "Overlong.zip").write_bytes(patched(data, 8, "<H", 0x800, signature=CENTRAL))
