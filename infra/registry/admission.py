"""Grant the requests of country nodes: write config, make the login, sign the answer.

The mechanism sees public keys only. A password is made here, given to Kafka, sealed to the key of
the request and kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from infra.clock import now_ms
from infra.errors import EnrolmentError
from infra.exchange_log.log_owner import check_signing_key
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka_access import SecurityProtocol, node_process, user_of
from infra.keys import keyring
from infra.keys.credentials import read_password
from infra.keys.key_files import key_id_of
from infra.program_version import this_release
from infra.registry.config_writer import ConfigChange, answering, read_config_history
from infra.registry.kafka_users import grant_access
from infra.registry.nodes import (
    NodeRegistration,
    announce_next_key,
    announce_node,
    check_registration,
    open_epoch,
)
from infra.registry.request_checks import Judge, judge_request
from infra.settings import Settings
from schemas.config_entry import read_entry
from schemas.crypto.sealing import read_signed, verify
from schemas.enrolment.answer import KafkaLogin, NodeAnswer, seal_password, write_answer
from schemas.enrolment.request import NodeRequest, RequestKind, digest_of
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.i18n import _
from schemas.topics import CONFIG

KEEP_MS = 7 * 86_400_000
"""A replaced key stays valid this much longer: the answer travels to the country by hand."""
_PASSWORD_BYTES = 32


class Terms(NamedTuple):
    """Hold what the mechanism decides about a request.

    `partition`: None, the least used. `keep_ms`: how long replaced keys stay valid. `servers`: of
    Kafka as the country reaches them; None: as this machine does. `password_file`: of the login
    that the operator of a cluster made. `repeats`: only the answer is written, once more.
    `needs_former_key`: whether a key that is replaced has to have signed. `new_login`: whether a
    node that has a password on the embedded Kafka gets another, which ends the former one.
    """

    partition: int | None = None
    keep_ms: int = KEEP_MS
    servers: str | None = None
    password_file: Path | None = None
    repeats: bool = False
    needs_former_key: bool = True
    new_login: bool = False


@dataclass(frozen=True, slots=True)
class GrantedRequest:
    """Describe what was granted: the change of config, and the text of the answer's file."""

    request: NodeRequest
    change: ConfigChange
    login: KafkaLogin
    answer: str


def examine_request(settings: Settings, note: str, terms: Terms) -> NodeRequest:
    """Return a request that may be granted; nothing is changed.

    Raises EnrolmentError, FoundingError, KeyringError.
    """
    return _examine(settings, note, terms, read_config_history(settings))


def grant_request(settings: Settings, note: str, terms: Terms) -> GrantedRequest:
    """Grant a request and sign the answer. Raises what `examine_request` raises, and KafkaError."""
    config = read_config_history(settings)
    request = _examine(settings, note, terms, config)
    signing = _signing_key(settings, config)
    password, login = _login(settings, request, note, terms)
    change = (
        _former_change(config, request)
        if terms.repeats
        else _write_config(settings, config, request, terms)
    )
    grant_access(settings, node_passwords={request.node: password} if password else None)
    answer = NodeAnswer(
        kind=request.kind,
        request=digest_of(note),
        node=request.node,
        country=request.country,
        authority=request.authority,
        key_id=key_id_of(request.node, request.key),
        partition=change.partition,
        holds_from=change.holds_from,
        login=login,
        anchor=keyring.trust_anchor(settings)[1].public_bytes_raw(),
        announced=_announced_keys(settings, signing),
        release=this_release(),
        written_at=now_ms(),
        lane=request.lane,
        epoch=request.epoch,
        former_until=change.former_until,
    )
    return GrantedRequest(request, change, login, write_answer(answer, signing))


def _examine(settings: Settings, note: str, terms: Terms, config: ConfigHistory) -> NodeRequest:
    judge = Judge(
        config.newest(),
        keyring.trust_anchor(settings)[0],
        this_release(),
        now_ms(),
        terms.repeats,
        terms.needs_former_key,
    )
    request = judge_request(note, judge)
    if request.kind is RequestKind.ADMISSION and not terms.repeats:
        check_registration(config, _registration(request, terms))
    _check_answer_key(request)
    return request


