"""A platform on loopback, our key, a configuration that fits, and a class of students."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import lti_platform
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from autograder.exports.lti import open_service, read_configuration, send, share_out
from autograder.exports.lti.columns import Wanted, find_or_make
from autograder.exports.lti.journal import NAME, Journal
from autograder.exports.lti.keys import new_key, public_jwks
from autograder.report import write_report


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Our key in a file, another that the platform does not know, and the platform's own."""
    folder = tmp_path_factory.mktemp("keys")
    key = new_key(folder / "ours.pem")
    wrong = new_key(folder / "wrong.pem")
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {
        "folder": folder,
        "ours": key,
        "wrong": wrong,
        "jwks": json.loads(public_jwks(key)),
        "private": private,
        "public": private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    }


@pytest.fixture(scope="session")
def own_certificate(keys):
    """A certificate for this machine that nobody but its owner has signed, and its key."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, keys["private"].public_key(), 1, now, now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    signed = built.add_extension(names, critical=False).sign(keys["private"], hashes.SHA256())
    key = keys["private"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = keys["folder"] / "certificate.pem"
    file.write_bytes(key + signed.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def platform(keys):
    """A platform that listens."""
    with lti_platform.running(keys) as running:
        yield running


@pytest.fixture
def configure(tmp_path, platform, keys):
    """Write lti.toml for the platform: `configure(platform="canvas", line_item_url=None)`; returns its path."""

    def write(**changes):
        told = {
            "name": "Our Moodle",
            "client_id": lti_platform.CLIENT,
            "token_url": f"{platform.url}/token",
            "private_key": str(keys["folder"] / "ours.pem"),
            "lineitems_url": f"{platform.url}/columns",
            "label": "作业 5",
            "tag": "hw5",
            "timeout_seconds": 5,
            **changes,
        }
        file = tmp_path / "lti.toml"
        lines = [f"{key} = {json.dumps(value)}" for key, value in told.items() if value is not None]
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def known(keys):
    """What lti.toml says of a platform without an address: read once, for a key takes long to read."""
    file = keys["folder"] / "lti.toml"
    addresses = "".join(f'{key} = "http://localhost/"\n' for key in ("token_url", "lineitems_url"))
    file.write_text(
        f'{addresses}name = "Our Moodle"\nclient_id = "{lti_platform.CLIENT}"\nprivate_key = "ours.pem"\n'
        'label = "作业 5"\ntag = "hw5"\ntimeout_seconds = 5\n',
        encoding="utf-8",
    )
    return read_configuration(file)


@pytest.fixture
def hand_on(tmp_path, platform, known):
    """Send these reports, as the command does; returns what became of each. `hand_on.pauses`: how long it waited."""

    def run(reports, *, journal=Journal, clock=None, asked_to_stop=lambda: False, **changes):
        addresses = {"token_url": f"{platform.url}/token", "lineitems_url": f"{platform.url}/columns"}
        configuration = replace(known, audience=addresses["token_url"], **addresses | changes)
        shares = share_out(reports)
        run.pauses.clear()
        options = {"pause": run.pauses.append, "chance": lambda: 1.0} | ({"clock": clock} if clock else {})
        with closing(journal(tmp_path / NAME)) as opened, open_service(configuration, **options) as service:
            wanted = Wanted(configuration.label, configuration.tag, configuration.resource_id, shares.sendable[0].most)
            column = configuration.line_item_url or find_or_make(service, wanted).url
            return list(send(service, column, shares.sendable, opened, asked_to_stop=asked_to_stop))

    run.pauses = []
    return run


@pytest.fixture
def grades(tmp_path):
    """Write a folder of grades: `grades(report, …)`."""

    def write(*reports):
        folder = tmp_path / "grades" / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        for report in reports:
            write_report(folder / f"{report.submission.id}.json", report)
        return folder.parent

    return write
