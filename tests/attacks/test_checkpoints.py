"""Attacks on checkpoints and witnesses (findings F1, A2): the mechanism, or who has its key, shows
two histories of the log; somebody forges a checkpoint or a countersignature; a witness's outbox is
an old copy.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consumers.checkpoints.publisher import CheckpointPublisher
from infra.cli.root import main
from infra.clock import now_ms
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka import topic_admin
from infra.kafka.clients import open_admin
from infra.keys.keyring import MechanismKeys, load_mechanism_keys, load_node_keys
from infra.keys.rotation import KeyKind
from infra.orchestration.stack import RunningStack
from infra.registry import founding
from infra.registry.mechanism_keys import rotate_mechanism_key
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from producers.node import CountryNode
from producers.outbox.checkpoints import RememberedTree, remembered_trees
from schemas.checkpoint.chain import CheckpointStep, make_step, read_step
from schemas.checkpoint.committed_tree import CommittedTree
from schemas.checkpoint.inclusion import InclusionProof, read_proof
from schemas.checkpoint.merkle import leaf_hash
from schemas.checkpoint.signed_note import Checkpoint, SignedCheckpoint, cosign, sign_checkpoint
from schemas.checkpoint.statement import read_statement_note
from schemas.topics import CHECKPOINTS, DISCLOSURES, bundles, log_topics, witness
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.founded_exchange import send
from tests.support.node import row, weapons, write

PERU, TREE = bundles("PE"), f"{bundles('PE')}/0"
NODE, OTHER = "co-ponal", "ec-policia"
pytestmark = pytest.mark.integration


@pytest.fixture
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    """A founded exchange with bundles of Peru and two witnesses; nothing works on it."""
    with lease.running("checkpoints", ("topics",)) as stack:
        founding.found_mechanism(stack.settings, notice_ms=0)
        for node, country in ((NODE, "CO"), (OTHER, "EC")):
            add_node(stack.settings, NodeRegistration(node, country, node.upper(), 0))
        append(stack.settings, range(8))
        yield stack


@pytest.fixture
def settings(exchange: RunningStack) -> Settings:
    """The exchange after a first round of checkpoints, countersigned by both nodes."""
    sign(exchange.settings)
    for node in (NODE, OTHER):
        watch(exchange.settings, node)
    return exchange.settings


def append(settings: Settings, numbers: Sequence[int], what: str = "bundle") -> None:
    send(settings, [(PERU, 0, None, f"{what} {number}".encode()) for number in numbers])


def sign(settings: Settings) -> CheckpointPublisher:
    """Let a process that has just started sign everything that grew."""
    publisher = CheckpointPublisher(settings, load_mechanism_keys(settings), lambda _topic: 0.0)
    with closing(publisher):
        publisher.step()
    return publisher


def watch(settings: Settings, name: str) -> dict[str, RememberedTree]:
    """Let a node look at the checkpoints; return what it remembers."""
    with CountryNode(settings, name) as node:
        node.send(wait=0)
        return {tree.origin: tree for tree in remembered_trees(node.outbox)}


def size_of(tree: RememberedTree) -> int | None:
    """How many messages a remembered checkpoint commits to."""
    return tree.note.checkpoint.size if tree.note else None


def values(settings: Settings, topic: str) -> list[bytes]:
    with closing(PartitionReader(settings.kafka, topic, 0)) as reader:
        return [message.value for message in reader.read(reader.end())]


def cosigned(settings: Settings, country: str) -> list[Checkpoint]:
    """What the nodes of a country countersigned of Peru's bundles."""
    notes = map(read_statement_note, values(settings, witness(country)))
    return [note.checkpoint for note in notes if note.checkpoint.origin == TREE]


def remake(settings: Settings, topic: str, contents: Sequence[bytes]) -> None:
    """Delete a topic and write other messages to one of its name."""
    with closing(open_admin(settings.kafka)) as admin:
        admin.delete_topics([topic])
        eventually(lambda: topic not in admin.list_topics(), f"{topic} is gone")
    topic_admin.ensure(settings.kafka, [spec for spec in log_topics() if spec.name == topic])
    send(settings, [(topic, 0, None, content) for content in contents])


