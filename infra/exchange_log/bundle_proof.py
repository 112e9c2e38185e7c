"""Prove that a bundle is in the log: with a signed checkpoint that witnesses countersigned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from infra.errors import ProofError
from infra.exchange_log.checkpoint_claims import CheckpointClaims
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.history_files import accepted_losses, origin_of
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_admin
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.checkpoint.claims import MECHANISM, CheckpointClaim, ClaimReport, compare_claims
from schemas.checkpoint.inclusion import InclusionProof, PublicKeys, VerifierKey
from schemas.checkpoint.merkle import TreeHead, inclusion_proof, leaf_hash
from schemas.checkpoint.signed_note import COSIGNATURE, SIGNATURE, Checkpoint, SignedCheckpoint
from schemas.crypto.sealing import read_signed
from schemas.errors import QuipuFormatError
from schemas.i18n import _
from schemas.model import Cord, Message
from schemas.topics import bundles, committed_topics


class _BundlePlace(NamedTuple):
    """Where a bundle is: `leaves` are those of its whole partition, `number` is its own."""

    topic: str
    partition: int
    number: int
    content: bytes
    leaves: Sequence[bytes]


def prove_bundle(settings: Settings, cord: Cord, sequence: int) -> InclusionProof:
    """Make the proof of the bundle with this number on a cord; its partition is read whole.

    Raises KafkaError, LogStalledError, and ProofError with code NODE_UNKNOWN, BUNDLE_UNKNOWN or
    NOT_SIGNED_YET.
    """
    settings = settings.acting_as(ProcessName.HEALTH)
    place, name = _find_bundle(settings, cord, sequence), f"{cord}/{sequence}"
    with closing(open_admin(settings.kafka)) as admin:
        claims = CheckpointClaims(settings, admin.list_topics())
    root_at = _roots(place.leaves, claims.sizes(place.topic, place.partition))
    having = [
        claim
        for claim in claims.of(place.topic, place.partition, root_at)
        if claim.checkpoint.size > place.number
    ]
    report = _best_checkpoint(having, root_at, claims)
    if report.newest is None:
        raise ProofError(
            _("No checkpoint has the bundle {name} yet.", name=name),
            _("Repeat in five minutes. Does the part `checkpoints` of `quipu up` run?"),
            "NOT_SIGNED_YET",
        )
    hashes = inclusion_proof(place.leaves[: report.newest.checkpoint.size], place.number)
    note = _with_countersignatures(report.newest, report.seen_by, having)
    return InclusionProof(place.content, place.number, tuple(hashes), note)


def public_keys(settings: Settings) -> PublicKeys:
    """Return the keys that a proof is checked with: the mechanism's, for each tree, and the nodes'.

    They say for whom each node publishes. Raises KafkaError, LogStalledError, NotFoundedError.
    """
    settings = settings.acting_as(ProcessName.HEALTH)
    with closing(ConfigLog(settings)) as config_log:
        config = config_log.refresh().newest()
        signing_keys = config_log.trusted_keys().public()
    losses = accepted_losses(settings)
    origins = [
        origin_of(spec.name, partition, losses)
        for spec in committed_topics()
        for partition in range(spec.partitions)
    ]
    logs = [
        VerifierKey(str(origin), SIGNATURE, public) for public in signing_keys for origin in origins
    ]
    nodes = (VerifierKey(key.node, COSIGNATURE, key.public) for key in config.keys.values())
    authors = {node.name: f"{node.country}/{node.authority}" for node in config.nodes.values()}
    return PublicKeys([*logs, *nodes], authors)


def bundle_name(content: bytes) -> str:
    """Return cord and number of a signed bundle. Raises QuipuFormatError."""
    bundle = log_format("bundle").read(read_signed(content)["body"])
    return f"{Cord(**bundle['cord'])}/{bundle['sequence']}"


def _find_bundle(settings: Settings, cord: Cord, sequence: int) -> _BundlePlace:
    with closing(ConfigLog(settings)) as config_log:
        node = config_log.refresh().newest().nodes.get(cord.node)
    if node is None:
        raise ProofError(
            _("Config does not know the node {node}.", node=cord.node),
            _("See them with `quipu node list`."),
            "NODE_UNKNOWN",
        )
    topic, name, leaves = bundles(node.home), f"{cord}/{sequence}", list[bytes]()
    place: tuple[int, bytes] | None = None
    with closing(PartitionReader(settings.kafka, topic, node.partition)) as reader:
        reader.position = reader.first()
        for message in reader.read(reader.end()):
            if place is None and _is_bundle(message, cord, name):
                place = (len(leaves), message.value)
            leaves.append(leaf_hash(message.value))
    if place is None:
        raise ProofError(
            _("{topic} has no bundle {name}.", topic=topic, name=name),
            _("Write it as node/lane/epoch/number, as in co-ponal/routine/1/0."),
            "BUNDLE_UNKNOWN",
        )
    return _BundlePlace(topic, node.partition, *place, leaves)


def _is_bundle(message: Message, cord: Cord, name: str) -> bool:
    if message.key != str(cord).encode():
        return False
    try:
        return bundle_name(message.value) == name
    except QuipuFormatError:
        return False


def _roots(leaves: Sequence[bytes], sizes: Collection[int]) -> dict[int, bytes]:
    """Return the root of a tree at some of its sizes."""
    tree, root_at = TreeHead(), dict[int, bytes]()
    for leaf in leaves:
        tree.add(leaf)
        if tree.size in sizes:
            root_at[tree.size] = tree.root()
    return root_at


def _best_checkpoint(
    having: Sequence[CheckpointClaim], root_at: Mapping[int, bytes], claims: CheckpointClaims
) -> ClaimReport:
    """Choose the newest checkpoint that a witness has, else the newest."""
    seen: set[Checkpoint] = {claim.checkpoint for claim in having if claim.witness != MECHANISM}
    preferred = [claim for claim in having if claim.checkpoint in seen]
    report = compare_claims(preferred, root_at, claims.is_good)
    return report if report.seen_by else compare_claims(having, root_at, claims.is_good)


def _with_countersignatures(
    newest: CheckpointClaim, seen_by: Sequence[str], having: Sequence[CheckpointClaim]
) -> SignedCheckpoint:
    note = newest.note.of_log()
    of_nodes = (
        mark
        for claim in having
        if claim.checkpoint == newest.checkpoint and claim.witness in seen_by
        for mark in claim.note.signatures
        if mark.name == claim.witness
    )
    for mark in dict.fromkeys(of_nodes):
        note = note.with_signature(mark)
    return note
