"""What config says of a node, as far as the node needs it to seal.

It is kept in the outbox, so that the node can ingest without Kafka.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from infra.errors import FoundingError
from schemas.event.admission import Admission, Agreement, Partner
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigView, Contact
from schemas.i18n import _
from schemas.model import LANES
from schemas.retention import RetentionPeriod, RetentionTable
from schemas.rule_changes import RuleChange


@dataclass(frozen=True, slots=True)
class NodeConfig:
    """The config of one node.

    `epochs` has the newest approved epoch of each lane. `code_lists` has those that config brought,
    as JSON texts; `schemas` has the event types that are not released here, by name. `contacts` has
    whom to call, of every authority that config knows. `admission`: the agreements, and which
    partners are admitted. `host`: of a partner's node, the member in whose topics it writes.
    `switched_off`: the rules that are off, by name, with when and why. `retention`: for how long
    records are kept.
    """

    country: str
    authority: str
    partition: int
    generation: int
    epochs: Mapping[str, int]
    recipients: Mapping[str, X25519PublicKey]
    code_lists: Mapping[str, str]
    schemas: Mapping[str, str] = field(default_factory=dict)
    contacts: Sequence[Contact] = ()
    admission: Admission = field(default_factory=Admission)
    host: str = ""
    switched_off: Mapping[str, RuleChange] = field(default_factory=dict)
    retention: RetentionTable = field(default_factory=RetentionTable)

    @property
    def home(self) -> str:
        """Return the member in whose topics the node writes: its country, or a partner's host."""
        return self.host or self.country

    def to_json(self) -> str:
        """JSON for the outbox; public values only."""
        recipients = {name: key.public_bytes_raw().hex() for name, key in self.recipients.items()}
        names = (
            "country",
            "authority",
            "partition",
            "generation",
            "epochs",
            "code_lists",
            "schemas",
            "host",
        )
        plain = {name: getattr(self, name) for name in names}
        return json.dumps(
            {
                **plain,
                "recipients": recipients,
                "contacts": [asdict(contact) for contact in self.contacts],
                "agreements": [basis._asdict() for basis in self.admission.agreements.values()],
                "partners": [partner._asdict() for partner in self.admission.partners.values()],
                "switched_off": [change._asdict() for change in self.switched_off.values()],
                "retention": [period._asdict() for period in self.retention.periods],
            }
        )

    @staticmethod
    def from_json(text: str) -> "NodeConfig":
        """Read the text that `to_json` wrote."""
        values = json.loads(text)
        keys = {
            name: X25519PublicKey.from_public_bytes(bytes.fromhex(raw))
            for name, raw in values.pop("recipients").items()
        }
        contacts = [Contact(**contact) for contact in values.pop("contacts", ())]
        admission = _admission(values.pop("agreements", ()), values.pop("partners", ()))
        off = [RuleChange(**change) for change in values.pop("switched_off", ())]
        values["switched_off"] = {change.rule: change for change in off}
        if "retention" in values:
            periods = [RetentionPeriod(**period) for period in values["retention"]]
            values["retention"] = RetentionTable(periods)
        return NodeConfig(recipients=keys, contacts=contacts, admission=admission, **values)


def node_config_from(node: str, view: ConfigView, newest: ConfigView) -> NodeConfig:
    """Give the node's config in effect now. Raises FoundingError if there is none yet."""
    registered = view.nodes.get(node)
    if registered is None:
        raise not_registered(node, node in newest.nodes)
    return NodeConfig(
        country=registered.country,
        authority=registered.authority,
        partition=registered.partition,
        generation=view.generation,
        epochs={lane: _newest_epoch(view, node, lane) for lane in LANES},
        recipients=dict(view.recipients),
        code_lists=dict(view.code_lists),
        schemas=_schemas_of_config(view),
        contacts=[view.contacts[key] for key in sorted(view.contacts)],
        admission=view.admission,
        host=registered.host,
        switched_off={name: change for name, change in view.rule_changes.items() if change.is_off},
        retention=view.retention,
    )


def _admission(
    agreements: Sequence[Mapping[str, Any]], partners: Sequence[Mapping[str, Any]]
) -> Admission:
    """Make the register from its JSON, in which tuples are lists."""
    bases = [Agreement(**_with_tuples(entry)) for entry in agreements]
    admitted = [Partner(**_with_tuples(entry)) for entry in partners]
    return Admission(
        {basis.code: basis for basis in bases}, {partner.code: partner for partner in admitted}
    )


def _with_tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }


def _schemas_of_config(view: ConfigView) -> dict[str, str]:
    """Give the types that the node writes as config has them, by name.

    These are the types of config alone, and those whose version of this release config does not
    know yet: until `quipu found` announces it, intake could not read it.
    """
    announced = {kind.name for key, kind in released_types().items() if key in view.schemas}
    return {name: text for name, text in view.schemas.values() if name not in announced}


def _newest_epoch(view: ConfigView, node: str, lane: str) -> int:
    """Give the newest epoch of a node's lane; lanes begin with epoch 1."""
    return max([1, *(epoch for *cord, epoch in view.epochs if cord == [node, lane])])


def not_registered(node: str, is_pending: bool) -> FoundingError:
    """Make the error for a node that config does not know, or does not know yet."""
    if is_pending:
        return FoundingError(
            _("Node {node} is registered; its registration has not taken effect yet.", node=node),
            _("Wait until the time that `quipu node add` printed (a minute) and repeat."),
            "NODE_NOT_YET",
        )
    return FoundingError(
        _("Config does not know the node {node}.", node=node),
        _("Admit it: quipu node add {node} --country CC --authority A", node=node),
        "NODE_UNKNOWN",
    )
