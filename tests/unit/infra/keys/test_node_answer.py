"""A country believes an answer that begins with the right anchor and answers its own request; no
private key is in any file that travels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra import settings as settings_module
from infra.errors import EnrolmentError
from infra.kafka_access import node_process
from infra.keys import keyring
from infra.keys.key_files import key_id_of
from infra.keys.node_answer import use_answer
from infra.keys.node_request import RequestPurpose, make_request
from infra.settings import Settings
from schemas import topics
from schemas.config_entry import write_entry
from schemas.crypto.sealing import sign
from schemas.enrolment.answer import KafkaLogin, NodeAnswer, seal_password, write_answer
from schemas.enrolment.request import RequestKind, digest_of, fingerprint_of, read_request
from schemas.i18n import _

NOW = 1_800_000_000_000
PASSWORD = "a password of the test"
ADMISSION = RequestPurpose(RequestKind.ADMISSION, "co-ponal", "CO", "PONAL")


@dataclass(frozen=True)
class TestMechanism:
    """The mechanism's keys: the one that founded the exchange, and the one that signs now."""

    __test__ = False
    anchor: Ed25519PrivateKey
    signing: Ed25519PrivateKey
    announced: tuple[bytes, ...] = ()

    def answer(self, note: str, **changes: object) -> NodeAnswer:
        request = read_request(note)
        sealed = seal_password(PASSWORD, request.answer_key, digest_of(note))
        answer = NodeAnswer(
            kind=request.kind,
            request=digest_of(note),
            node=request.node,
            country=request.country,
            authority=request.authority,
            key_id=key_id_of(request.node, request.key),
            partition=1,
            holds_from=NOW + 60_000,
            login=KafkaLogin(
                "127.0.0.1:9094", "SASL_PLAINTEXT", "quipu-node-co-ponal", sealed, b""
            ),
            anchor=self.anchor.public_key().public_bytes_raw(),
            announced=self.announced,
            release="0.1.0",
            written_at=NOW,
        )
        return replace(answer, **changes)  # type: ignore[arg-type]


@pytest.fixture
def mechanism() -> TestMechanism:
    key = Ed25519PrivateKey.generate()
    return TestMechanism(key, key)


