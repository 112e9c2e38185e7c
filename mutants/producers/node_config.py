"""What config says of a node, as far as it needs it to seal: kept in its outbox, so that it can
take in while Kafka is away.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from infra.errors import FoundingError, Words
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigView, Contact
from schemas.model import LANES


@dataclass(frozen=True, slots=True)
class Standing:
    """`epochs`: the newest approved one of each lane; `code_lists`: those that config brought, as
    JSON texts; `schemas`: likewise the event types that are not released here, by name; `contacts`:
    whom to call, of every authority of which config says it."""

    country: str
    authority: str
    partition: int
    generation: int
    epochs: Mapping[str, int]
    recipients: Mapping[str, X25519PublicKey]
    code_lists: Mapping[str, str]
    schemas: Mapping[str, str] = field(default_factory=dict)
    contacts: Sequence[Contact] = ()

    def write(self) -> str:
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
        )
        plain = {name: getattr(self, name) for name in names}
        return json.dumps(
            {**plain, "recipients": recipients, "contacts": [asdict(one) for one in self.contacts]}
        )

    @staticmethod
    def read(text: str) -> "Standing":
        values = json.loads(text)
        keys = {
            name: X25519PublicKey.from_public_bytes(bytes.fromhex(raw))
            for name, raw in values.pop("recipients").items()
        }
        contacts = [Contact(**one) for one in values.pop("contacts", ())]
        return Standing(recipients=keys, contacts=contacts, **values)


def of_view(node: str, view: ConfigView, newest: ConfigView) -> Standing:
    """The node's standing in what holds now. Raises FoundingError when it is not (or not yet) in
    config.
    """
    found = view.nodes.get(node)
    if found is None and node in newest.nodes:
        raise FoundingError(
            Words(
                f"El nodo {node} está en la configuración, pero aún no rige.",
                f"The node {node} is in config, but does not hold yet.",
            ),
            Words(
                "Espere lo que dijo «quipu node add» (un minuto) y repita.",
                "Wait for what `quipu node add` said (a minute) and repeat.",
            ),
            "NODE_NOT_YET",
        )
    if found is None:
        raise FoundingError(
            Words(
                f"La configuración no conoce el nodo {node}.",
                f"Config does not know the node {node}.",
            ),
            Words(
                f"Créelo: quipu node add {node} --country CC --authority A",
                f"Add it: quipu node add {node} --country CC --authority A",
            ),
            "NODE_UNKNOWN",
        )
    epochs = {
        lane: max(
            [1, *(epoch for name, of_lane, epoch in view.epochs if (name, of_lane) == (node, lane))]
        )
        for lane in LANES
    }
    ours = {kind.name for kind in released_types().values()}
    schemas = {name: text for name, text in view.schemas.values() if name not in ours}
    contacts = [view.contacts[key] for key in sorted(view.contacts)]
    return Standing(
        found.country,
        found.authority,
        found.partition,
        view.generation,
        epochs,
        dict(view.recipients),
        dict(view.code_lists),
        schemas,
        contacts,
    )
