"""Attacks by another user of the machine on what a running exchange listens to (findings A1 to A6).

Another user has no key and no password. Whatever port it asks, in whatever protocol, it learns
nothing of records, nodes and topics. Root becomes a user by its number; others do it with sudo.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from consumers.api.app import openapi_document
from infra.orchestration.stack import RunningStack
from infra.registry.nodes import NodeRegistration
from producers.node import CountryNode
from tests.support.engines import eventually
from tests.support.exchange import founder
from tests.support.exchange_lease import ExchangeLease
from tests.support.node import row, weapons, write
from tests.support.patience import patience

NODE, SERIAL, REFERENCE = "co-ponal", "SECRETO7731", "R-7731"
NOBODY = 65534
SECRETS = (SERIAL, REFERENCE, NODE, "PONAL", "quipu.bundles", "quipu.config", "weapon_record")
"""What no answer contains."""
pytestmark = pytest.mark.integration

PROGRAM = r"""
import json, socket, struct, sys
from concurrent.futures import ThreadPoolExecutor

def text(value):
    data = value.encode()
    return struct.pack(">h", len(data)) + data

def kafka(key, version, body=b""):
    frame = struct.pack(">hhi", key, version, 7) + text("nobody") + body
    return struct.pack(">i", len(frame)) + frame

def string(value):
    return bytes([len(value)]) + value.encode()

def hello(user, password):
    return b"\0" + string("nobody") + bytes([21, 1]) + b"\xb3\xa9\x03" + string("default") \
        + string(user) + string(password)

def ask(port, *parts):
    received = b""
    with socket.socket(socket.AF_INET6 if ":" in port[0] else socket.AF_INET) as connection:
        connection.settimeout(3)
        try:
            connection.connect((port[0], port[1]))
            for part in parts:
                connection.sendall(part)
                while len(received) < 1_000_000:
                    piece = connection.recv(65536)
                    if not piece:
                        return received
                    received += piece
                    connection.settimeout(0.5)
        except OSError:
            pass
    return received

def get(path, host, **headers):
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()

# metadata of all topics; fetch from the beginning; offsets; groups; a new topic
FETCH = struct.pack(">iiii", -1, 10, 1, 1) + text("quipu.config") + struct.pack(">iiqi", 1, 0, 0, 1 << 20)
KAFKA = {
    "metadata": kafka(3, 1, struct.pack(">i", -1)),
    "fetch": kafka(1, 0, FETCH),
    "groups": kafka(16, 0),
    "sasl": kafka(17, 1, text("PLAIN")) + kafka(36, 0, struct.pack(">i", 12) + b"\0admin\0admin"),
}
plan = json.load(sys.stdin)
answers = {}
for port in plan["ports"]:
    probes = {f"kafka {name}": (request,) for name, request in KAFKA.items()}
    for user in ("default", "reader", "writer", "migrator", "quipu"):
        for password in ("", user):
            query = b"\1" + string("") + b"\1" + string("") + b"\0\2\0" + string("SHOW TABLES")
            probes[f"clickhouse {user}/{password}"] = (hello(user, password), query)
    for path in plan["paths"] if port in plan["http"] else ["/", "/health", "/metrics", "/?query=SELECT+1"]:
        host = f"127.0.0.1:{port[1]}"
        probes[f"http {path}"] = (get(path, host),)
        identity = {"X_Quipu_Reader": "MEC/analyst/RED", "Authorization": "Bearer x", "Cookie": "session=x"}
        probes[f"http {path} with headers"] = (get(path, host, **identity),)
    with ThreadPoolExecutor(8) as threads:
        received = threads.map(lambda parts: ask(port, *parts), probes.values())
        for name, answer in zip(probes, received):
            answers[f"{port[1]} {name}"] = answer.decode("latin-1")
