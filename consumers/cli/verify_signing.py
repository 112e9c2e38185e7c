"""Say what of the log is signed and countersigned, and what a witness remembers of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import click

from infra.clock import now_ms
from infra.errors import NotRunningError
from infra.exchange_log.history_check import TopicVerification
from infra.exchange_log.partition_history import SigningState
from infra.outbox_reader import RememberedCheckpoint, open_outbox, outbox_paths
from infra.settings import Settings
from schemas.checkpoint.periods import is_too_old
from schemas.i18n import UserMessage, _


def print_signing(lang: str, verification: TopicVerification, partition: int) -> None:
    """Write what of a partition is signed, and what is wrong with it; nothing of an empty one."""
    if partition >= len(verification.signing):
        return
    state, now = verification.signing[partition], now_ms()
    if verification.record.heads[partition].size:
        click.echo(f"    {_signed(state).in_language(lang)}")
    for warning in _warnings(verification.topic, state, now):
        click.echo(f"  ! {warning.in_language(lang)}", err=True)


def signing_as_json(state: SigningState) -> Mapping[str, object]:
    """Return what of a partition is signed, for programs; times are ms since 1970 UTC."""
    newest = state.newest
    return {
        "size": newest.checkpoint.size if newest else 0,
        "signed_at": newest.appended_at if newest else None,
        "seen_by": [*state.seen_by],
        "unsigned_since": state.unsigned_since,
        "forged": state.forged,
    }


def print_witness(settings: Settings, node: str) -> bool:
    """Write what a node of this folder remembers as a witness; say whether it saw contradictions.

    Raises NotRunningError where the node has no outbox here, OutboxUnreadableError.
    """
    path = outbox_paths(settings).get(node)
    if path is None:
        raise NotRunningError(
            _("There is no outbox of the node {node} in {home}.", node=node, home=settings.home),
            _("Run this on the machine of the node, or see `quipu node list`."),
            "NODE_UNKNOWN",
        )
    with open_outbox(path) as outbox:
        trees = outbox.remembered_checkpoints()
    if not trees:
        click.echo(_("{node} has seen no checkpoint yet.", node=node).in_language(settings.lang))
    for tree in trees:
        _print_remembered(settings.lang, tree)
    return any(tree.contradiction for tree in trees)


def _print_remembered(lang: str, tree: RememberedCheckpoint) -> None:
    if tree.checkpoint and tree.seen_at is not None:
        root, at = tree.checkpoint.root.hex()[:16], _time(tree.seen_at)
        click.echo(f"{tree.origin:<24} {tree.checkpoint.size:>10} {root}  {at}")
    if tree.contradiction:
        text = _(
            "{tree}: the mechanism's key signed another history, of {size} messages. It was not "
            "countersigned. Call the mechanism and the other countries; keep the outbox.",
            tree=tree.origin,
            size=tree.contradiction.size,
        )
        click.echo(f"  ✗ {text.in_language(lang)}", err=True)


def _signed(state: SigningState) -> UserMessage:
    if state.newest is None:
        return _("not signed yet")
    size, at = state.newest.checkpoint.size, _time(state.newest.appended_at)
    if not state.seen_by:
        return _("signed up to {size}, {at}; no node has countersigned it yet", size=size, at=at)
    names = ", ".join(state.seen_by)
    return _("signed up to {size}, {at}; countersigned by {names}", size=size, at=at, names=names)


def _warnings(topic: str, state: SigningState, now: int) -> Iterator[UserMessage]:
    since = state.unsigned_since
    if since is not None and is_too_old(topic, (now - since) / 1000):
        yield _(
            "The newest checkpoint is too old: messages wait for the next since {since}. "
            "Does the part `checkpoints` of `quipu up` run? Read logs/checkpoints.log.",
            since=_time(since),
        )
    if state.forged:
        yield _(
            "{count} checkpoints do not fit the log and have no good signature: somebody wrote "
            "them without the key. They prove nothing.",
            count=state.forged,
        )


def _time(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
