"""Prove a node's records at the country: from its outbox, the log, and the mechanism's statement.

    taken  = refused + sealed                                 the outbox
    sealed = accepted + duplicate + pending + rejected        the outbox: all are answered
    the bundles that were sent, and their content             the outbox = the log
    the same four numbers, and their checksums                the outbox = the statement
    accepted = stored, and their checksums                    the statement

It needs neither the store nor a key of the mechanism. `quipu reconcile` compares the same at the
mechanism.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from infra.outbox_reader import CordCounts, open_outbox
from infra.program_version import is_newer, this_release
from producers.delivery.own_bundles import BundleHashes, bundles_in_log
from producers.delivery.statements import StatementsRead, read_statements
from producers.node import CountryNode
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.avro.log_records import StatedCordRecord
from schemas.checksum import item_checksum, to_hex
from schemas.i18n import UserMessage, _
from schemas.reconciliation import AmountCheck, Difference, find_differences

VERDICTS = ("accepted", "duplicate", "pending", "rejected")
OLD_AFTER_MS = 1_800_000
"""The mechanism repeats a statement every five minutes: an older one means that it stopped."""
_RETRY_S = 2.0


@dataclass(frozen=True, slots=True)
class OwnItems:
    """What resulted from a node's items, up to the sequence that a statement counts."""

    counts: Mapping[str, int]
    sealed_sum: str
    accepted_sum: str


@dataclass(frozen=True, slots=True)
class CordProof:
    """The comparison of one cord. `stated`: None where the mechanism states nothing of it."""

    counts: CordCounts
    stated: StatedCordRecord | None
    differences: Sequence[Difference] = ()


@dataclass(frozen=True, slots=True)
class OwnProof:
    """All that a country knows of its records.

    `problems`: what is wrong with the statement, with what to do. `rejected`: items by code.
    `stated_at`: ms since 1970 UTC; None without a statement. `is_newer`: this program is newer
    than the mechanism's `release`.
    """

    cords: Sequence[CordProof]
    problems: Sequence[tuple[UserMessage, UserMessage]] = ()
    rejected: Mapping[str, int] = field(default_factory=dict)
    stated_at: int | None = None
    release: str = ""

    @property
    def holds(self) -> bool:
        """Whether every item that was sent is in the log, answered, and stored or rejected."""
        return not self.problems and not any(cord.differences for cord in self.cords)

    @property
    def is_newer(self) -> bool:
        """Whether this program is newer than the mechanism's."""
        return bool(self.release) and is_newer(this_release(), self.release)


def prove_own_records(node: CountryNode, wait: float) -> OwnProof:
    """Read what was answered and stated, and compare, again until it holds or `wait` s are over.

    Raises KafkaUnavailableError, KafkaAccessError, OutboxError, FoundingError.
    """
    deadline = time.monotonic() + wait
    while True:
        node.send(max(0.0, deadline - time.monotonic()))
        proof = _prove(node)
        if proof.holds or time.monotonic() >= deadline:
            return proof
        time.sleep(min(_RETRY_S, max(0.0, deadline - time.monotonic())))


def _prove(node: CountryNode) -> OwnProof:
    config = node.require_connection()
    connection = node.new_connection()
    try:
        statements = read_statements(node.name, connection, config)
        in_log = bundles_in_log(node.name, connection, config)
    finally:
        connection.close()
    newest = statements.newest
    stated = {cord["cord"]: cord for cord in newest["cords"]} if newest else {}
    with open_outbox(node.outbox.path) as reader:
        counted = {counts.cord: counts for counts in reader.cord_counts()}
    cords = [
        prove_cord(node.outbox, counts, stated.get(cord), in_log)
        for cord, counts in sorted(counted.items())
    ]
    unknown = [
        cord for cord in sorted(stated.keys() - counted.keys()) if _is_open(cord, config.epochs)
    ]
    return OwnProof(
        cords,
        problems_of(statements, unknown, node.now()),
        _rejected_codes(node.outbox),
        newest["written_at"] if newest else None,
        newest["release"] if newest else "",
    )


def prove_cord(
    outbox: Outbox, counts: CordCounts, stated: StatedCordRecord | None, in_log: BundleHashes
) -> CordProof:
    """Check every equality of a cord in the order in which records flow."""
    sent = {
        (cord, sequence): bytes(content)
        for cord, sequence, content in outbox.rows(sql("bundles_sent"))
        if cord == counts.cord
    }
    in_log_count = sum(in_log.get(place) == content for place, content in sent.items())
    checks = [
        *_own_checks(counts),
        AmountCheck(
            _("bundles that were sent = bundles in the log"), len(sent), in_log_count, _LOST
        ),
    ]
    if not outbox.setting(f"broken:{counts.cord}"):  # of an old copy, which a later epoch replaced
        checks += _stated_checks(outbox, counts, stated)
    return CordProof(counts, stated, find_differences(checks))