def successor(mechanism: TestMechanism) -> TestMechanism:
    """The same mechanism after its signing key was rotated."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key()
    entry = {"key_id": key_id_of("config", public), "public_key": public.public_bytes_raw()}
    body = write_entry("SigningKey", entry, NOW)
    value = sign(topics.CONFIG, body, "config-former", mechanism.signing)
    return TestMechanism(mechanism.anchor, key, (*mechanism.announced, value))


def accept(_anchor: bytes) -> None:
    """Compare nothing: the anchor is the right one."""


def refuse(_anchor: bytes) -> None:
    raise EnrolmentError(_("It differs."), _("Call the mechanism."), "NOT_CONFIRMED")


def code_of(settings: Settings, note: str) -> str:
    with pytest.raises(EnrolmentError) as refused:
        use_answer(settings, note, accept)
    return refused.value.code


def again(settings: Settings) -> Settings:
    """The settings as the next command reads them."""
    return settings_module.load({"QUIPU_HOME": str(settings.home)})


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_answer_brings_anchor_address_and_password(
    settings: Settings, mechanism: TestMechanism
) -> None:
    note = make_request(settings, ADMISSION, NOW)
    answer = write_answer(mechanism.answer(note), mechanism.signing)
    assert PASSWORD not in answer
    compared: list[bytes] = []
    in_use = use_answer(settings, answer, compared.append)
    assert compared == [mechanism.anchor.public_key().public_bytes_raw()]
    assert (in_use.has_password, in_use.other_servers, in_use.is_newer) == (True, False, False)
    now = again(settings)
    assert keyring.trust_anchor(now)[1] == mechanism.anchor.public_key()
    access = now.acting_as(node_process("co-ponal")).kafka
    assert (access.bootstrap, access.security.username) == (
        "127.0.0.1:9094",
        "quipu-node-co-ponal",
    )
    password_file = access.security.password_file
    assert password_file is not None
    assert password_file.read_text() == f"{PASSWORD}\n"
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert code_of(now, answer) == "ANSWER_FOREIGN"  # it is used once


def test_an_answer_after_rotations_is_believed_along_the_chain(
    settings: Settings, mechanism: TestMechanism
) -> None:
    note = make_request(settings, ADMISSION, NOW)
    second = successor(mechanism)
    third = successor(second)
    without = replace(third, announced=third.announced[1:])
    retired = third.answer(note)
    for text in (
        write_answer(without.answer(note), third.signing),
        write_answer(retired, mechanism.signing),
        write_answer(retired, second.signing),
    ):
        assert code_of(settings, text) == "ANSWER_ALTERED"
    use_answer(settings, write_answer(third.answer(note), third.signing), accept)


def test_a_false_answer_changes_nothing(settings: Settings, mechanism: TestMechanism) -> None:
    former = make_request(settings, ADMISSION, NOW)
    note = make_request(settings, ADMISSION, NOW + 1)
    stranger = TestMechanism(key := Ed25519PrivateKey.generate(), key)
    right = mechanism.answer(note)
    text = write_answer(right, mechanism.signing)
    before = files_of(settings.home)
    refused = {
        text.replace("partition: 1", "partition: 0"): "ANSWER_ALTERED",
        text.replace("node: co-ponal", "node: co-dijin"): "ANSWER_ALTERED",
        write_answer(right, stranger.signing): "ANSWER_ALTERED",
        write_answer(mechanism.answer(former), mechanism.signing): "ANSWER_OTHER",
        write_answer(replace(right, node="co-dijin"), mechanism.signing): "ANSWER_FOREIGN",
        write_answer(
            replace(
                right, login=replace(right.login, password=mechanism.answer(former).login.password)
            ),
            mechanism.signing,
        ): "ANSWER_OTHER",
        write_answer(
            replace(right, login=replace(right.login, protocol="NEW")), mechanism.signing
        ): ("ANSWER_ALTERED"),
    }
    for other, code in refused.items():
        assert code_of(settings, other) == code
        assert files_of(settings.home) == before
    with pytest.raises(EnrolmentError):
        use_answer(settings, text, refuse)
    assert files_of(settings.home) == before
    use_answer(settings, text, accept)
    rotation = replace(ADMISSION, kind=RequestKind.ROTATION)
    note = make_request(again(settings), rotation, NOW)
    of_stranger = write_answer(stranger.answer(note), stranger.signing)
    assert code_of(again(settings), of_stranger) == "ANSWER_FOREIGN"


def test_a_rotated_key_is_used_once_it_holds(settings: Settings, mechanism: TestMechanism) -> None:
    note = make_request(settings, ADMISSION, NOW)
    first = keyring.load_node_keys(settings, "co-ponal")
    use_answer(settings, write_answer(mechanism.answer(note), mechanism.signing), accept)
    rotation = replace(ADMISSION, kind=RequestKind.ROTATION)
    note = make_request(settings, rotation, NOW)
    asked_for = read_request(note).key
    assert read_request(make_request(settings, rotation, NOW)).key == asked_for
    note = make_request(settings, rotation, NOW)
    use_answer(settings, write_answer(mechanism.answer(note), mechanism.signing), accept)
    assert keyring.load_node_keys(settings, "co-ponal", now=NOW + 60_000).key_id == first.key_id
    second = keyring.load_node_keys(settings, "co-ponal", now=NOW + 70_000)
    assert second.key_id == key_id_of("co-ponal", asked_for)
    assert second.id_secret == first.id_secret


def test_no_private_key_of_the_country_is_in_what_travels(settings: Settings) -> None:
    notes = [make_request(settings, ADMISSION, NOW)]
    notes.append(make_request(settings, replace(ADMISSION, kind=RequestKind.ROTATION), NOW))
    private = [
        path
        for path in files_of(settings.node_dir("co-ponal"))
        if path.suffix in (".pem", ".secret")
    ]
    assert len(private) == 4
    for path in private:
        raw = path.read_bytes()
        body = b"".join(raw.splitlines()[1:-1]) if path.suffix == ".pem" else raw
        for note in notes:
            assert body not in note.encode()
            assert body.hex() not in note


def test_fingerprints_differ_and_are_easy_to_read() -> None:
    assert fingerprint_of(bytes(32)) == fingerprint_of(bytes(32))
    assert fingerprint_of(bytes(32)) != fingerprint_of(bytes(31) + b"\1")
    assert [len(group) for group in fingerprint_of(bytes(32)).split()] == [4] * 8