def other_history(
    keys: MechanismKeys | Ed25519PrivateKey, contents: Sequence[bytes], head: Checkpoint | None
) -> CheckpointStep:
    """A checkpoint of a history that is not that of the log, well proved to continue `head`."""
    tree = CommittedTree()
    tree.settle(head)
    for content in contents:
        tree.add(leaf_hash(content))
    checkpoint, proof = tree.next_checkpoint(TREE)
    key = keys.signing if isinstance(keys, MechanismKeys) else keys
    return make_step(tree.head, proof, sign_checkpoint(checkpoint, key))


def write_checkpoint(settings: Settings, step: CheckpointStep) -> None:
    send(settings, [(CHECKPOINTS, 0, TREE.encode(), str(step).encode())])


def test_every_node_countersigns_what_grew(settings: Settings) -> None:
    """Issue 9, part 7: checkpoints of config, ledger and bundles, seen by witnesses."""
    append(settings, range(8, 12))
    assert sign(settings).broken == []
    for node, country in ((NODE, "CO"), (OTHER, "EC")):
        trees = watch(settings, node)
        assert size_of(trees[TREE]) == 12
        assert {"quipu.config/0", TREE} <= set(trees)
        assert [checkpoint.size for checkpoint in cosigned(settings, country)] == [8, 12]
    assert sign(settings).signed == 0, "nothing grew"


def test_a_witness_signs_no_second_history(settings: Settings) -> None:
    """The mechanism signs a history in which a bundle is another one."""
    keys = load_mechanism_keys(settings)
    head = read_step(values(settings, CHECKPOINTS)[-1]).note.checkpoint
    contents = [*values(settings, PERU)[1:], b"another bundle", b"one more"]
    (last,) = cosigned(settings, "CO")
    write_checkpoint(settings, other_history(keys, contents, last))
    tree = watch(settings, NODE)[TREE]
    assert tree.note and tree.note.checkpoint == last
    assert tree.contradiction and tree.contradiction.checkpoint.size == 9
    assert cosigned(settings, "CO") == [last]
    assert head.origin in watch(settings, NODE)


def test_a_forged_checkpoint_is_nothing(settings: Settings) -> None:
    """Somebody who can write to the topic, without the mechanism's key."""
    (last,) = cosigned(settings, "CO")
    forger = Ed25519PrivateKey.generate()
    forged = other_history(forger, [*values(settings, PERU), b"more"], last)
    genuine = read_step(values(settings, CHECKPOINTS)[-1]).note.signatures
    stolen = SignedCheckpoint(forged.note.checkpoint, genuine)
    for step in (forged, CheckpointStep(forged.old_size, forged.proof, stolen)):
        write_checkpoint(settings, step)
    send(settings, [(CHECKPOINTS, 0, None, b"\xff no checkpoint")])
    tree = watch(settings, NODE)[TREE]
    assert tree.note and (tree.note.checkpoint, tree.contradiction) == (last, None)
    append(settings, [8])
    assert sign(settings).broken == []
    assert [checkpoint.size for checkpoint in cosigned_after(settings)] == [8, 9]


def cosigned_after(settings: Settings) -> list[Checkpoint]:
    watch(settings, NODE)
    return cosigned(settings, "CO")


@pytest.mark.parametrize("left", [4, 0])
def test_a_log_that_was_cut_is_not_signed_again(settings: Settings, left: int) -> None:
    """F1: the process that signs makes no new history of what is left."""
    remake(settings, PERU, values(settings, PERU)[:left])
    assert sign(settings).broken == [TREE]
    append(settings, range(100, 120))
    assert sign(settings).broken == [TREE]
    assert [checkpoint.size for checkpoint in cosigned_after(settings)] == [8]