def _own_checks(counts: CordCounts) -> list[AmountCheck]:
    answered = sum(getattr(counts, verdict) for verdict in VERDICTS)
    return [
        AmountCheck(
            _("taken = refused + sealed"), counts.taken, counts.refused + counts.sealed, _OUTBOX
        ),
        AmountCheck(_("sealed = answered"), counts.sealed, answered, _SEND),
    ]


def _stated_checks(
    outbox: Outbox, counts: CordCounts, stated: StatedCordRecord | None
) -> list[AmountCheck]:
    if stated is None:
        return [AmountCheck(_("sealed = stated by the mechanism"), counts.sealed, 0, _WAIT)]
    own = own_items(outbox, counts.cord, stated["through"])
    numbers = (stated["accepted"], stated["duplicate"], stated["pending"], stated["rejected"])
    return [
        *(
            AmountCheck(
                _("{name} at the node = as the mechanism states", name=verdict),
                own.counts.get(verdict, 0),
                number,
                _FALSE,
            )
            for verdict, number in zip(VERDICTS, numbers, strict=True)
        ),
        AmountCheck(_("checksum of sealed items"), own.sealed_sum, stated["sealed_sum"], _FALSE),
        AmountCheck(
            _("checksum of accepted items"), own.accepted_sum, stated["accepted_sum"], _FALSE
        ),
        AmountCheck(_("accepted = stored"), stated["accepted"], stated["stored"], _WAIT),
        AmountCheck(
            _("checksum of stored items"), stated["accepted_sum"], stated["stored_sum"], _FALSE
        ),
        AmountCheck(_("sealed = stated by the mechanism"), counts.sealed, stated["sealed"], _WAIT),
    ]


def own_items(outbox: Outbox, cord: str, through: int) -> OwnItems:
    """Count the items of a cord up to a sequence, with their checksums."""
    rows = outbox.rows(sql("counts_through"), (cord, through))
    items = [(bytes(id_), bytes(version), verdict) for id_, version, verdict in rows]
    return OwnItems(
        Counter(verdict for _id, _version, verdict in items),
        to_hex(item_checksum((id_, version) for id_, version, _verdict in items)),
        to_hex(
            item_checksum(
                (id_, version) for id_, version, verdict in items if verdict == "accepted"
            )
        ),
    )


def problems_of(
    statements: StatementsRead, unknown: Sequence[str], now: int
) -> list[tuple[UserMessage, UserMessage]]:
    """Say what is wrong with the statements. `unknown`: cords that this outbox does not have."""
    problems = []
    if statements.unbelieved:
        codes = ", ".join(sorted(set(statements.unbelieved)))
        text = _(
            "The mechanism did not sign a statement in this node's topic ({codes}).", codes=codes
        )
        problems.append((text, _CALL))
    if statements.repeated:
        text = _("An old statement was written again after a newer one.")
        problems.append((text, _CALL))
    if statements.newest is None:
        problems.append((_("The mechanism states nothing of this node."), _NO_STATEMENT))
    elif statements.newest["written_at"] < now - OLD_AFTER_MS:
        minutes = (now - statements.newest["written_at"]) // 60_000
        text = _("The newest statement is {minutes} minutes old.", minutes=minutes)
        problems.append((text, _NO_STATEMENT))
    if unknown:
        text = _(
            "The mechanism has records of cords that this outbox does not have: {cords}.",
            cords=", ".join(unknown),
        )
        problems.append((text, _OLD_OUTBOX))
    return problems


def _is_open(cord: str, epochs: Mapping[str, int]) -> bool:
    """Say whether a cord is of the newest epoch; a closed one may have been lost with an outbox."""
    _node, lane, epoch = cord.rsplit("/", 2)
    return int(epoch) >= epochs.get(lane, 1)


def _rejected_codes(outbox: Outbox) -> dict[str, int]:
    codes: Counter[str] = Counter()
    for _cord, code, number in outbox.rows(sql("rejected_codes")):
        codes[code] += number
    return dict(codes)


_OUTBOX = _("The node's outbox is damaged. Keep the file and ask for another epoch.")
_SEND = _("Send what is left and wait for the answers: quipu send NODE.")
_WAIT = _(
    "While records are moving, wait: --wait 60. If it stays so, call the mechanism: it runs "
    "`quipu reconcile`."
)
_LOST = _("Call the mechanism: what Kafka acknowledged is missing in the log. Keep the outbox.")
_FALSE = _(
    "While records are moving, wait: --wait 60. If it stays so, what the mechanism states is "
    "false: call it, and keep the outbox."
)
_CALL = _("Call the mechanism: somebody else can write its topics. Nothing false was believed.")
_NO_STATEMENT = _(
    "Wait a minute and repeat with --wait 60. If it stays so, call the mechanism: its process "
    "`checkpoints` writes statements."
)
_OLD_OUTBOX = _(
    "If this outbox is an old copy, ask for another epoch. Otherwise call the mechanism: somebody "
    "publishes under this node's name."
)
