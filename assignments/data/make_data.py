"""Write the tables beside this file anew from the copies that scikit-learn brings: `python make_data.py`.

Needed once, by whoever keeps this course; scikit-learn is no part of what the course or its grader need.
"""

import gzip
from pathlib import Path

import numpy as np
from sklearn import datasets

HERE = Path(__file__).parent
TABLES = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "breast_cancer": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
}


def text_of(table):
    """Return a table as lines: the names of its columns, then an example a line, its class last."""
    names = [name.replace(" (cm)", "").replace(" ", "_") for name in table.feature_names]
    rows = [
        ",".join([*(f"{value:.12g}" for value in example), str(label)])
        for example, label in zip(table.data, table.target, strict=True)
    ]
    return "\n".join([",".join([*names, "class"]), *rows, ""])


def write(name, table):
    """Write one table and its description."""
    data = text_of(table).encode("ascii")
    read = np.loadtxt(data.decode("ascii").splitlines()[1:], delimiter=",")
    assert (read == np.column_stack([table.data, table.target])).all()
    if len(data) > 200_000:
        # Without a time stamp, so that the same table is the same file.
        (HERE / f"{name}.csv.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    else:
        (HERE / f"{name}.csv").write_bytes(data)
    (HERE / f"{name}.txt").write_text(table.DESCR.strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name, load in TABLES.items():
        write(name, load())
