"""A country node without Kafka: its standing as config would say it, and files to publish."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.keys import keyring
from infra.settings import Settings, load
from producers.mapping import loader
from producers.mapping.mapping import RowMapping
from producers.node_config import NodeConfig
from producers.outbox.store import Outbox
from tests.support.mapping_text import mapping_text, occurred_on

NOWHERE = "127.0.0.1:1"
NODE = "co-ponal"

MAPPING = mapping_text(
    "weapon_record",
    """"weapon.kind" = { constant = "firearm" }
"weapon.type" = { constant = "PISTOL" }
"weapon.make" = "MAKE"
"weapon.calibre" = { constant = "9MM" }
"weapon.serial" = "SERIAL"
"status" = { column = "STATUS", steps = ["upper"] }
"note" = "NOTE"
"""
    + occurred_on("DATE"),
    legal_basis="CAN-552",
    crime="09012",
)
NOTICES = mapping_text(
    "person_notice",
    """"category" = { constant = "requisitoria" }
"person.given_names" = "NAMES"
"person.first_surname" = "SURNAME"
"person.second_surname" = "SECOND"
"person.birth_date" = { column = "BIRTH", steps = [{ iso_date = ["%d/%m/%Y"] }] }
""",
)
"""A mapping of notices about persons: REF, NAMES, SURNAME, SECOND, BIRTH."""
HEADER = "REF,MAKE,SERIAL,STATUS,DATE,NOTE\n"


def mapping_file(folder: Path) -> Path:
    """The mapping of `rows`, as a file."""
    path = folder / "weapons.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def weapons(folder: Path) -> RowMapping:
    return loader.load_mapping(str(mapping_file(folder)))


def row(
    number: int,
    serial: str | None = None,
    status: str = "stolen",
    date: str = "02/03/2018",
    note: str = "",
) -> str:
    """A line of the register."""
    return f"R-{number},GLOCK,{serial or f'ABC{number:06d}'},{status},{date},{note}\n"


def write(folder: Path, *rows: str, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def offline(home: Path, epoch: int = 1) -> Settings:
    """Settings of a home with one node that has read config once; Kafka is nowhere."""
    settings = load({"QUIPU_HOME": str(home), "QUIPU_KAFKA": NOWHERE})
    if not keyring.node_folder(settings, NODE).exists():
        keyring.create_node_keys(settings, NODE)
    remember(settings, epoch)
    return settings


def remember(settings: Settings, epoch: int = 1) -> None:
    """Put the node's standing into its outbox, as after a look at config."""
    standing = NodeConfig(
        "CO",
        "CO-PONAL",
        0,
        1,
        {"routine": epoch, "urgent": 1},
        {keyring.RECIPIENT: X25519PrivateKey.generate().public_key()},
        {},
    )
    box = Outbox(settings.node_dir(NODE) / "outbox.db")
    box.set_setting("standing", standing.to_json())
    box.close()
