"""infra/deploy: each file parses, and names only settings, commands and metrics that exist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from click import Context, Group

from infra.cli.root import main
from infra.orchestration.up_output import NAMES
from infra.setting_keys import FILE_KEYS
from infra.settings import load
from infra.telemetry.metrics import METRICS

DEPLOY = Path(__file__).parents[4] / "infra" / "deploy"
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
LABELS = {metric.name: set(metric.labels) for metric in METRICS}
SYSTEMD = shutil.which("systemd-analyze")
OF_PROMETHEUS = {"job", "instance"}


def documents() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        yield from yaml.safe_load_all(path.read_text())


def pods() -> Iterator[dict[str, Any]]:
    for document in documents():
        if document["kind"] in ("Deployment", "Job"):
            yield document["spec"]["template"]["spec"]


def expressions() -> list[str]:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "quipu.rules.yml").read_text())["groups"]
    dashboard = json.loads((DEPLOY / "grafana" / "quipu.json").read_text())
    return [rule["expr"] for group in groups for rule in group["rules"]] + [
        target["expr"] for panel in dashboard["panels"] for target in panel["targets"]
    ]


@pytest.mark.parametrize("expression", expressions())
def test_each_expression_asks_for_metrics_and_labels_that_exist(expression: str) -> None:
    promql_parser.parse(expression)
    names = set(re.findall(r"\bquipu_\w+", expression))
    assert names
    assert names <= LABELS.keys()
    labels = set(re.findall(r"(\w+)\s*=~?", expression)) | {
        label.strip()
        for group in re.findall(r"by \(([^)]*)\)", expression)
        for label in group.split(",")
    }
    assert labels <= set().union(*(LABELS[name] for name in names)) | OF_PROMETHEUS


def test_each_alarm_says_what_to_do_with_commands_that_exist() -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "quipu.rules.yml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    for rule in rules:
        assert rule["labels"]["severity"] in ("act", "watch")
        description = rule["annotations"]["description"]
        for words in re.findall(r"`quipu ([^`]+)`", description):
            assert main.get_command(Context(main), words.split()[0]) is not None, words
        used = set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"])))
        assert used <= {
            label.strip()
            for group in re.findall(r"by \(([^)]*)\)", rule["expr"])
            for label in group.split(",")
        }
    assert len({rule["alert"] for rule in rules}) == len(rules)


def test_the_settings_of_the_cluster_are_read_as_they_stand(tmp_path: Path) -> None:
    (config,) = (document for document in documents() if document["kind"] == "ConfigMap")
    text = config["data"]["quipu.toml"]
    assert tomllib.loads(text).keys() <= FILE_KEYS
    (tmp_path / "quipu.toml").write_text(text)
    settings = load({"QUIPU_HOME": str(tmp_path)})
    assert settings.kafka_security.security_protocol.has_tls
    assert settings.api_access.may_listen("0.0.0.0")  # noqa: S104 - with TLS it may


def test_each_pod_runs_a_command_that_exists_with_few_rights() -> None:
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        for container in (*pod["initContainers"], *pod["containers"]):
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        (container,) = pod["containers"]
        command, *others = container["args"]
        assert not isinstance(main.get_command(Context(main), command), Group | None)
        if others[:1] == ["--only"]:
            assert others[1] in NAMES
        mounts = {mount["name"] for mount in container["volumeMounts"]}
        assert mounts <= {volume["name"] for volume in pod["volumes"]}


def test_every_process_of_the_mechanism_has_a_pod() -> None:
    run = {
        pod["containers"][0]["args"][2]
        for pod in pods()
        if pod["containers"][0]["args"][1:2] == ["--only"]
    }
    elsewhere_or_once = {"kafka", "clickhouse", "topics", "founding", "migrations", "accounts"}
    assert run == set(NAMES) - elsewhere_or_once - {"canary"}


def test_the_kustomization_lists_every_manifest() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())
    assert set(listed["resources"]) == {path.name for path in MANIFESTS} - {"kustomization.yaml"}


def test_the_trial_listens_on_the_loopback_interface() -> None:
    (service,) = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    assert service["network_mode"] == "host"
    assert service["environment"] == {"QUIPU_API": "127.0.0.1:8080"}


def test_the_container_file_installs_from_the_lock_and_is_not_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert "--require-hashes -r requirements.lock" in text
    assert text.rindex("USER 10001") > text.rindex("FROM ")


@pytest.mark.skipif(SYSTEMD is None, reason="systemd is not on this machine")
def test_the_unit_of_systemd_has_no_unknown_line(tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / "quipu.service").read_text()
    unit = tmp_path / "quipu.service"
    unit.write_text(text.replace("/opt/quipu/bin/quipu", "/bin/true"))
    checked = subprocess.run(
        [str(SYSTEMD), "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Unknown" not in checked.stderr, checked.stderr
    assert "quipu.service:" not in checked.stderr, checked.stderr