json.dump(answers, sys.stdout)
"""


@pytest.fixture(scope="module")
def exchange(
    lease: ExchangeLease, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningStack, tuple[str, int]]]:
    """All processes of an exchange with one record, and a node's HTTP; its address."""
    folder, node = tmp_path_factory.mktemp("files"), NodeRegistration(NODE, "CO", "PONAL", 0)
    with lease.running("ports", founder=founder([node])) as stack:
        with CountryNode(stack.settings, NODE) as country:
            path = write(folder, row(7731, SERIAL))
            assert country.publish(path, weapons(folder), wait=90).counts()["accepted"] == 1
        home = stack.settings.node_dir(NODE)
        serve = [sys.executable, "-m", "infra.cli", "--home", str(stack.settings.home), "serve"]
        child = subprocess.Popen([*serve, "--node", NODE], stdout=subprocess.DEVNULL)
        try:
            eventually((home / "intake.json").exists, "the node's HTTP serves", 60)
            url = json.loads((home / "intake.json").read_text())["url"]
            yield stack, ("127.0.0.1", int(url.rpartition(":")[2]))
        finally:
            child.terminate()
            child.wait(patience(20))


def listening_ports() -> list[tuple[str, int]]:
    """Every address to which this test's engines and processes listen."""
    ports = set()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            for connection in process.net_connections("tcp"):
                if connection.status == psutil.CONN_LISTEN:
                    ports.add((str(connection.laddr.ip), int(connection.laddr.port)))
    return sorted(ports)


def paths_of_api() -> list[str]:
    """Every address of the API and the page, with a made-up id where it has one."""
    paths = [
        path.replace("{id}", "0" * 32).replace("{key}", "0" * 32)
        for path in openapi_document()["paths"]
    ]
    return [*paths, "/", "/things", "/find?id=SECRETO7731", "/line", "/openapi.json", "/docs"]


def as_nobody(*command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program as a user without any rights; skipped only where nobody can become one."""
    user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    if os.geteuid() != 0:
        sudo = ("sudo", "-n", "-u", f"#{NOBODY}", "--")
        if subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode:
            if "CI" in os.environ:
                pytest.fail("CI must let this test become another user")
            pytest.skip("neither root nor sudo")
        command, user = (*sudo, *command), {}
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, cwd="/", **user
    )


PYTHON = shutil.which("python3", path="/usr/bin:/bin") or sys.executable


def test_no_port_answers_another_user(
    exchange: tuple[RunningStack, tuple[str, int]],
) -> None:
    stack, intake = exchange
    settings, ports = stack.settings, listening_ports()
    api = (settings.api_host, settings.api_port)
    assert {int(str(settings.kafka).rpartition(":")[2]), settings.clickhouse_port} <= {
        port for _, port in ports
    }
    assert {api, intake} <= set(ports)
    plan = {"ports": ports, "http": [api, intake], "paths": paths_of_api()}
    done = as_nobody(PYTHON, "-c", PROGRAM, stdin=json.dumps(plan))
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads(done.stdout)
    reached = {
        name: answer[:300]
        for name, answer in answers.items()
        if any(
            secret in answer.partition("\r\n\r\n")[2 if "http" in name else 0] for secret in SECRETS
        )
        or ("SHOW" not in name and "EndOfStream" in answer)
    }
    assert reached == {}
    open_paths = {
        name: answer.splitlines()[0]
        for name, answer in answers.items()
        if answer.startswith("HTTP/") and answer.split(" ")[1] == "200"
    }
    assert {name.split()[2] for name in open_paths} <= {"/livez", "/readyz", "/health"}, open_paths
    for name in open_paths:
        body = json.loads(answers[name].partition("\r\n\r\n")[2])
        assert set(body) <= {"status", "level"}, body


def test_no_file_of_a_running_exchange_opens_to_another_user(
    exchange: tuple[RunningStack, tuple[str, int]],
) -> None:
    settings = exchange[0].settings
    files = [str(path) for path in settings.home.rglob("*") if path.is_file()]
    assert len(files) > 50
    program = (
        "import json,sys\n"
        "for name in json.load(sys.stdin):\n"
        "    for mode in ('rb', 'ab'):\n"
        "        try: open(name, mode); print(name)\n"
        "        except PermissionError: pass\n"
        "        except FileNotFoundError: pass\n"
    )
    done = as_nobody(PYTHON, "-c", program, stdin=json.dumps(files))
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
    readable = []
    for path in map(Path, files):
        with suppress(FileNotFoundError):
            readable += [path] if path.stat().st_mode & 0o007 else []
    assert [path.name for path in readable] in ([], ["quipu.toml"]), "a person writes that one"
    assert settings.home.stat().st_mode & 0o777 == 0o700
