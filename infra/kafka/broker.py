"""Run the embedded broker: `python -m infra.kafka.broker --data DIR --logs DIR --port P ...`.

It writes the broker's properties, formats the storage once, and then *becomes* Java (exec): the
process that was started is the broker itself, so that signals, the parent-death signal and exit
codes reach it and come from it.
"""

from __future__ import annotations

import argparse
import base64
import os
import resource
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from infra.data_folder import write_atomically
from infra.errors import QuipuError, StartError
from infra.kafka import jars, java
from infra.kafka_access import ENGINE, ProcessName, user_of
from infra.keys.credentials import ensure_password
from infra.private_files import keep_private
from schemas.i18n import _

HEAP = ("-Xms128m", "-Xmx512m")
JVM = (
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-XX:-UsePerfData",
)
MOST_CONNECTIONS = 10_000


@dataclass(frozen=True)
class Broker:
    """Say where a broker keeps its files and listens (on the loopback interface).

    `changes`: properties that differ from those of a single node.
    """

    data: Path
    logs: Path
    credentials: Path
    port: int
    controller_port: int
    changes: Mapping[str, str] = field(default_factory=dict)


def command(broker: Broker) -> list[str]:
    """Prepare the broker's files and return the Java command that runs it.

    The storage is formatted at the first start.
    """
    broker.data.mkdir(parents=True, exist_ok=True)
    broker.data.chmod(0o700)  # a release without a login left it open to all users of the machine
    properties = _write_properties(broker)
    run = [
        str(java.find()),
        *HEAP,
        *JVM,
        f"-Dlog4j2.configurationFile={_write_logging(broker)}",
        "-cp",
        _class_path(),
    ]
    if not (_storage(broker) / "meta.properties").exists():
        _format(run, _cluster_id(broker), properties)
    return [*run, "kafka.Kafka", str(properties)]


def _class_path() -> str:
    return os.pathsep.join(str(jar) for jar in jars.class_path())


def _storage(broker: Broker) -> Path:
    return broker.data / "log"


def most_connections(most_files: int) -> int:
    """Return how many connections the broker takes, where it may open so many files.

    A broker that can open no file ends itself. RLIM_INFINITY (-1) bounds nothing.
    """
    return MOST_CONNECTIONS if most_files < 0 else min(MOST_CONNECTIONS, most_files // 2)


def _write_properties(broker: Broker) -> Path:
    text = _template("node.properties")
    values = {
        "port": broker.port,
        "controller_port": broker.controller_port,
        "connections": most_connections(resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
        "data": _storage(broker),
        "user": user_of(ProcessName.BROKER),
        "password": ensure_password(broker.credentials, ENGINE, ProcessName.BROKER),
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    text = "\n".join([text, *(f"{name}={value}" for name, value in broker.changes.items()), ""])
    path = broker.data / "node.properties"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return path


def _write_logging(broker: Broker) -> Path:
    path = broker.data / "log4j2.properties"
    write_atomically(path, _template("log4j2.properties").replace("{logs}", str(broker.logs)))
    return path


def _template(name: str) -> str:
    return files("infra.kafka").joinpath(name).read_text(encoding="utf-8")


def _cluster_id(broker: Broker) -> str:
    """Return a random id, always the same for this folder.

    It is written before formatting, so that a formatting cut short is repeated with the same one.
    """
    path = broker.data / "cluster.id"
    if not path.exists():
        write_atomically(path, base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("="))
    return path.read_text().strip()


def _format(run: Sequence[str], cluster_id: str, properties: Path) -> None:
    arguments = [
        "format",
        "--ignore-formatted",
        f"--cluster-id={cluster_id}",
        "--config",
        str(properties),
    ]
    answer = subprocess.run(
        [*run, "kafka.tools.StorageTool", *arguments], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        last_lines = (answer.stderr or answer.stdout).strip().splitlines()[-1:] or ["?"]
        raise StartError(
            _("Kafka could not format its folder: {why}", why=last_lines[0]),
            _("Look at {properties}.", properties=properties),
            "KAFKA_FORMAT",
        )


def _arguments(argv: Sequence[str]) -> Broker:
    parser = argparse.ArgumentParser(
        prog="python -m infra.kafka.broker", description="The embedded Kafka node."
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--logs", type=Path, required=True)
    parser.add_argument("--credentials", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--controller-port", type=int, required=True)
    return Broker(**vars(parser.parse_args(argv)))


def main(argv: Sequence[str]) -> None:
    """Become the broker: parse the arguments, prepare, exec Java."""
    keep_private()
    try:
        run = command(_arguments(argv))
    except QuipuError as error:
        sys.exit(f"{error.code}: {error}")
    os.execv(run[0], run)  # noqa: S606 - the very point: no process of ours in between


if __name__ == "__main__":
    main(sys.argv[1:])
