"""Zips, honest and hostile; lies are patched into the bytes of real archives."""

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib

import pytest
from handing_in import CODE, MODULES, only, put

from autograder.intake import refusals
from autograder.intake.archives import opened_archive
from autograder.intake.reading import read_submissions

CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, content) pairs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def special(name, mode):
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def patched(data, offset, fields, *values):
    """`data` with values packed at `offset` from the start of its first central directory record."""
    place = data.index(CENTRAL) + offset
    packed = struct.pack(fields, *values)
    return data[:place] + packed + data[place + len(packed) :]


def with_flag(data, flag):
    """Set a general purpose flag in the first local header and in the directory."""
    for signature, offset in ((b"PK\x03\x04", 6), (CENTRAL, 8)):
        place = data.index(signature) + offset
        (flags,) = struct.unpack_from("<H", data, place)
        data = data[:place] + struct.pack("<H", flags | flag) + data[place + 2 :]
    return data


def raw_named(raw):
    """A zip with one entry, softmax.py's text under a name of these very bytes, flag bit 11 unset."""
    standing_in = "x" * len(raw)
    return zipped((standing_in, CODE)).replace(standing_in.encode(), raw)


def problem_of(tmp_path, data):
    (tmp_path / "ana.zip").write_bytes(data)
    put(tmp_path, "bob/softmax.py")
    ana, bob = read_submissions(tmp_path, MODULES)
    assert bob.problem is None
    assert ana.problem is None or ana.sources == {}
    return ana.problem


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../softmax.py", "climbs out"),
        ("a/../../softmax.py", "climbs out"),
        ("..\\softmax.py", "climbs out"),
        ("/etc/softmax.py", "absolute path"),
        ("C:/softmax.py", "absolute path"),
        ("C:softmax.py", "absolute path"),
        ("\\\\host\\share\\softmax.py", "absolute path"),
    ],
)
def test_an_entry_that_leaves_the_archive_refuses_it(tmp_path, name, why):
    """One name that leads elsewhere refuses the archive even beside good files, and is shown."""
    problem = problem_of(tmp_path, zipped(("batchnorm.py", CODE), (name, CODE)))
    assert why in problem
    assert "softmax.py" in problem


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (stat.S_IFLNK | 0o777, "symbolic link"),
        (stat.S_IFIFO | 0o644, "device, FIFO or socket"),
        (stat.S_IFCHR | 0o644, "device, FIFO or socket"),
        (stat.S_IFBLK | 0o644, "device, FIFO or socket"),
        (stat.S_IFSOCK | 0o644, "device, FIFO or socket"),
    ],
)
def test_an_entry_that_is_no_ordinary_file_refuses_it(tmp_path, mode, why):
    """Links and devices in an archive are refused by kind and name."""
    problem = problem_of(tmp_path, zipped(("softmax.py", CODE), (special("evil.py", mode), "/etc/passwd")))
    assert why in problem
    assert "evil.py" in problem


