"""Put the mechanism's answer to a node's request into use at the country.

What is believed begins with the anchor: the one that is here, or the one whose fingerprint a
person compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from infra.data_folder import write_atomically
from infra.errors import EnrolmentError
from infra.kafka_access import ENGINE, SecurityProtocol, node_process
from infra.keys import keyring
from infra.keys.connection_file import CERTIFICATES, uses_other_servers, write_connection
from infra.keys.credentials import password_file
from infra.keys.key_files import key_id_of, public_pem, write_private
from infra.keys.node_request import REQUEST, load_answer_key, load_next_key, request_folder
from infra.program_version import is_newer, this_release
from infra.settings import Settings
from schemas.enrolment.answer import NodeAnswer, open_password, read_answer
from schemas.enrolment.request import RequestKind, digest_of, read_request
from schemas.errors import QuipuFormatError
from schemas.i18n import _

MARGIN_MS = 3_000
"""A new key is used this much after it holds: this clock may be ahead of Kafka's."""

ConfirmAnchor = Callable[[bytes], None]
"""Ask whether this public key (32 bytes) is the mechanism's; raise EnrolmentError if not."""


@dataclass(frozen=True, slots=True)
class AnswerInUse:
    """Say what an answer changed.

    `has_password`: it brought one. `other_servers`: quipu.toml names other servers of Kafka, and
    was left as it is. `is_newer`: this program is newer than the mechanism's.
    """

    answer: NodeAnswer
    has_password: bool
    other_servers: bool
    is_newer: bool


def use_answer(settings: Settings, note: str, confirm: ConfirmAnchor) -> AnswerInUse:
    """Check an answer and put it into use; after a crash it can be repeated.

    `confirm` is called where no anchor is here. Raises EnrolmentError, KeyringError, OSError.
    """
    answer = _read(note)
    folder = request_folder(settings, answer.node)
    key_id = _check_request(settings, answer)
    password = _password(settings, answer)
    _trust(settings, answer, confirm)
    if answer.login.certificates:
        write_atomically(settings.home / CERTIFICATES, answer.login.certificates.decode())
    if password:
        _keep_password(settings, answer.node, password)
    write_connection(settings, answer.login)
    if answer.kind is RequestKind.ROTATION:
        active_from = answer.holds_from + MARGIN_MS if answer.holds_from else 0
        used = keyring.install_node_key(
            settings, answer.node, load_next_key(folder), active_from or answer.written_at
        )
        assert used.key_id == key_id, "the request named this key"  # noqa: S101
    shutil.rmtree(folder)
    return AnswerInUse(
        answer,
        bool(password),
        uses_other_servers(settings, answer.login),
        is_newer(this_release(), answer.release),
    )


def _read(note: str) -> NodeAnswer:
    try:
        answer = read_answer(note)
        SecurityProtocol(answer.login.protocol)  # a later release may know more of them
    except (QuipuFormatError, ValueError) as error:
        raise EnrolmentError(
            _("This is no answer that the mechanism signed: {why}.", why=str(error)),
            _("Nothing was changed. Ask the mechanism to send the file again, as it is."),
            "ANSWER_ALTERED",
        ) from error
    return answer


def _check_request(settings: Settings, answer: NodeAnswer) -> str:
    """Check that an answer is to the request that waits here; return the id of its key."""
    path = request_folder(settings, answer.node) / REQUEST
    if not path.exists():
        raise EnrolmentError(
            _("No request of the node {node} waits for an answer here.", node=answer.node),
            _(
                "Use the answer on the machine where `quipu node request` was run. "
                "An answer is used once."
            ),
            "ANSWER_FOREIGN",
        )
    note = path.read_text(encoding="utf-8")
    request = read_request(note)
    key_id = key_id_of(request.node, request.key)
    if (digest_of(note), request.kind, key_id) != (answer.request, answer.kind, answer.key_id):
        raise EnrolmentError(
            _("This answers another request of the node {node}.", node=answer.node),
            _("Hand the newest request to the mechanism: {path}", path=path),
            "ANSWER_OTHER",
        )
    return key_id


def _password(settings: Settings, answer: NodeAnswer) -> str:
    if not answer.login.password:
        return ""
    key = load_answer_key(request_folder(settings, answer.node))
    try:
        return open_password(answer.login.password, key, answer.request)
    except QuipuFormatError as error:
        raise EnrolmentError(
            _("The password in the answer was sealed for another request."),
            _("Nothing was changed. Ask the mechanism for the answer: quipu node admit --again"),
            "ANSWER_OTHER",
        ) from error


def _trust(settings: Settings, answer: NodeAnswer, confirm: ConfirmAnchor) -> None:
    path = settings.keys_dir / "anchor.pem"
    if path.exists():
        if keyring.trust_anchor(settings)[1].public_bytes_raw() != answer.anchor:
            raise EnrolmentError(
                _("This is the answer of another mechanism than the one of {path}.", path=path),
                _("Nothing was changed. Check who sent the file."),
                "ANSWER_FOREIGN",
            )
        return
    confirm(answer.anchor)
    settings.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    write_private(part, public_pem(answer.anchor_key))
    part.replace(path)


def _keep_password(settings: Settings, node: str, password: str) -> None:
    """Write the password where this folder's settings look for it."""
    process = node_process(node)
    path = password_file(settings.credentials_dir, ENGINE, process)
    if (settings.keys_dir / "mechanism").exists():
        path = password_file(settings.node_dir(node), ENGINE, node)
    elif settings.configured.kafka is not None:
        path = settings.kafka_security.of_process(process).password_file or path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(path, f"{password}\n")