def test_a_witness_that_was_rolled_back_signs_no_second_history(
    settings: Settings, tmp_path: Path
) -> None:
    """Its outbox is an old copy, and the mechanism shows it another history since."""
    folder = settings.node_dir(NODE)
    shutil.copytree(folder, tmp_path / "backup")
    append(settings, range(8, 12))
    sign(settings)
    assert [checkpoint.size for checkpoint in cosigned_after(settings)] == [8, 12]
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    steps = values(settings, CHECKPOINTS)
    before = [step for step in steps if read_step(step).note.checkpoint.size != 12]
    remake(settings, CHECKPOINTS, before)
    (first, second) = cosigned(settings, "CO")
    contents = [*values(settings, PERU)[:11], b"another bundle"]
    keys = load_mechanism_keys(settings)
    write_checkpoint(settings, other_history(keys, contents, first))
    tree = watch(settings, NODE)[TREE]
    assert tree.note and tree.note.checkpoint == second
    assert tree.contradiction and tree.contradiction.checkpoint.size == 12
    assert cosigned(settings, "CO") == [first, second]


def quipu(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(settings.home), "--lang", "en", *arguments])


def losses(settings: Settings) -> dict[str, str]:
    """What `quipu verify` says is lost of Peru's bundles: who saw it, by kind."""
    answer = json.loads(quipu(settings, "verify", "--json").stdout)
    assert {item["topic"] for item in answer if item["losses"]} <= {PERU, CHECKPOINTS}
    (peru,) = (item for item in answer if item["topic"] == PERU)
    return {loss["kind"]: loss["seen_by"] for loss in peru["losses"]}


def hidden(keys: MechanismKeys | Ed25519PrivateKey, contents: Sequence[bytes]) -> CheckpointStep:
    """A checkpoint of a history whose seventh bundle is another one."""
    return other_history(keys, [*contents[:6], b"another bundle"], None)


def show_to_witness(settings: Settings, step: CheckpointStep, node: str, country: str) -> None:
    """Let a witness countersign a checkpoint that was published to nobody else."""
    keys = load_node_keys(settings, node)
    mark = cosign(step.note.checkpoint, node, keys.signing, 1_800_000_000)
    statement = str(step.note.with_signature(mark)).encode()
    send(settings, [(witness(country), 0, node.encode(), statement)])


def test_verify_says_who_countersigned(settings: Settings) -> None:
    verified = quipu(settings, "verify")
    assert verified.exit_code == 0, verified.output
    assert "signed up to 8, " in verified.output
    assert f"countersigned by {NODE}, {OTHER}" in verified.output
    append(settings, [8])
    (peru,) = (
        item
        for item in json.loads(quipu(settings, "verify", "--json").stdout)
        if item["topic"] == PERU
    )
    state = peru["signing"][0]
    assert (state["size"], state["seen_by"], state["forged"]) == (8, [NODE, OTHER], 0)
    assert state["unsigned_since"] > state["signed_at"]


def test_verify_shows_a_split_view(settings: Settings) -> None:
    """Ecuador's node was shown another history, signed with the mechanism's own key."""
    keys, contents = load_mechanism_keys(settings), values(settings, PERU)
    show_to_witness(settings, hidden(keys, contents), OTHER, "EC")
    assert losses(settings) == {"two_histories": OTHER}
    verified = quipu(settings, "verify")
    assert verified.exit_code == 1
    assert f"signed two histories of its first 7 messages (nodes that saw the other: {OTHER})" in (
        verified.output
    )


def test_a_forged_countersignature_proves_nothing(settings: Settings) -> None:
    """Somebody writes to the topic of Ecuador's witnesses; a node signs in another's name."""
    keys, contents = load_mechanism_keys(settings), values(settings, PERU)
    forger = Ed25519PrivateKey.generate()
    mark = cosign(hidden(keys, contents).note.checkpoint, OTHER, forger, 1_800_000_000)
    statements = [
        hidden(keys, contents).note.with_signature(mark),
        hidden(forger, contents).note.with_signature(mark),
        hidden(keys, contents).note,
    ]
    messages = [(witness("EC"), 0, OTHER.encode(), str(note).encode()) for note in statements]
    send(settings, [*messages, (witness("EC"), 0, None, b"\xff")])
    assert losses(settings) == {}
    verified = quipu(settings, "verify")
    assert verified.exit_code == 0, verified.output
    assert "3 checkpoints do not fit the log and have no good signature" in verified.output


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        ([b"bundle 0", b"bundle 1"], "cut"),
        ([], "emptied"),
        ([b"another bundle" for _ in range(9)], "rewritten"),
    ],
)
def test_who_changed_the_data_folder_too_is_shown_by_what_was_signed(
    settings: Settings, contents: list[bytes], kind: str
) -> None:
    """F1: nothing is remembered in the folder; the witnesses remember."""
    quipu(settings, "verify")
    remake(settings, PERU, contents)
    shutil.rmtree(settings.checkpoints_dir)
    assert losses(settings) == {kind: f"{NODE}, {OTHER}"}


