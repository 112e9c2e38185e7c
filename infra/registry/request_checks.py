"""Judge the request of a country node by what config says. Pure, apart from what it is handed."""

from __future__ import annotations

from typing import NamedTuple

from infra.errors import EnrolmentError
from infra.keys.key_files import key_id_of
from infra.keys.keyring import is_node_name
from infra.program_version import is_newer
from schemas.enrolment.request import NodeRequest, RequestKind, is_signed_by, read_request
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigView, NodeKey
from schemas.i18n import _
from schemas.model import LANES

MOST_AGE_MS = 7 * 86_400_000
"""A request is older than its way may take, or somebody kept it for later."""
MOST_LEAD_MS = 600_000
"""How far ahead of this machine the clock of a country may be."""


class Judge(NamedTuple):
    """Hold what a request is judged by.

    `anchor`: id of the key that founded the exchange. `now`: ms since 1970 UTC. `repeats`: the
    answer to a request that was granted is written once more. `needs_former_key`: whether the
    key that is replaced has to sign, too.
    """

    config: ConfigView
    anchor: str
    release: str
    now: int
    repeats: bool = False
    needs_former_key: bool = True


def judge_request(note: str, judge: Judge) -> NodeRequest:
    """Return the request of a file that may be granted.

    Raises EnrolmentError: REQUEST_ALTERED, REQUEST_FOREIGN, REQUEST_STALE, REQUEST_EARLY,
    REQUEST_DONE, REQUEST_UNPROVED, REQUEST_IMPOSSIBLE, NODE_NEWER.
    """
    try:
        request = read_request(note)
    except (QuipuFormatError, ValueError) as error:
        raise _altered(error) from error
    if not is_node_name(request.node):
        raise _altered(ValueError(f"{request.node!r} is no name of a node"))
    if request.mechanism and request.mechanism != judge.anchor:
        raise _foreign_mechanism(request, judge.anchor)
    _check_time(request, judge.now)
    _check_release(request, judge.release)
    _check_key(request, judge)
    if request.kind is RequestKind.ADMISSION:
        return request
    _check_owner(request, judge.config)
    _check_proof(note, request, judge)
    if request.kind is RequestKind.EPOCH:
        _check_epoch(request, judge)
    return request


def _check_time(request: NodeRequest, now: int) -> None:
    if request.written_at > now + MOST_LEAD_MS:
        raise EnrolmentError(
            _("The request was written later than now, by the clock of this machine."),
            _("Check the clocks of both machines, and ask the country for a new request."),
            "REQUEST_EARLY",
        )
    if request.written_at < now - MOST_AGE_MS:
        days = (now - request.written_at) // 86_400_000
        raise EnrolmentError(
            _("The request is {days} days old, more than 7.", days=days),
            _("Ask the country for a new one: quipu node request {node}", node=request.node),
            "REQUEST_STALE",
        )


def _check_release(request: NodeRequest, release: str) -> None:
    if is_newer(request.release, release):
        raise EnrolmentError(
            _(
                "The node runs release {newer}, which is newer than the mechanism's {release}.",
                newer=request.release,
                release=release,
            ),
            _(
                "Upgrade the mechanism first, then repeat this command. "
                "Or let the node use release {release}.",
                release=release,
            ),
            "NODE_NEWER",
        )


def _check_key(request: NodeRequest, judge: Judge) -> None:
    """Check that a key which is to be admitted is new, and nobody else's."""
    for key in judge.config.keys.values():
        if key.public.public_bytes_raw() == request.public_key and key.node != request.node:
            raise EnrolmentError(
                _("The key of this request is already that of {node}.", node=key.node),
                _("Admit nothing. Ask the country who wrote the file."),
                "REQUEST_FOREIGN",
            )
    if request.kind is RequestKind.EPOCH:
        return
    known = judge.config.keys.get(key_id_of(request.node, request.key))
    if known is None and judge.repeats:
        raise _not_granted()
    if known is not None and not (judge.repeats and not known.revoked):
        raise _done(request)


def _check_owner(request: NodeRequest, config: ConfigView) -> None:
    node = config.nodes.get(request.node)
    if node is None:
        raise EnrolmentError(
            _("Config does not know the node {node}.", node=request.node),
            _("The country has to ask for its admission first: quipu node request"),
            "REQUEST_FOREIGN",
        )
    if (node.country, node.authority) != (request.country, request.authority):
        raise EnrolmentError(
            _(
                "The node {node} belongs to {country}/{authority}, not to the one that asks.",
                node=node.name,
                country=node.country,
                authority=node.authority,
            ),
            _("Change nothing. Ask the country who wrote the file."),
            "REQUEST_FOREIGN",
        )


def _check_proof(note: str, request: NodeRequest, judge: Judge) -> None:
    """Check that a key of the node which is valid signed the request."""
    keys: list[NodeKey] = [
        key
        for key in judge.config.keys.values()
        if key.node == request.node and (not key.revoked or judge.repeats)
    ]
    has_proof = is_signed_by(note, request.node, (key.public for key in keys))
    if not has_proof and (judge.needs_former_key or request.kind is RequestKind.EPOCH):
        raise EnrolmentError(
            _("No valid key of the node {node} signed this request.", node=request.node),
            _(
                "Where the key was lost or revoked, compare the fingerprint by telephone, and "
                "repeat with --lost-key."
            )
            if request.kind is RequestKind.ROTATION
            else _("Change nothing. Ask the country who wrote the file."),
            "REQUEST_UNPROVED",
        )


def _check_epoch(request: NodeRequest, judge: Judge) -> None:
    approved = (
        epoch
        for node, lane, epoch in judge.config.epochs
        if (node, lane) == (request.node, request.lane)
    )
    newest = max(approved, default=1)
    if request.lane not in LANES or request.epoch > newest + 1:
        raise EnrolmentError(
            _(
                "The next epoch of {node} is {next}, not {epoch} of {lane}.",
                node=request.node,
                next=newest + 1,
                epoch=request.epoch,
                lane=request.lane,
            ),
            _("Ask the country for a new request."),
            "REQUEST_IMPOSSIBLE",
        )
    if request.epoch > newest and judge.repeats:
        raise _not_granted()
    if request.epoch <= newest and not (judge.repeats and request.epoch == newest):
        raise _done(request)


def _not_granted() -> EnrolmentError:
    return EnrolmentError(
        _("This request was not granted yet."), _("Leave out --again."), "REQUEST_IMPOSSIBLE"
    )


def _done(request: NodeRequest) -> EnrolmentError:
    return EnrolmentError(
        _("This request of the node {node} was granted before.", node=request.node),
        _(
            "Nothing was changed. Where the answer was lost, write it once more with --again. "
            "For another change, ask the country for a new request."
        ),
        "REQUEST_DONE",
    )


def _altered(error: Exception) -> EnrolmentError:
    return EnrolmentError(
        _("This is no request as a country wrote it: {why}.", why=str(error)),
        _("Nothing was changed. Ask the country to send the file again, as it is."),
        "REQUEST_ALTERED",
    )


def _foreign_mechanism(request: NodeRequest, anchor: str) -> EnrolmentError:
    return EnrolmentError(
        _(
            "The request is to another mechanism (key {other}); this one has the key {anchor}.",
            other=request.mechanism,
            anchor=anchor,
        ),
        _("Nothing was changed. Check who sent the file, and keys/anchor.pem at the country."),
        "REQUEST_FOREIGN",
    )