def test_a_duplicate_refuses_it(tmp_path):
    """Two entries of one name are refused, since readers differ on which counts."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("softmax.py", CODE), ("softmax.py", "x = 1\n"))
    assert "holds softmax.py twice" in problem_of(tmp_path, data)


def test_a_duplicate_in_disguise_refuses_it(tmp_path):
    """./softmax.py and softmax.py are the same file."""
    assert "twice" in problem_of(tmp_path, zipped(("softmax.py", CODE), ("./softmax.py", "x = 1\n")))


def test_a_case_collision_refuses_it(tmp_path):
    """Two sources that one disk would merge are refused with both names."""
    problem = problem_of(tmp_path, zipped(("softmax.py", CODE), ("Softmax.py", CODE)))
    assert "differ in case only" in problem


def test_a_collision_of_unicode_forms_refuses_it(tmp_path):
    """Composed and decomposed letters are one name to macOS, and the message does not speak of case."""
    forms = [unicodedata.normalize(form, "Lösung/softmax.py") for form in ("NFC", "NFD")]
    problem = problem_of(tmp_path, zipped(*((name, CODE) for name in forms)))
    assert "differ in Unicode form (NFC, NFD) only" in problem


@pytest.mark.parametrize("name", [".", "./.", ".\\."])
def test_an_entry_without_a_name_refuses_it(tmp_path, name):
    """Steps that lead nowhere are no name of a file."""
    problem = problem_of(tmp_path, zipped(("softmax.py", CODE), (name, CODE)))
    assert "holds an entry without a name" in problem


def test_an_encrypted_entry_refuses_it(tmp_path):
    """A password is told as what it is."""
    assert "encrypted" in problem_of(tmp_path, with_flag(zipped(("softmax.py", CODE)), 1))


@pytest.mark.parametrize(("method", "name"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "LZMA")])
def test_a_compression_without_a_bound_refuses_it(tmp_path, method, name):
    """Only stored and deflated entries are unpacked; the others are named."""
    assert f"compressed with {name}" in problem_of(tmp_path, zipped(("softmax.py", CODE), compression=method))


def test_a_bomb_by_ratio_is_not_unpacked(tmp_path):
    """Sixty-five MiB of zeros in a few kilobytes are refused from the directory alone."""
    problem = problem_of(tmp_path, zipped(("softmax.py", bytes(65 * 2**20))))
    assert "unpacks to 65 MiB; 64 MiB is the most" in problem


def test_a_source_that_unpacks_beyond_its_bound_is_not_read(tmp_path):
    """The bound on a source holds in a zip too."""
    assert "unpacks to 2 MiB; 1 MiB is the most" in problem_of(tmp_path, zipped(("softmax.py", bytes(2 * 2**20))))


def test_a_bomb_that_lies_about_its_size_is_caught(tmp_path):
    """A directory that claims ten bytes, with the checksum of those ten, does not pass for them."""
    bomb = zipped(("softmax.py", b" " * (32 * 2**20)))
    lie = patched(bomb, 16, "<L", zlib.crc32(b" " * 10))
    lie = patched(lie, 24, "<L", 10)
    assert "not of the size that the zip claims" in problem_of(tmp_path, lie)


def test_a_smaller_lie_is_caught_too(tmp_path):
    """Content beyond the claimed size is never dropped in silence."""
    lie = patched(zipped(("softmax.py", CODE)), 16, "<L", zlib.crc32(CODE[:10].encode()))
    assert "damaged (Bad CRC-32" in problem_of(tmp_path, patched(lie, 24, "<L", 10))


def test_a_wrong_checksum_is_damage(tmp_path):
    """A flipped checksum refuses the archive."""
    assert "damaged (Bad CRC-32" in problem_of(tmp_path, patched(zipped(("softmax.py", CODE)), 16, "<L", 1))


def test_overlapping_entries_are_counted_each(tmp_path):
    """Many names on one compressed block are bounded by what they would unpack to together."""
    data = zipped(("000", bytes(2**20)))
    place, end = data.index(CENTRAL), data.index(END)
    record = data[place:end]
    directory = b"".join(record.replace(b"000", b"%03d" % number) for number in range(65))
    end_record = struct.pack("<4s4H2LH", END, 0, 0, 65, 65, len(directory), place, 0)
    problem = problem_of(tmp_path, data[:place] + directory + end_record)
    assert "unpacks to 65 MiB; 64 MiB is the most" in problem


def test_too_many_entries_refuse_it(tmp_path):
    """One entry beyond the bound is one too many."""
    data = zipped(*((f"{number}.txt", "") for number in range(refusals.MAX_ENTRIES + 1)))
    assert "more than 2,000 entries" in problem_of(tmp_path, data)


def test_a_hundred_thousand_entries_are_not_even_listed(tmp_path):
    """A directory larger than any honest one is refused before it is parsed."""
    record = struct.pack("<4s6H3L5H2L", CENTRAL, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = record * 100_000
    end = struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF - 1, 0xFFFF - 1, len(directory), 0, 0)
    assert "more than 2,000 entries" in problem_of(tmp_path, directory + end)


def test_a_directory_size_that_lies_does_not_cost_memory(tmp_path):
    """A claim of four gigabytes of directory is damage, whatever the file holds."""
    data = zipped(("softmax.py", CODE))
    place = data.index(END) + 12
    assert "damaged or cut short" in problem_of(
        tmp_path, data[:place] + struct.pack("<L", 2**32 - 2) + data[place + 4 :]
    )


@pytest.mark.parametrize("kept", [0, 1, 10, 40, 80, -1, -10])
def test_a_cut_archive_is_told(tmp_path, kept):
    """Wherever an upload broke off, the student is asked for a new zip."""
    assert "damaged or cut short" in problem_of(tmp_path, zipped(("softmax.py", CODE))[:kept])


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x00" + bytes(200), CODE.encode(), bytes(1000)])
def test_what_is_no_zip_is_told(tmp_path, data):
    """Another format under the name .zip is refused."""
    assert "is no zip" in problem_of(tmp_path, data)


def test_an_archive_without_a_source_is_told(tmp_path):
    """An empty zip, and one with a picture only, say what was expected."""
    assert "holds no source" in problem_of(tmp_path, zipped())
    assert "softmax.py" in problem_of(tmp_path, zipped(("me.jpg", "x")))


def test_a_huge_file_is_not_opened_as_a_zip(tmp_path):
    """A sparse file beyond the bound is refused by size."""
    with (tmp_path / "ana.zip").open("wb") as file:
        os.truncate(file.fileno(), refusals.MAX_ARCHIVE_BYTES + 1)
    assert "larger than 64 MiB" in only(tmp_path).problem


def test_flipped_bytes_never_escape_as_another_error(tmp_path):
    """Every single-byte change of a small zip gives an archive or a refusal, and nothing else."""
    data = zipped(("softmax.py", CODE))
    for place in range(len(data)):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            with opened_archive(io.BytesIO(broken)) as archive:
                for name in archive.found.sources:
                    assert archive.read(name, 2**20) == CODE.encode()
        except refusals.UnreadableError:
            pass


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("作业/softmax.py".encode("gbk"), "作业/softmax.py"),
        ("Übung/softmax.py".encode("cp437"), "Übung/softmax.py"),
        ("作业/softmax.py".encode(), "作业/softmax.py"),
        (b"work\\softmax.py", "work/softmax.py"),
    ],
)
def test_names_without_bit_11_are_decoded(tmp_path, raw, name):
    """GBK from Chinese Windows, CP437 from the old standard and bare UTF-8 from macOS are all read."""
    (tmp_path / "ana.zip").write_bytes(raw_named(raw))
    assert dict(only(tmp_path).sources) == {name: CODE}


def test_names_with_bit_11_are_utf8(tmp_path):
    """Names that a modern tool labelled as UTF-8 are taken at their word."""
    (tmp_path / "ana.zip").write_bytes(zipped(("作业/softmax.py", CODE)))
    assert dict(only(tmp_path).sources) == {"作业/softmax.py": CODE}


def test_a_name_that_claims_utf8_and_is_not_is_refused(tmp_path):
    """Flag bit 11 over other bytes is damage."""
    assert "damaged" in problem_of(tmp_path, with_flag(raw_named(b"\xff\xfe.py"), 0x800))


def test_a_nul_in_a_name_refuses_it(tmp_path):
    """A name that ends early for some readers is refused."""
    assert "NUL character in its name" in problem_of(tmp_path, raw_named(b"softmax.py\0.txt"))


def test_a_hostile_name_is_escaped_in_the_message(tmp_path):
    """Escapes and newlines of a member's name do not reach the terminal."""
    problem = problem_of(tmp_path, zipped(("../\x1b[2J\n.py", CODE)))
    assert problem.isprintable()


def test_what_macos_adds_is_ignored(tmp_path):
    """Resource forks and hidden files in a zip are no answers."""
    (tmp_path / "ana.zip").write_bytes(
        zipped(("hw/softmax.py", CODE), ("__MACOSX/hw/._softmax.py", "x"), ("hw/.DS_Store", "x"))
    )
    assert dict(only(tmp_path).sources) == {"hw/softmax.py": CODE}


def test_nothing_is_written_to_disk(tmp_path, monkeypatch):
    """Reading an archive leaves the folder and the working directory as they were."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ana.zip").write_bytes(zipped(("softmax.py", CODE)))
    only(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["ana.zip"]
