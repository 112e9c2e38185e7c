"""The scenario through the whole pure line, without Kafka: what it finds, beside what is true.

`python -m tests.support.scenario_pipeline 100000` prints precision, and recall by kind of thing.
"""

import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producers.events.draft import resolve_version
from producers.model import Draft
from producers.scenario.files.national import NODES
from producers.scenario.generate import generate
from producers.scenario.truth.score import Comparison, Finding, compare
from producers.scenario.truth.truth import Reference, read, read_hidden, read_traps
from schemas.avro.codec import log_format
from schemas.crypto.sealing import new_key, seal
from schemas.event.event_type import released_types
from schemas.model import EventId, Version
from tests.support.pipeline import Pipeline
from tests.support.scenario import NOW, drafts
from tests.support.signed_bundles import MECHANISM_READER, ExchangeBuilder, Node

A_BUNDLE = 50


class Country(Node):
    """A node that seals what the country's mapping made."""

    def event_of(self, draft: Draft, key: bytes) -> bytes:
        return log_format("event").write(
            {
                "envelope": draft.envelope,
                "schema": draft.schema,
                "sealed": seal(draft.payload, key, draft.id),
            }
        )


@dataclass(frozen=True)
class Findings:
    """The pipeline that has heard everything; each event's reference, and what it says."""

    line: Pipeline
    references: dict[EventId, Reference]
    events: dict[str, dict[str, Any]]


def drafts_by_node(folder: Path) -> tuple[dict[str, list[Draft]], dict[EventId, Reference]]:
    """What each node would seal: what was taken before is not sealed again, a correction
    supersedes.
    """
    known: dict[EventId, list[Version]] = {}
    sealed: dict[str, list[Draft]] = {node.name: [] for node in NODES}
    references: dict[EventId, Reference] = {}
    for record, kind, result in drafts(folder):
        assert isinstance(result, Draft)
        judged = resolve_version(
            result,
            known.get(result.id, []),
            "TYPING_ERROR" if record["kind"] == "corrections" else None,
            b"secret",
        )
        if isinstance(judged, Draft):
            known.setdefault(result.id, []).append(judged.version)
            sealed[record["node"]].append(judged)
            references[result.id] = (record["node"], kind.read(result.payload)["source_reference"])
        else:
            assert judged.code == "ALREADY_TAKEN"
    return sealed, references


def run_pipeline(folder: Path) -> Findings:
    """Publish a scenario as its nodes would, and let the pipeline find what it finds."""
    sealed, references = drafts_by_node(folder)
    events = {
        draft.id.hex(): {
            "crime": draft.envelope["crime"],
            "envelope": draft.envelope,
            "payload": released_types()[draft.schema].read(draft.payload),
        }
        for drafts_ in sealed.values()
        for draft in drafts_
    }
    nodes = {node.name: Country(node.name, node.country, node.authority) for node in NODES}
    world = ExchangeBuilder(*nodes.values())
    world.now = NOW
    for name, node in nodes.items():
        for start in range(0, len(sealed[name]), A_BUNDLE):
            batch = sealed[name][start : start + A_BUNDLE]
            keys = [new_key() for _ in batch]
            world.publish(
                node,
                *(node.event_of(draft, key) for draft, key in zip(batch, keys, strict=True)),
                keys=keys,
            )
    return Findings(world.run(), references, events)


def find_all(findings: Findings, exercise: str | None = None) -> list[Finding]:
    return [
        (
            indicator.rule,
            indicator.grade,
            frozenset(findings.references[member.row.event_id] for member in indicator.evidence),
        )
        for indicator in findings.line.indicators(replace(MECHANISM_READER, exercise=exercise))
        if indicator.status == "live"
    ]


def compare_scenario(folder: Path) -> Comparison:
    """Compare what the pure line finds in a scenario's files with their truth."""
    path = folder / "truth.jsonl"
    findings = find_all(run_pipeline(folder))
    return compare(read(path), findings, read_hidden(path), read_traps(path))


def main() -> None:
    """Print the figures of `docs/benchmarks.md`."""
    records, seed = int(sys.argv[1]), (sys.argv[2:] or ["2018"])[0]
    started = time.process_time()
    with tempfile.TemporaryDirectory(prefix="quipu-scenario-") as folder:
        generate(records, seed, Path(folder))
        compared = compare_scenario(Path(folder))
    for grade in (compared.certain, compared.possible):
        print(f"pairs owed {grade.pairs_owed:,} found {grade.pairs_found:,}", end="; ")
        print(f"precision {grade.precision:.4f} recall {grade.recall:.4f}")
    print("kind | certain | recall | possible | recall | hidden | of all true pairs")
    for row in compared.kinds:
        cells = (
            row.kind,
            f"{row.certain_owed:,}",
            f"{row.certain:.4f}",
            f"{row.possible_owed:,}",
            f"{row.possible:.4f}",
            f"{row.hidden:,}",
            f"{row.of_all:.3f}",
        )
        print(" | ".join(cells))
    print(f"{records:,} records, seed {seed}: {time.process_time() - started:.0f} s of processor")


if __name__ == "__main__":
    main()
