"""Say which process may do what on Kafka, as `policy.toml` states it. Pure.

`python -m infra.kafka.policy --node pe-sucamec=PE/SUCAMEC ...` prints the `kafka-acls` commands
that give a production cluster the same permissions.
"""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from infra.kafka_access import node_process, user_of
from schemas import topics
from schemas.model import LegacyGeneration

NODE = "node"
CLUSTER = "kafka-cluster"
"""How Kafka names the cluster as a resource."""

_DERIVED = re.compile(r"quipu\.(accepted|observations|evidence|receipts|hits|rejects)\.(.*)")
_GROUP = re.compile(r"quipu\.(intake-correlate|sink|hits)\.\*")


class Grant(NamedTuple):
    """One permission: `resource` is TOPIC, GROUP or CLUSTER; `is_prefix`: of the names so begun."""

    user: str
    resource: str
    name: str
    is_prefix: bool
    operation: str


class NodeOwner(NamedTuple):
    """Whose a node is: a country and one of its authorities.

    `host`: of a partner's node, the member in whose topics it writes; empty for a member's.
    """

    country: str
    authority: str
    host: str = ""


class ProcessPolicy(NamedTuple):
    """What `policy.toml` says of one process: its purpose in two languages, its permissions.

    `permissions`: (resource, operation, name or prefix with `*`).
    """

    purpose: Mapping[str, str]
    permissions: tuple[tuple[str, str, str], ...]


@cache
def read_policy() -> Mapping[str, ProcessPolicy]:
    """Return the policy by process; country nodes are the process `node`."""
    text = files("infra.kafka").joinpath("policy.toml").read_text(encoding="utf-8")
    return {name: _process(entry) for name, entry in tomllib.loads(text)["process"].items()}


def grants(
    nodes: Mapping[str, NodeOwner], former: LegacyGeneration | None = None
) -> frozenset[Grant]:
    """Return all permissions, of the processes and of these nodes.

    `former`: a generation whose derived topics have the names of a former release.
    """
    processes: list[tuple[str, str, Mapping[str, str]]] = [
        (name, name, {}) for name in read_policy() if name != NODE
    ]
    members = [(node_process(node), NODE, _parts(node, owner)) for node, owner in nodes.items()]
    return frozenset(
        grant
        for process, kind, parts in (*processes, *members)
        for permission in read_policy()[kind].permissions
        for grant in _expand(process, permission, parts, former)
    )


def _parts(node: str, owner: NodeOwner) -> Mapping[str, str]:
    """Return what stands for the names in braces of the policy."""
    authority = topics.authority_part(owner.authority)
    home, country = (owner.host or owner.country).lower(), owner.country.lower()
    return {"{cc}": home, "{country}": country, "{node}": node, "{authority}": authority}


def commands(nodes: Mapping[str, NodeOwner], options: str) -> Iterator[str]:
    """Yield the `kafka-acls` command of each permission; `options` name server and credentials."""
    for grant in sorted(grants(nodes)):
        name = {
            "TOPIC": ["--topic", grant.name],
            "GROUP": ["--group", grant.name],
            "CLUSTER": ["--cluster"],
        }[grant.resource]
        pattern = ["--resource-pattern-type", "prefixed"] if grant.is_prefix else []
        allow = ["--allow-principal", f"User:{grant.user}", "--operation", grant.operation]
        yield f"kafka-acls {options} --add {shlex.join([*allow, *name, *pattern])}"


def _process(entry: Mapping[str, object]) -> ProcessPolicy:
    permissions = []
    for kind, resource in (("topics", "TOPIC"), ("groups", "GROUP")):
        by_operation = entry.get(kind, {})
        if not isinstance(by_operation, dict):
            raise TypeError(f"policy.toml: {kind} is no table")
        permissions += [
            (resource, operation, name)
            for operation, names in by_operation.items()
            for name in names
        ]
    operations = entry.get("cluster", [])
    if not isinstance(operations, list):
        raise TypeError("policy.toml: cluster is no list")
    permissions += [("CLUSTER", operation, CLUSTER) for operation in operations]
    purpose = {lang: str(entry[lang]) for lang in ("en", "es")}
    return ProcessPolicy(purpose, tuple(permissions))


def _expand(
    process: str,
    permission: tuple[str, str, str],
    parts: Mapping[str, str],
    former: LegacyGeneration | None,
) -> Iterator[Grant]:
    resource, operation, name = permission
    for part, value in parts.items():
        name = name.replace(part, value)
    names = [name] if former is None else [name, *_former_names(resource, name, former)]
    for of_generation in names:
        is_prefix = of_generation.endswith("*")
        yield Grant(
            user_of(process), resource, of_generation.removesuffix("*"), is_prefix, operation
        )


def _former_names(resource: str, name: str, generation: LegacyGeneration) -> Iterator[str]:
    """Yield the name that a former release gave to the same topics or group.

    A country's topics of receipts and of hits are those of all its nodes.
    """
    is_oldest = generation.form == 0
    if resource == "TOPIC" and (match := _DERIVED.fullmatch(name)):
        kind, rest = match.groups()
        country = rest.partition(".")[0]
        if is_oldest:
            yield f"quipu.g{generation}.{kind}" + ("*" if rest == "*" else f".{country}")
        elif generation.form < topics.OWNER_FORM and rest != "*":
            yield f"quipu.{kind}.{country}.g{generation}"
    if resource == "GROUP" and is_oldest and (match := _GROUP.fullmatch(name)):
        yield f"quipu.g{generation}.{match.group(1)}*"


def main() -> None:
    """Print the commands for a cluster."""
    parser = argparse.ArgumentParser(prog="python -m infra.kafka.policy", description=__doc__)
    parser.add_argument("--node", action="append", default=[], metavar="NODE=COUNTRY/AUTHORITY")
    parser.add_argument(
        "--options",
        default="--bootstrap-server k1:9094 --command-config admin.properties",
        help="options of kafka-acls that name the cluster and how to log in",
    )
    arguments = parser.parse_args()
    pairs = (entry.split("=", 1) for entry in arguments.node)
    nodes = {node: NodeOwner(*owner.split("/", 1)) for node, owner in pairs}
    for command in commands(nodes, arguments.options):
        print(command)


if __name__ == "__main__":
    main()