def test_a_node_shows_the_contradiction_that_it_saw(settings: Settings) -> None:
    assert quipu(settings, "verify", "--node", NODE).exit_code == 0
    keys, contents = load_mechanism_keys(settings), values(settings, PERU)
    (last,) = cosigned(settings, "CO")
    forked = other_history(keys, [*contents[1:], b"another bundle"], last)
    write_checkpoint(settings, forked)
    watch(settings, NODE)
    shown = quipu(settings, "verify", "--node", NODE)
    assert shown.exit_code == 1
    assert f"{TREE}: the mechanism's key signed another history" in shown.output


def test_after_an_accepted_loss_what_is_left_is_a_tree_of_its_own(settings: Settings) -> None:
    quipu(settings, "verify")
    remake(settings, PERU, values(settings, PERU)[:3])
    accepted = quipu(settings, "verify", "--accept-loss", PERU, "--reason", "test")
    assert accepted.exit_code == 0, accepted.output
    assert sign(settings).broken == []
    trees = watch(settings, NODE)
    assert (size_of(trees[TREE]), size_of(trees[f"{TREE}/2"])) == (8, 3)
    assert losses(settings) == {}


@pytest.fixture
def proved(settings: Settings, tmp_path: Path) -> tuple[Settings, Path, Path]:
    """A node's bundle that was signed and countersigned: its proof, and the public keys."""
    file = write(tmp_path, row(1))
    with CountryNode(settings, NODE) as node:
        node.publish(file, weapons(tmp_path), wait=0)
        node.send(wait=0)
    sign(settings)
    for node_name in (NODE, OTHER):
        watch(settings, node_name)
    proof, keys = tmp_path / "bundle.tlog-proof", tmp_path / "keys.txt"
    answer = quipu(settings, "proof", "make", f"{NODE}/routine/1/0")
    assert answer.exit_code == 0, answer.output
    proof.write_text(answer.stdout)
    keys.write_text(quipu(settings, "proof", "keys").stdout)
    return settings, proof, keys


def check(tmp_path: Path, proof: Path, keys: Path) -> Result:
    """Check on a machine that has no exchange, nor any key but these."""
    environ = ["--home", str(tmp_path / "elsewhere"), "--lang", "en"]
    return CliRunner().invoke(main, [*environ, "proof", "check", str(proof), "--keys", str(keys)])


def test_a_proof_is_checked_off_line(proved: tuple[Settings, Path, Path], tmp_path: Path) -> None:
    """Issue 9, part 7: a proof for one bundle, with public keys alone."""
    _, proof, keys = proved
    checked = check(tmp_path, proof, keys)
    assert checked.exit_code == 0, checked.output
    assert f"Bundle {NODE}/routine/1/0 is message 1 of 1 in quipu.bundles.co/0" in checked.output
    assert f"✓ {NODE} countersigned it" in checked.output
    assert f"✓ {OTHER} countersigned it" in checked.output
    assert not (tmp_path / "elsewhere").exists(), "nothing of an exchange is needed or made"


