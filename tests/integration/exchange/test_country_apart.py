"""A country's machine holds its own keys and the anchor, and nothing of the mechanism's: it asks by
a file, publishes, rotates its key, opens an epoch, and proves its own records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from infra import settings as settings_module
from infra.cli.root import main
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.orchestration.stack import running
from infra.settings import Settings
from producers.node import CountryNode
from schemas import topics
from schemas.crypto.sealing import sign
from schemas.enrolment.request import fingerprint_of
from tests.support.exchange import LINE
from tests.support.founded_exchange import send
from tests.support.patience import patience

NODE = "co-ponal"
ROOT = Path(__file__).parents[3]
WEAPON = {
    "weapon": {"kind": "firearm", "type": "PISTOL", "make": "Taurus", "serial": "TKZ12345"},
    "status": "LOST",
}
ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "occurred_from": "2026-03-02T14:30:00-05:00",
    "occurred_precision": "minute",
}
pytestmark = pytest.mark.integration


@dataclass(frozen=True)
class Machine:
    """A data folder of its own, with the command line."""

    home: Path

    @property
    def settings(self) -> Settings:
        return settings_module.load({"QUIPU_HOME": str(self.home), "QUIPU_LANG": "en"})

    def quipu(self, *arguments: object, code: int = 0, folder: Path | None = None) -> str:
        """Run a command in a folder; it ends with this exit code. Returns what it printed."""
        runner = CliRunner(env={"QUIPU_LANG": "en", "COLUMNS": "200"})
        with chdir(folder or self.home.parent):
            ended = runner.invoke(main, ["--home", str(self.home), *map(str, arguments)])
        assert ended.exit_code == code, f"{arguments}: {ended.output} {ended.exception!r}"
        return ended.output

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def mechanism(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("mechanism") / "home")
    with running(machine.settings, only=(*LINE, "checkpoints")):
        yield machine


@pytest.fixture(scope="module")
def country(mechanism: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A country that was admitted by a file, through every refusal on the way."""
    machine = Machine(tmp_path_factory.mktemp("country") / "home")
    request, answer = machine.home.parent / "request.txt", machine.home.parent / "answer.txt"
    machine.quipu("node", "request", NODE, code=2)
    machine.quipu("node", "request", NODE, *owner(), "--out", request)
    assert "FILE_EXISTS" in machine.quipu(
        "node", "request", NODE, *owner(), "--out", request, code=2
    )
    admit_strictly(mechanism, request, answer)
    refused = machine.quipu("node", "accept", answer, code=2)
    assert "NOT_CONFIRMED" in refused
    wrong = machine.quipu("node", "accept", answer, "--mechanism", "0000 " * 8, code=2)
    assert "ANSWER_FOREIGN" in wrong
    fingerprint = re.findall(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", refused)[0]
    machine.quipu("node", "accept", answer, "--mechanism", fingerprint)
    assert "ANSWER_FOREIGN" in machine.quipu("node", "accept", answer, code=2)
    return machine


def owner() -> tuple[str, ...]:
    return ("--country", "CO", "--authority", "PONAL")


def admit_strictly(mechanism: Machine, request: Path, answer: Path) -> None:
    """Admit a request, after what must be refused; each refusal changes nothing."""
    altered = request.with_name("altered.txt")
    altered.write_text(request.read_text().replace("authority: PONAL", "authority: DIAN"))
    admit = ("node", "admit", "--out", answer)
    assert "REQUEST_ALTERED" in mechanism.quipu(*admit, altered, "--yes", code=2)
    assert "NOT_CONFIRMED" in mechanism.quipu(*admit, request, code=2)
    assert NODE not in mechanism.quipu("node", "list", "--json")
    mechanism.quipu(*admit, request, "--yes")
    assert "REQUEST_DONE" in mechanism.quipu(*admit, request, "--yes", "--force", code=2)
    mechanism.quipu(*admit, request, "--yes", "--again", "--force")


def grant(mechanism: Machine, country: Machine, *purpose: str) -> str:
    """Ask for something, grant it and accept it; returns the text of the request."""
    request = country.home.parent / f"{len(country.files())}{purpose[0]}-request.txt"
    answer = request.with_suffix(".answer")
    country.quipu("node", "request", NODE, *purpose, "--out", request)
    mechanism.quipu("node", "admit", request, "--yes", "--out", answer)
    country.quipu("node", "accept", answer)
    assert "REQUEST_DONE" in mechanism.quipu("node", "admit", request, "--yes", code=2)
    return request.read_text()


def test_a_country_publishes_with_its_own_keys_from_its_own_folder(country: Machine) -> None:
    assert not (country.settings.keys_dir / "mechanism").exists()
    with CountryNode(country.settings, NODE) as node:
        config = node.require_connection()
        assert (config.country, config.authority) == ("CO", "PONAL")
    listed = json.loads(country.quipu("node", "list", "--json"))
    assert NODE in [node["node"] for node in listed]


def test_keys_and_epochs_change_by_files_too(mechanism: Machine, country: Machine) -> None:
    first = keyring.load_node_keys(country.settings, NODE).key_id
    rotation = grant(mechanism, country, "--rotate")
    second = keyring.load_node_keys(country.settings, NODE).key_id
    assert first != second
    assert rotation.count(f"— {NODE} ") == 2
    grant(mechanism, country, "--new-epoch", "--lane", "routine")
    (listed,) = (
        node
        for node in json.loads(mechanism.quipu("node", "list", "--json"))
        if node["node"] == NODE
    )
    assert {key["key_id"] for key in listed["keys"]} == {first, second}
    assert listed["epochs"]["routine"] == 2
    with CountryNode(country.settings, NODE) as node:
        assert node.require_connection().epochs["routine"] == 2


def test_a_country_proves_its_own_records(mechanism: Machine, country: Machine) -> None:
    records = [
        {"reference": f"R-{number}", "payload": payload, "envelope": ENVELOPE}
        for number, payload in enumerate([WEAPON, {**WEAPON, "status": "SEIZED"}])
    ]
    with CountryNode(country.settings, NODE) as node:
        results = node.publish_events("weapon_record", records)
        assert [result.outcome for result in results] == ["sealed", "sealed"]
    assert "SEND" not in country.quipu("node", "reconcile", NODE, "--wait", patience(60))
    proof = json.loads(country.quipu("node", "reconcile", NODE, "--json"))
    (cord,) = (cord for cord in proof["cords"] if cord["sealed"])
    assert (cord["accepted"], cord["stated"]["stored"]) == (2, 2)
    assert proof["holds"]
    topic = topics.statements(1, "CO", NODE)
    stranger = Ed25519PrivateKey.generate()
    false = sign(topic, b"nothing is stored", "config-00000000", stranger)
    operator = mechanism.settings.acting_as(ProcessName.BROKER)
    send(operator, [(topic, 0, NODE.encode(), false)])
    refused = country.quipu("node", "reconcile", NODE, code=1)
    assert "did not sign a statement" in refused
    assert "UNKNOWN_KEY" in refused


def test_no_private_key_travels(mechanism: Machine, country: Machine) -> None:
    secrets = {machine: secrets_of(machine) for machine in (mechanism, country)}
    assert len(secrets[country]) >= 3
    assert len(secrets[mechanism]) >= 4
    for holder, other in ((mechanism, country), (country, mechanism)):
        travelled = {path: path.read_bytes() for path in country.home.parent.glob("*.*")}
        for path, content in (other.files() | travelled).items():
            for secret in secrets[holder]:
                for form in (secret, secret.hex().encode()):
                    assert form not in content, path


def secrets_of(machine: Machine) -> list[bytes]:
    """The raw private keys and secrets of a folder, and its passwords of Kafka."""
    secrets = []
    for path, content in machine.files().items():
        if path.suffix == ".secret":
            secrets.append(content)
        elif path.suffix == ".password":
            secrets.append(content.strip())
        elif path.suffix == ".pem" and b"PRIVATE" in content:
            key = load_pem_private_key(content, None)
            secrets.append(key.private_bytes_raw())  # type: ignore[union-attr]
            secrets.append(content.splitlines()[1])
    return secrets


def test_the_page_on_onboarding_works_as_written(
    mechanism: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    machines = {
        "mechanism": mechanism,
        "country": Machine(tmp_path_factory.mktemp("onboarding") / "home"),
    }
    fingerprint = fingerprint_of(
        keyring.trust_anchor(mechanism.settings)[1].public_bytes_raw()
    ).replace(" ", "")
    kafka, table = str(mechanism.settings.kafka), tmp_path_factory.mktemp("files")
    commands = commands_of(ROOT / "docs" / "onboarding.md")
    assert commands == commands_of(ROOT / "docs" / "es" / "incorporar.md")
    assert len(commands) >= 11
    for name, command in commands:
        arguments = command.replace("FINGERPRINT", fingerprint).split()[1:]
        arguments = [kafka if part == "k1.example.org:9094" else part for part in arguments]
        confirmed = ["--yes"] if "admit" in arguments else []
        machines[name].quipu(*arguments, *confirmed, folder=table)


def commands_of(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with the machine on which it is run."""
    blocks = re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    commands, machine = [], ""
    for line in "".join(blocks).splitlines():
        if line.startswith("# "):
            machine = line.removeprefix("# ")
        else:
            commands.append((machine, line))
    return commands
