"""Make the users and permissions of the embedded Kafka from the policy and from config.

Each process of the mechanism has a user whose password is in the folder `credentials`; each node
that has a valid key has one whose password is in the node's own folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from infra.exchange_log.generation import current_config
from infra.kafka import access_control
from infra.kafka.clients import open_admin
from infra.kafka.policy import NODE, NodeOwner, grants, read_policy
from infra.kafka_access import ENGINE, ProcessName, node_process, user_of
from infra.keys.credentials import ensure_password
from infra.settings import Settings
from schemas.exchange_config import ConfigView, generation_of
from schemas.model import NEWEST_FORM, LegacyGeneration
from schemas.topics import CONFIG


def grant_access(
    settings: Settings,
    config: ConfigView | None = None,
    node_passwords: Mapping[str, str] | None = None,
) -> None:
    """Make every user and permission on the embedded Kafka; elsewhere its operator does.

    `config`: what to go by; None reads it. `node_passwords`: new ones, by node. Repeated, it mends
    what differs. Raises KafkaError, StartError, KeyringError.
    """
    if settings.configured.kafka is not None:
        return
    settings = settings.acting_as(ProcessName.BROKER)
    view = _config(settings) if config is None else config
    nodes = _admitted_nodes(view)
    passwords = {
        user_of(process): ensure_password(settings.credentials_dir, ENGINE, process)
        for process in read_policy()
        if process != NODE
    }
    for node in nodes:
        folder = settings.node_dir(node)
        if folder.exists():  # else it was handed over: the user keeps the password it has
            passwords[user_of(node_process(node))] = ensure_password(folder, ENGINE, node)
    for node, password in (node_passwords or {}).items():
        passwords[user_of(node_process(node))] = password
    access_control.apply(
        settings.kafka,
        passwords,
        grants(nodes, _former_generation(view)),
        {user_of(node_process(node)) for node in nodes},
    )


def _config(settings: Settings) -> ConfigView:
    """Read config to its end; an empty view where its topic is not there yet."""
    with closing(open_admin(settings.kafka)) as admin:
        has_config = CONFIG in admin.list_topics()
    return current_config(settings, newest=True) if has_config else ConfigView()


def _admitted_nodes(config: ConfigView) -> dict[str, NodeOwner]:
    """Return the owner of each node that has a key which is not revoked."""
    with_key = {key.node for key in config.keys.values() if not key.revoked}
    return {
        name: NodeOwner(node.country, node.authority, node.host)
        for name, node in config.nodes.items()
        if name in with_key
    }


def _former_generation(config: ConfigView) -> LegacyGeneration | None:
    """Return the last generation of a former form, if there is any."""
    if isinstance(config.generation, LegacyGeneration):
        return config.generation
    former = generation_of(config.forms.get(NEWEST_FORM, 1) - 1, config.forms)
    return former if former and isinstance(former, LegacyGeneration) else None