def test_a_proof_that_was_changed_does_not_hold(
    proved: tuple[Settings, Path, Path], tmp_path: Path
) -> None:
    settings, proof, keys = proved
    genuine = read_proof(proof.read_text())
    unseen = replace(genuine, note=genuine.note.of_log())
    forged = prove_alone(settings, Ed25519PrivateKey.generate())
    for wrong in (replace(genuine, content=b"other"), replace(genuine, index=1), unseen, forged):
        proof.write_text(str(wrong))
        assert check(tmp_path, proof, keys).exit_code == 1
    for text in ("", "no proof", str(genuine).replace("index 0", "index -1")):
        proof.write_text(text)
        assert "PROOF_UNREADABLE" in check(tmp_path, proof, keys).output


def prove_alone(settings: Settings, forger: Ed25519PrivateKey) -> InclusionProof:
    """A proof of somebody who made a log of his own."""
    content = values(settings, bundles("CO"))[0]
    leaf = leaf_hash(content)
    note = sign_checkpoint(Checkpoint(f"{bundles('CO')}/0", 1, leaf), forger)
    mark = cosign(note.checkpoint, NODE, forger, 1_800_000_000)
    return InclusionProof(content, 0, (), note.with_signature(mark))


def test_what_is_not_in_the_log_or_not_signed_has_no_proof(settings: Settings) -> None:
    for name in (f"{NODE}/routine/1/7", "nobody/routine/1/0", "../x", f"{NODE}/routine/1"):
        answer = quipu(settings, "proof", "make", name)
        assert answer.exit_code == 2, answer.output
        assert "BUNDLE_UNKNOWN" in answer.output or "NODE_UNKNOWN" in answer.output


def test_a_topic_that_is_made_again_under_the_process_is_not_signed(settings: Settings) -> None:
    """H2: the topic is deleted while the process that signs runs."""
    keys = load_mechanism_keys(settings)
    with closing(CheckpointPublisher(settings, keys, lambda _topic: 0.0)) as publisher:
        publisher.step()
        assert publisher.broken == []
        remake(settings, PERU, [b"another bundle"])
        publisher.step()
        assert publisher.broken == [TREE]
        append(settings, range(100, 120))
        publisher.step()
        assert publisher.broken == [TREE]


def test_a_retired_key_signs_no_checkpoint(settings: Settings) -> None:
    """S3: whoever has the key that another one replaced."""
    retired = load_mechanism_keys(settings)
    ends_at = rotate_mechanism_key(settings, KeyKind.SIGNING).holds_from
    eventually(lambda: now_ms() > ends_at + 1_000, "the new key alone is in effect")
    append(settings, [8])
    sign(settings)
    assert [checkpoint.size for checkpoint in cosigned_after(settings)] == [8, 9]
    (_, last) = cosigned(settings, "CO")
    write_checkpoint(
        settings, other_history(retired, [*values(settings, PERU)[1:], b"a", b"b"], last)
    )
    tree = watch(settings, NODE)[TREE]
    assert tree.note and (tree.note.checkpoint, tree.contradiction) == (last, None)
    assert losses(settings) == {}


def test_a_node_cannot_watch_the_ledger_grow(settings: Settings) -> None:
    """B1, B2: a probe that meets a hidden record makes an entry, and a node sees checkpoints."""
    later: int = now_ms()
    keys = load_mechanism_keys(settings)
    send(settings, [(DISCLOSURES, 0, None, b"entry 0")])
    with closing(CheckpointPublisher(settings, keys, clock=lambda: later)) as publisher:
        publisher.step()
        assert signed_sizes(settings, DISCLOSURES) == [1]
        for hour in range(1, 24):
            send(settings, [(DISCLOSURES, 0, None, f"entry {hour}".encode())])
            append(settings, [hour], "hourly")
            later += 3_600_000
            publisher.step()
        assert signed_sizes(settings, DISCLOSURES) == [1]
        assert len(signed_sizes(settings, PERU)) > 20
        later += 2 * 3_600_000
        publisher.step()
    assert signed_sizes(settings, DISCLOSURES) == [1, 24]


def signed_sizes(settings: Settings, topic: str) -> list[int]:
    """What a node can read of a topic's growth."""
    notes = [read_step(content).note.checkpoint for content in values(settings, CHECKPOINTS)]
    return [note.size for note in notes if note.origin == f"{topic}/0"]
