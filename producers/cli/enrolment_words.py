"""Say what a node's request asks for, what was granted, and what an answer changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from infra.kafka_access import node_process
from infra.keys import keyring
from infra.keys.key_files import key_id_of
from infra.keys.node_answer import AnswerInUse
from infra.registry.admission import GrantedRequest, Terms
from infra.settings import Settings
from producers.cli.render_config import since
from schemas.enrolment.request import NodeRequest, RequestKind, fingerprint_of
from schemas.i18n import UserMessage, _

_PURPOSES = {
    RequestKind.ADMISSION: _("It asks for admission."),
    RequestKind.ROTATION: _("It asks for another signing key."),
    RequestKind.EPOCH: _("It asks for another epoch, as its outbox was lost."),
}


def request_facts(request: NodeRequest, note: str, terms: Terms) -> list[UserMessage]:
    """Say who asks for what, and by which keys."""
    facts = [
        _(
            "Node {node} of {country}/{authority}.",
            node=request.node,
            country=request.country,
            authority=request.authority,
        ),
        _PURPOSES[request.kind],
        _("Fingerprint of the request: {fingerprint}", fingerprint=fingerprint_of(note)),
        _(
            "Signing key {key_id}: {fingerprint}",
            key_id=key_id_of(request.node, request.key),
            fingerprint=fingerprint_of(request.public_key),
        ),
        _(
            "Written on {moment} UTC with release {release}.",
            moment=moment_text(request.written_at),
            release=request.release,
        ),
    ]
    if request.succeeds:
        facts.append(_("It takes over the items of {nodes}.", nodes=", ".join(request.succeeds)))
    if not terms.needs_former_key:
        facts.append(_("No former key has to have signed it: only the fingerprint proves it."))
    return facts


def granted_lines(settings: Settings, granted: GrantedRequest, path: Path) -> list[UserMessage]:
    """Say what was granted, and what is left to do. `path`: of the answer's file."""
    anchor = keyring.trust_anchor(settings)[1].public_bytes_raw()
    lines = [
        _(
            "Granted, in effect {since}. Answer written: {path}",
            since=since(settings, granted.change),
            path=path,
        )
    ]
    anchor = keyring.trust_anchor(settings)[1].public_bytes_raw()
    lines.append(
        _("Fingerprint of the mechanism: {fingerprint}", fingerprint=fingerprint_of(anchor))
    )
    if granted.change.former_until:
        until = moment_text(granted.change.former_until)
        lines.append(_("The former key stays valid until {until} UTC.", until=until))
    if settings.configured.kafka is not None and granted.request.kind is RequestKind.ADMISSION:
        lines.append(_permissions(granted))
    lines.append(
        _("Send the file to the country, and read the mechanism's fingerprint by telephone.")
    )
    return lines


def _permissions(granted: GrantedRequest) -> UserMessage:
    request = granted.request
    return _(
        "Give the user {user} its permissions on Kafka: python -m infra.kafka.policy "
        "--node {node}={country}/{authority}",
        user=granted.login.user or node_process(request.node),
        node=request.node,
        country=request.country,
        authority=request.authority,
    )


def accepted_lines(in_use: AnswerInUse) -> list[UserMessage]:
    """Say what an answer changed, and what is left to do."""
    answer = in_use.answer
    holds = answer.holds_from or answer.written_at
    lines = [
        _(
            "Node {node}: accepted. It may publish from {moment} UTC on.",
            node=answer.node,
            moment=moment_text(holds),
        )
    ]
    if in_use.other_servers:
        lines.append(
            _(
                "quipu.toml names other servers than the answer ({servers}) and was not changed.",
                servers=answer.login.servers,
            )
        )
    if in_use.is_newer:
        lines.append(newer_than_mechanism(answer.release))
    if answer.kind is RequestKind.EPOCH:
        lines.append(_("Publish again the files since the copy of the outbox that you restored."))
    if answer.kind is RequestKind.ADMISSION and answer.login.user and not in_use.has_password:
        lines.append(
            _(
                "The answer brings no password. Ask the operator of Kafka for that of {user}.",
                user=answer.login.user,
            )
        )
    return lines


def newer_than_mechanism(release: str) -> UserMessage:
    """Warn of a program that is newer than the mechanism's release."""
    return _(
        "This program is newer than the mechanism's release {release}. "
        "Do not upgrade nodes before the mechanism.",
        release=release,
    )


def moment_text(moment_ms: int) -> str:
    """Write a moment (ms since 1970 UTC) to the second."""
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"
