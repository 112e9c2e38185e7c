"""Say what one stream worker is: read once, handed to all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.kafka_access import KafkaAccess
from infra.keys.current_signer import CurrentSigner
from infra.machine_name import machine_name
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """A worker's name, its consumer group, and what it writes to.

    `member`: its name among the workers of this data folder. `suppressed_kinds`: kinds of topics to
    which it writes nothing. `follows_config`: it ends when config names another generation.
    `signers`: who signs what it writes to a kind of topic. `owner_topics`: topics of owners that it
    makes before it is ready, so that no record waits for them.
    """

    settings: Settings
    member: str
    generation: int
    group: str
    suppressed_kinds: tuple[str, ...] = ()
    follows_config: bool = False
    signers: Mapping[str, CurrentSigner] = field(default_factory=dict)
    owner_topics: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the process, for its status file, lock and ready file."""
        return f"worker-{self.member}"

    @property
    def instance(self) -> str:
        """Name the group's static member, so that a restart takes its partitions over at once.

        Workers of two machines may have one member name; they differ in the machine's.
        """
        return f"{self.group}.{machine_name(self.settings)}.{self.member}"

    @property
    def kafka(self) -> KafkaAccess:
        """Give the way to Kafka."""
        return self.settings.kafka

    @property
    def state_folder(self) -> Path:
        """Give the folder of the states of its partitions."""
        return self.settings.state_dir / self.member / f"g{self.generation}"

    @property
    def ready_file(self) -> Path:
        """Give the file that exists once the first partitions are caught up."""
        return self.settings.ready_file(self.name)

    @property
    def lock_file(self) -> Path:
        """Give the file that the process locks while it runs."""
        return self.settings.run_dir / f"{self.name}.lock"
