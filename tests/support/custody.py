"""Files of exhibits whose records are in a log that is signed and countersigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consumers.query.investigations.custody_file import (
    FORMAT,
    CustodyFile,
    CustodyProof,
    CustodyRecord,
    Entry,
    exhibits_in,
)
from consumers.query.investigations.investigation_views import to_exhibit
from schemas import ids
from schemas.avro.codec import Record
from schemas.checkpoint.inclusion import InclusionProof, PublicKeys, VerifierKey
from schemas.checkpoint.merkle import inclusion_proof, leaf_hash, root_of
from schemas.checkpoint.signed_note import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    cosign,
    sign_checkpoint,
)
from schemas.crypto.sealing import new_key
from schemas.examples import example
from schemas.release.reader_text import parse_reader
from tests.support.signed_bundles import ExchangeBuilder, Item, Node

LOG_KEY, WITNESS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
ECUADOR, PERU = Node("ec-fge", "EC", "FGE"), Node("pe-mpfn", "PE", "MPFN")
COLLEAGUE = Node("ec-policia", "EC", "POLICIA")
READER = parse_reader("EC/FGE/prosecutor/AMBER")
ENTRY: Entry = {"number": "7", "registered_by": "EC/FGE", "at": "2026-11-29T09:00-05:00"}
INVESTIGATION = "4b1d0024-0000-8000-8000-000000000024"
NODES = (ECUADOR, PERU, COLLEAGUE)
SIGNERS = [
    *(
        VerifierKey(f"quipu.bundles.{name}/0", SIGNATURE, LOG_KEY.public_key())
        for name in ("ec", "pe")
    ),
    VerifierKey("co-ponal", COSIGNATURE, WITNESS.public_key()),
    *(VerifierKey(node.name, COSIGNATURE, node.signing.public_key()) for node in NODES),
]
KEYS = PublicKeys(SIGNERS, {node.name: f"{node.country}/{node.authority}" for node in NODES})


def record(
    world: ExchangeBuilder, node: Node, entries: Sequence[Entry], author: Node | None = None
) -> CustodyRecord:
    """Publish acts of custody beside another record, and prove them.

    `author`: in whose name the node does it; None is itself.
    """
    author = author or node
    envelope: Record = {"country": author.country, "authority": author.authority}
    reference = f"{node.name}-{len(world.log)}"
    payload = {**example("investigation").payload, "investigation": INVESTIGATION}
    payload |= {"source_reference": reference, "act": "EVIDENCE", "evidence": []}
    blank = dict.fromkeys(example("investigation").payload["evidence"][0])
    item = Item(
        "investigation", reference, {**payload, "evidence": [blank | e for e in entries]}, envelope
    )
    other = Item("investigation", f"{reference}-other", {**payload, "title": "Otro"})
    keys = [new_key(), new_key()]
    message = world.publish(node, other, item, keys=keys)
    content = [m.value for m in world.log if m.topic == message.topic]
    leaves = [leaf_hash(value) for value in content]
    checkpoint = Checkpoint(f"{message.topic}/0", len(leaves), root_of(leaves))
    note = sign_checkpoint(checkpoint, LOG_KEY)
    note = note.with_signature(cosign(checkpoint, "co-ponal", WITNESS, 7))
    place = len(leaves) - 1
    proof = InclusionProof(message.value, place, tuple(inclusion_proof(leaves, place)), note)
    return CustodyRecord(
        ids.to_uuid_text(node.id_of(item)),
        f"{author.country}/{author.authority}",
        message.appended_at,
        is_counted=True,
        entries=[dict(entry) for entry in entries],
        proof=CustodyProof(str(proof), 1, keys[1].hex()),
    )


def file_of(records: Sequence[CustodyRecord]) -> CustodyFile:
    blank = CustodyFile(
        *(FORMAT, INVESTIGATION, "Caso", ["EC/FGE", "PE/MPFN"]),
        is_group=False,
        records=list(records),
        exhibits=[],
    )
    register = exhibits_in(blank, records)
    return replace(blank, exhibits=[to_exhibit(item, set(), READER) for item in register])