def _check_answer_key(request: NodeRequest) -> None:
    """Check that something can be sealed to the answer key. Raises EnrolmentError."""
    try:
        seal_password("", request.answer_key, "")
    except ValueError as error:
        raise EnrolmentError(
            _("The answer key of the request is none that can be used."),
            _("Nothing was changed. Ask the country for a new request."),
            "REQUEST_IMPOSSIBLE",
        ) from error


def _signing_key(settings: Settings, config: ConfigHistory) -> Ed25519PrivateKey:
    keys = keyring.load_mechanism_keys(settings)
    check_signing_key(keys, config, now_ms())
    return keys.signing


def _write_config(
    settings: Settings, config: ConfigHistory, request: NodeRequest, terms: Terms
) -> ConfigChange:
    if request.kind is RequestKind.ADMISSION:
        return announce_node(settings, config, _registration(request, terms), request.key)
    partition = config.newest().nodes[request.node].partition
    if request.kind is RequestKind.EPOCH:
        change = open_epoch(settings, request.node, request.lane)
        return ConfigChange(change.holds_from, partition=partition, epoch=change.epoch)
    change = announce_next_key(settings, config, request.node, request.key, terms.keep_ms)
    return ConfigChange(
        change.holds_from, change.key_id, partition, former_until=change.former_until
    )


def _former_change(config: ConfigHistory, request: NodeRequest) -> ConfigChange:
    """Return what config says of a request that was granted before."""
    key_id, epoch = key_id_of(request.node, request.key), (request.lane, request.epoch)
    for since, view in config.views():
        is_granted = (
            (request.node, *epoch) in view.epochs
            if request.kind is RequestKind.EPOCH
            else key_id in view.keys
        )
        if is_granted:
            partition = view.nodes[request.node].partition
            return ConfigChange(max(since, 0), key_id, partition, request.epoch)
    raise AssertionError("the request was granted before")


def _registration(request: NodeRequest, terms: Terms) -> NodeRegistration:
    return NodeRegistration(
        request.node, request.country, request.authority, terms.partition, request.succeeds
    )


def _login(
    settings: Settings, request: NodeRequest, note: str, terms: Terms
) -> tuple[str, KafkaLogin]:
    """Return the password that Kafka has to be given, and the login as the answer brings it.

    The password is empty where Kafka keeps the one it has.
    """
    process, is_embedded = node_process(request.node), settings.configured.kafka is None
    servers = terms.servers or settings.kafka.bootstrap
    if is_embedded:
        password, sealed = "", b""
        if request.kind is RequestKind.ADMISSION or terms.new_login:
            password = secrets.token_urlsafe(_PASSWORD_BYTES)
            sealed = seal_password(password, request.answer_key, digest_of(note))
        protocol = SecurityProtocol.SASL_PLAINTEXT
        return password, KafkaLogin(servers, protocol, user_of(process), sealed)
    own, sealed = settings.kafka_security.of_process(process), b""
    if terms.password_file is not None:
        password = read_password(terms.password_file)
        sealed = seal_password(password, request.answer_key, digest_of(note))
    certificates = own.ca_file.read_bytes() if own.ca_file else b""
    return "", KafkaLogin(servers, own.security_protocol, own.username or "", sealed, certificates)


def _announced_keys(settings: Settings, signing: Ed25519PrivateKey) -> tuple[bytes, ...]:
    """Return the signed entries of config that lead from the anchor to this key."""
    own = signing.public_key().public_bytes_raw()
    _key_id, key = keyring.trust_anchor(settings)
    chain: list[bytes] = []
    if key.public_bytes_raw() == own:
        return ()
    with answering():
        for value, public in _key_entries(settings):
            try:
                verify(CONFIG, read_signed(value), key)
            except QuipuFormatError:
                continue  # signed by another key than the newest: in effect for nobody
            chain.append(value)
            key = Ed25519PublicKey.from_public_bytes(public)
            if public == own:
                break
    return tuple(chain)


def _key_entries(settings: Settings) -> Iterator[tuple[bytes, bytes]]:
    """Yield each entry of config that announces a signing key, with its public half."""
    with closing(PartitionReader(settings.kafka, CONFIG, 0)) as reader:
        for message in reader.read(reader.end()):
            try:
                name, entry, _since = read_entry(read_signed(message.value)["body"])
            except QuipuFormatError:
                continue
            if name == "SigningKey":
                yield message.value, entry["public_key"]
