"""The page of Kafka's permissions, made from infra/kafka/policy.toml."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.markdown import Lang, Row, choose, columns, table
from infra.kafka.policy import NODE, read_policy
from infra.kafka_access import user_of

_RESOURCES = {
    "TOPIC": ("tópico", "topic"),
    "GROUP": ("grupo", "group"),
    "CLUSTER": ("clúster", "cluster"),
}


def kafka_access(lang: Lang) -> Iterator[str]:
    """Yield what each process may do."""
    yield choose(
        lang,
        "Cada proceso se conecta a Kafka con un usuario propio. Lo que no está aquí se rechaza. "
        "En el Kafka incluido, `quipu up` crea estos usuarios y permisos en cada inicio. Para un "
        "clúster, `python -m infra.kafka.policy --node pe-sucamec=PE/SUCAMEC` escribe las órdenes "
        "de `kafka-acls`. Un nombre que termina en `*` es un prefijo; `{cc}`, `{node}` y "
        "`{authority}` son el país, el nombre y la autoridad del nodo, en minúsculas.",
        "Each process connects to Kafka as a user of its own. What is not here is refused. On the "
        "embedded Kafka `quipu up` makes these users and permissions at each start. For a cluster "
        "`python -m infra.kafka.policy --node pe-sucamec=PE/SUCAMEC` writes the commands of "
        "`kafka-acls`. A name that ends in `*` is a prefix; `{cc}`, `{node}` and `{authority}` "
        "are the country, the name and the authority of the node, in lower case.",
    )
    for process, policy in read_policy().items():
        yield f"## {process}"
        user = user_of("node-<node>" if process == NODE else process)
        yield f"`{user}`: {policy.purpose[lang]}."
        yield table(
            columns(lang, "recurso operación nombres", "resource operation names"),
            _rows(process, lang),
        )


def _rows(process: str, lang: Lang) -> Iterator[Row]:
    names: dict[tuple[str, str], list[str]] = {}
    for resource, operation, name in read_policy()[process].permissions:
        names.setdefault((resource, operation), []).append(f"`{name}`")
    for (resource, operation), listed in names.items():
        yield choose(lang, *_RESOURCES[resource]), operation, ", ".join(listed)
