"""The page of the log: every topic, and every format with its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docs.generate.markdown import Lang, Row, choose, columns, table
from schemas.avro.codec import LOG_FOLDER, log_format
from schemas.topics import TopicSpec, derived_topics, log_topics, member_topic, owner_spec

_CONTENT = {
    "quipu.config": "`signed` > `config_entry`",
    "quipu.disclosures": "`signed` > `disclosure`",
    "quipu.bundles.<cc>": "`signed` > `bundle` > `event`",
    "quipu.keys.<cc>": "`signed` > `key_list`",
    "quipu.checkpoints": "C2SP `add-checkpoint`",
    "quipu.members": "`member`",
    "quipu.work-keys": "`signed` > `work_key`",
    "quipu.witness.<cc>": "C2SP `tlog-checkpoint`",
    "quipu.accepted.<cc>.g<N>": "`accepted`",
    "quipu.receipts.<cc>.<node>.g<N>": "`signed` > `receipt`",
    "quipu.hits.<cc>.<authority>.g<N>": "`signed` > `hit`",
    "quipu.statements.<cc>.<node>.g<N>": "`signed` > `statement`",
    "quipu.observations.g<N>": "`observations`",
    "quipu.evidence.g<N>": "`evidence`",
    "quipu.persons.g<N>": "`observations`",
    "quipu.links.g<N>": "`link`",
    "quipu.rejects.g<N>": "`reject`",
}
_OF_OWNERS = {
    "quipu.receipts.co.node.g0": "quipu.receipts.<cc>.<node>.g<N>",
    "quipu.hits.co.authority.g0": "quipu.hits.<cc>.<authority>.g<N>",
    "quipu.statements.co.node.g0": "quipu.statements.<cc>.<node>.g<N>",
}
_COUNTRY = re.compile(r"\.[a-z]{2}(?=$|\.g0$)")

Definition = Mapping[str, Any]


def log_formats(lang: Lang) -> Iterator[str]:
    """Yield the topics, then every format."""
    yield choose(
        lang,
        "Todo mensaje está en Avro con el encuadre de objeto único (single-object encoding). Las "
        "horas son milisegundos desde 1970 UTC. Identificadores, versiones y claves tienen 16 "
        "bytes. Las descripciones vienen de los esquemas y están en inglés. Solo los puntos de "
        "control son textos, en los formatos de C2SP (https://c2sp.org/tlog-witness).",
        "Every message is Avro in single-object encoding. Times are milliseconds since 1970 UTC. "
        "Ids, versions and keys have 16 bytes. The descriptions come from the schemas. Only "
        "checkpoints are texts, in the formats of C2SP (https://c2sp.org/tlog-witness).",
    )
    yield f"## {choose(lang, 'Tópicos', 'Topics')}"
    yield choose(
        lang,
        "`<cc>` es el país y `<N>` la generación. Cada nodo tiene un tópico de acuses y cada "
        "autoridad uno de avisos; nadie más del país los lee. Los tópicos sin generación son la "
        "bitácora y el registro de accesos: se conservan para siempre.",
        "`<cc>` is the country and `<N>` the generation. Each node has a topic of receipts and "
        "each authority one of hits; nobody else of the country reads them. Topics without a "
        "generation are the log and the disclosure ledger; they are kept forever.",
    )
    head = columns(lang, "tópico particiones conserva contenido", "topic partitions keeps content")
    yield table(head, _topics(lang))
    yield choose(
        lang,
        "La clave de Kafka de un paquete es su canal (`nodo/prioridad/época`). La de una lista de "
        "claves es `canal/número`. La de un aviso es `autoridad/ejercicio/indicador`.",
        "The Kafka key of a bundle is its cord (`node/lane/epoch`). That of a key list is "
        "`cord/sequence`. That of a hit is `authority/exercise/indicator`.",
    )
    for path in sorted(LOG_FOLDER.glob("*.avsc")):
        yield from _format(path.stem, lang)


def _topics(lang: Lang) -> Iterator[Row]:
    specs = {_COUNTRY.sub(".<cc>", spec.name): spec for spec in (*log_topics(), member_topic())}
    for spec in derived_topics(0):
        specs[_COUNTRY.sub(".<cc>", spec.name).replace(".g0", ".g<N>")] = spec
    for sample, name in _OF_OWNERS.items():
        spec_of_owner = owner_spec(sample)
        assert spec_of_owner is not None, "the sample is of an owner"  # noqa: S101
        specs[name] = spec_of_owner
    for name, spec in specs.items():
        yield f"`{name}`", str(spec.partitions), _kept(spec, lang), _CONTENT[name]


def _kept(spec: TopicSpec, lang: Lang) -> str:
    if spec.configs.get("cleanup.policy") == "compact":
        return choose(lang, "lo más nuevo de cada clave", "the newest of each key")
    return choose(lang, "todo", "everything")


def _format(name: str, lang: Lang) -> Iterator[str]:
    definition = log_format(name).definition
    yield f"## {name}"
    nested: dict[str, Definition] = {}
    yield from _record(definition, nested, lang)
    written: set[str] = set()
    while pending := [record for record in nested if record not in written]:
        for record in pending:
            written.add(record)
            yield f"### {name}: {record}"
            yield from _record(nested[record], nested, lang)


def _record(record: Definition, nested: dict[str, Definition], lang: Lang) -> Iterator[str]:
    yield str(record.get("doc", ""))
    rows = [
        (f"`{field['name']}`", _type(field["type"], nested), str(field.get("doc", "")))
        for field in record["fields"]
    ]
    if rows:
        yield table(columns(lang, "campo tipo significa", "field type means"), rows)


def _type(type_: Any, nested: dict[str, Definition]) -> str:
    """Describe a type in words; records met on the way are put into `nested`."""
    if isinstance(type_, str):
        return type_.rsplit(".", 1)[-1]
    if isinstance(type_, Sequence):
        return " or ".join(_type(branch, nested) for branch in type_)
    kind = type_["type"]
    if kind == "record":
        nested.setdefault(type_["name"], type_)
        return str(type_["name"])
    if kind == "array":
        return f"array of {_type(type_['items'], nested)}"
    if kind == "map":
        return f"map of {_type(type_['values'], nested)}"
    if kind == "fixed":
        return f"{type_['name']} ({type_['size']} bytes)"
    return _type(kind, nested)
