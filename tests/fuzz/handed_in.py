"""What students hand in, honest and damaged: zips, notebooks, sources, names, and folders of all of them."""

import io
import json
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from mutate import INTEGERS, MOST_BYTES, below, mutated, mutated_tree, pick

CODE = "def softmax(Z):\n    return Z\n"
SOURCES: tuple[bytes, ...] = (
    CODE.encode(),
    b"\xef\xbb\xbf# -*- coding: utf-8 -*-\r\nx = 1\r\n",
    "# coding: gbk\n# 汉字\nx = '汉'\n".encode("gbk"),
    "#!/usr/bin/env python\n# vim: set fileencoding=latin-1 :\nx = 'é'\n".encode("latin-1"),
    CODE.encode("utf-16"),
    b"\x0c\n# coding=cp1252\nx = '''\n%ls\n'''\n\x00",
)
CODINGS = """
    utf-8 utf_8_sig latin-1-unix gb18030 big5hkscs shift_jis euc_kr cp949 mac-roman utf-16 iso8859-12 iso-8859-15 koi8-u
    cp1251 utf-7 idna punycode unicode_escape zlib rot13 tis-620
"""
SOURCE_TOKENS = [f"# coding: {name}\n".encode() for name in CODINGS.split()]
SOURCE_TOKENS += b"\r .\r\n.\0.\x0c.\xff\xfe.\xef\xbb\xbf.\xed\xa0\x80.coding.#.\x81".split(b".")
CELLS = (
    "%matplotlib inline\nimport numpy as np\n!ls\nx = !pwd\nnp.dot?\n",
    "%%time\nx = '''\n%not magic\n'''\ny = (1,\n  2) \\\n  % 3\n",
    "%%bash\nrm -rf /\n",
    "if True:\n    %timeit f()\n    pip install numpy\n",
    CODE,
)
MAGIC_TOKENS = b"""% %% ! ? ?? \\ ''' \\" ' ( ] { # =! %%capture a[b].c? pip""".split()
MAGIC_TOKENS += [b"\n", b"\\\n", b'"""', b"    ", b"\t", b"\f", b"pip install ", "\N{NO-BREAK SPACE}".encode()]
JSON_TOKENS = rb"""" { } [ ] , : null 1e999 - NaN \ud800 \u0000 \n""".split()
NAMES = [
    *b"ana ana.zip bob.py eve.ipynb softmax.py a05_softmax/softmax.py Softmax.PY batchnorm.ipynb a.7z".split(),
    *b"__MACOSX/._a .hidden.py .. a/../../b.py /etc/passwd C:\\x.py =1+1 <b> con - conftest.py \xff".split(),
    *(b"softmax (1).py", b"a\nb", b"\x1b[2J", b"x" * 250, b" ", "张伟".encode(), "张伟".encode("gbk")),
    *("Müller".encode("cp437"), "e\u0301.py".encode(), "\u202ecod.py".encode(), "ﬁ".encode()),
]
_SIGNATURES = {
    b"PK\x03\x04": ((4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\x01\x02": ((4, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4)),
    b"PK\x05\x06": ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
ZIP_TOKENS = [*_SIGNATURES, b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08", b"\x01\x00\x1c\x00", *NAMES]
_MODES = (0, stat.S_IFREG | 0o644, stat.S_IFDIR | 0o755, stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFCHR, 0xFFFF)


def zipped(members: Sequence[tuple[Any, bytes]], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """A zip of (name or ZipInfo, content) pairs."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = comment
    return buffer.getvalue()


def notebook(cells: Sequence[str]) -> dict[str, Any]:
    """A notebook of nbformat 4 with these code cells."""
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True), "outputs": []} for cell in cells]
    language = {"kernelspec": {"language": "python"}, "language_info": {"name": "python", "version": "3.11"}}
    return {"nbformat": 4, "metadata": language, "cells": [{"cell_type": "markdown", "source": "# hi"}, *made]}


def third_version(cells: Sequence[str]) -> dict[str, Any]:
    """A notebook of nbformat 3."""
    made = [{"cell_type": "code", "input": cell, "language": "python"} for cell in cells]
    return {"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": made}]}


NOTEBOOKS: tuple[dict[str, Any], ...] = (notebook(CELLS), notebook([CODE]), third_version(CELLS[:2]), notebook([]))


def json_seeds(documents: Sequence[Any]) -> list[bytes]:
    """Documents as JSON, compact and not, in three encodings; and brackets without end."""
    seeds = [json.dumps(document).encode() for document in documents]
    one = json.dumps(documents[0], indent=1)
    return [*seeds, one.encode("utf-16"), one.encode("utf-8-sig"), b"[" * 3000]


def json_input(rng: random.Random, corpus: Sequence[bytes], documents: Sequence[Any]) -> bytes:
    """A document with a changed node, or JSON with changed bytes."""
    if rng.random() < 0.4:
        return mutated(rng, corpus, JSON_TOKENS)
    tree = mutated_tree(rng, pick(rng, documents), documents)
    if rng.random() < 0.3:
        tree = mutated_tree(rng, tree, documents)
    data = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")[: 4 * MOST_BYTES]
    return mutated(rng, [data], JSON_TOKENS) if rng.random() < 0.15 else data


def zip_seeds() -> list[bytes]:
    """Honest zips, and zips with one odd entry each."""
    source, sheet = ("softmax.py", CODE.encode()), ("batchnorm.ipynb", json.dumps(NOTEBOOKS[0]).encode())
    odd = [zipfile.ZipInfo(f"odd{number}.py") for number in range(len(_MODES))]
    for entry, mode in zip(odd, _MODES, strict=True):
        entry.external_attr = mode << 16
    return [
        zipped([source]),
        zipped([source, sheet], zipfile.ZIP_STORED, b"a comment"),
        zipped([("a05_softmax/", b""), ("a05_softmax/softmax.py", source[1]), ("inner.zip", zipped([source]))]),
        zipped([(name.decode("latin-1"), b"x = 1\n") for name in NAMES]),
        *(zipped([source, (entry, b"x")]) for entry in odd),
        zipped([source], zipfile.ZIP_BZIP2),
        zipped([]),
    ]


def zip_input(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """A zip with changed fields, with changed bytes, or made anew from odd names and contents."""
    choice = rng.random()
    if choice < 0.3:
        return mutated(rng, corpus, ZIP_TOKENS)
    if choice < 0.5:
        names = [mutated(rng, NAMES, NAMES)[:300].decode("utf-8", "replace") for _ in range(1 + below(rng, 3))]
        contents = (CODE.encode(), b"", bytes(below(rng, 3000)), json.dumps(NOTEBOOKS[1]).encode())
        return zipped([(name.replace("\0", "") or "a", pick(rng, contents)) for name in names], pick(rng, (0, 8)))
    data = bytearray(pick(rng, corpus))
    for _ in range(pick(rng, (1, 1, 2, 4))):
        signature = pick(rng, list(_SIGNATURES))
        places = [place for place in range(len(data) - 30) if data.startswith(signature, place)]
        if places:
            offset, size = pick(rng, _SIGNATURES[signature])
            near = int.from_bytes(data[places[0] + offset :][:size], "little") + below(rng, 5) - 2
            value = near if rng.random() < 0.3 else pick(rng, INTEGERS)
            place = pick(rng, places) + offset
            data[place : place + size] = struct.pack("<Q", value % 256**size)[:size]
    return bytes(data)
