"""Ways to pack that not everybody unpacks, or that unpack without a bound: bzip2, LZMA, and one of no meaning."""

import zipfile

from zipping import ANSWER, LOCAL, patched, zipped

MUST = {
    "origin": r"Packed \d\.zip",
    "status": "unreadable",
    "says": r"entry softmax\.py is compressed with (bzip2|LZMA|method 99)",
    "reports": 3,
}


def hand_in(folder):
    for number, method in enumerate((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)):
        data = zipped(("softmax.py", ANSWER + "\n" * 10**6), compression=method)
        (folder / f"Packed {number}.zip").write_bytes(data)
    data = patched(zipped(("softmax.py", ANSWER)), 8, "<H", 99, signature=LOCAL)
    (folder / "Packed 2.zip").write_bytes(patched(data, 10, "<H", 99))
