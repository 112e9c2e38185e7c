"""infra/deploy: each file parses, and names only settings, commands and metrics that exist."""

from __future__ import annotations

import json
import os
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
from infra.data_folder import prepare
from infra.deploy.bundle import SCRIPT
from infra.keys.keyring import create_mechanism_keys, load_mechanism_keys, restore_anchor
from infra.orchestration.up_output import NAMES
from infra.setting_keys import FILE_KEYS
from infra.settings import load
from infra.telemetry.metrics import METRICS

DEPLOY = Path(__file__).parents[4] / "infra" / "deploy"
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
LABELS = {metric.name: set(metric.labels) for metric in METRICS}
SYSTEMD = shutil.which("systemd-analyze")
OF_PROMETHEUS = {"job", "instance"}
ROUTES = ("/livez", "/readyz")


def documents() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        yield from yaml.safe_load_all(path.read_text())


def pods() -> Iterator[dict[str, Any]]:
    for document in documents():
        if document["kind"] in ("Deployment", "StatefulSet", "Job"):
            yield document["spec"]["template"]["spec"]


def config() -> dict[str, str]:
    (found_config,) = (document for document in documents() if document["kind"] == "ConfigMap")
    data: dict[str, str] = found_config["data"]
    return data


def parts_of(pod: dict[str, Any]) -> set[str]:
    """What `quipu up` starts in a pod; nothing for one that ends."""
    command, *others = pod["containers"][0]["args"]
    return set(others[1].split(",")) if command == "up" else set()


def probes(container: dict[str, Any]) -> dict[str, Any]:
    return {name: probe for name, probe in container.items() if name.endswith("Probe")}


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
    text = config()["quipu.toml"]
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
        parsed = main.get_command(Context(main), command)
        assert parsed is not None
        assert not isinstance(parsed, Group)
        parsed.make_context(command, others, resilient_parsing=False)
        assert parts_of(pod) <= set(NAMES)


def test_every_process_of_the_mechanism_has_a_pod() -> None:
    run = set().union(*(parts_of(pod) for pod in pods()))
    elsewhere_or_once = {"kafka", "clickhouse", "topics", "founding", "migrations"}
    assert run == set(NAMES) - elsewhere_or_once - {"canary"}
    assert {"accounts", "api"} in [parts_of(pod) for pod in pods()]  # they share one folder


def test_each_pod_has_every_file_that_its_settings_name() -> None:
    settings = tomllib.loads(config()["quipu.toml"])
    named = {str(value).rpartition("/")[0] for key, value in settings.items() if "_file" in key}
    for pod in pods():
        (container,) = pod["containers"]
        mounted = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
        assert named <= mounted.keys()
        assert all(mounted[folder]["readOnly"] for folder in named)
        secrets = [volume["secret"] for volume in pod["volumes"] if "secret" in volume]
        assert all(secret["defaultMode"] == 0o440 for secret in secrets)
        assert {f"/{secret['secretName'].partition('-')[2]}" for secret in secrets} >= named


def test_what_is_listed_before_is_every_secret_that_a_pod_mounts() -> None:
    text = (DEPLOY / "kubernetes" / "kustomization.yaml").read_text()
    mounted = {
        volume["secret"]["secretName"]
        for pod in pods()
        for volume in pod["volumes"]
        if "secret" in volume
    }
    assert set(re.findall(r"^#   (quipu-[\w-]+) ", text, re.M)) == mounted


def test_each_pod_that_stays_is_watched_by_probes_that_exist() -> None:
    for pod in pods():
        (container,) = pod["containers"]
        if not parts_of(pod):
            continue
        assert "livenessProbe" in probes(container)
        for probe in probes(container).values():
            if "exec" in probe:
                program, command, *others = probe["exec"]["command"]
                assert program == "quipu"
                parsed = main.get_command(Context(main), command)
                assert parsed is not None
                parsed.make_context(command, others)
            else:
                assert probe["httpGet"]["path"] in ROUTES
                (header,) = probe["httpGet"]["httpHeaders"]
                assert header["value"] in tomllib.loads(config()["quipu.toml"])["api_hosts"]


def test_a_pod_reaches_what_its_settings_name_and_nothing_else_in_the_cluster() -> None:
    settings = tomllib.loads(config()["quipu.toml"])
    servers = [*settings["kafka"].split(","), settings["clickhouse"]]
    needed = {
        (address.rpartition(":")[0].rpartition(".")[2], int(address.rpartition(":")[2]))
        for address in servers
    }
    (policy,) = (
        document for document in documents() if document.get("metadata", {}).get("name") == "closed"
    )
    assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
    assert policy["spec"]["ingress"] == []
    allowed = {
        (peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"], port["port"])
        for rule in policy["spec"]["egress"]
        for peer in rule["to"]
        for port in rule["ports"]
    }
    assert allowed == needed | {("kube-system", 53)}


def test_a_pod_finds_settings_and_keys_where_quipu_looks_for_them(tmp_path: Path) -> None:
    home = tmp_path / "data" / "home"
    script = config()["prepare.sh"]
    for name in ("settings", "keys", "former-keys"):
        (tmp_path / name).mkdir()
        script = script.replace(f" /{name}/", f" {tmp_path}/{name}/")
        script = script.replace(f'"/{name}/', f'"{tmp_path}/{name}/')
    (tmp_path / "settings" / "quipu.toml").write_text(config()["quipu.toml"])
    founded = load({"QUIPU_HOME": str(tmp_path / "founded")})
    create_mechanism_keys(founded)
    for path in (p for p in founded.keys_dir.rglob("*") if p.is_file()):
        shutil.copyfile(path, tmp_path / "keys" / path.name)
    shutil.copyfile(tmp_path / "keys" / "unwrap.pem", tmp_path / "former-keys" / "unwrap-1.pem")
    (tmp_path / "data").mkdir()
    for _again in range(2):
        subprocess.run(
            ["/bin/sh", "-c", script], env={"QUIPU_HOME": str(home), "PATH": os.defpath}, check=True
        )
    settings = load({"QUIPU_HOME": str(home)})
    prepare(settings)
    keys = load_mechanism_keys(settings)
    assert keys.key_id == load_mechanism_keys(founded).key_id
    assert (settings.keys_dir / "mechanism" / "former" / "unwrap-1.pem").is_file()
    restore_anchor(settings)  # refuses an anchor of another mechanism
    assert not [path for path in home.rglob("*") if path.stat().st_mode & 0o077]


def test_the_kustomization_lists_every_manifest() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())
    assert set(listed["resources"]) == {path.name for path in MANIFESTS} - {"kustomization.yaml"}


def test_the_trial_listens_on_the_loopback_interface() -> None:
    (service,) = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    assert service["network_mode"] == "host"
    assert service["environment"] == {"QUIPU_API": "127.0.0.1:8080"}


def test_the_image_is_the_bundle_and_is_not_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"^RUN (?:\w+=\w+ )*(\S+)", text, re.M)[0] == f"/bundle/{SCRIPT}"
    assert "pip" not in text
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
