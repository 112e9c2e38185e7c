"""What the data folder's `types` brings: checked before it is announced, announced once, known to
nodes by config.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.errors import QuipuError
from infra.registry import local_types
from infra.settings import Settings
from producers.node_config import NodeConfig, node_config_from
from schemas.avro.codec import fingerprint
from schemas.event.event_type import event_type
from schemas.exchange_config import ConfigView, apply

RELEASED = Path(__file__).parents[4] / "schemas" / "released"
CODES = json.dumps(
    {
        "list": "hue",
        "words": {"es": "Tono", "en": "Hue"},
        "source": "a test",
        "codes": {"red": {"es": "rojo", "en": "red"}},
    }
)
FIELD = {"name": "hue", "type": "string", "codes": "hue", "required": True}
TYPE = json.dumps({"type": "record", "name": "hue_seen", "fields": [FIELD]})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    put(tmp_path, "codes/hue.json", CODES)
    put(tmp_path, "events/hue_seen.avsc", TYPE)
    put(tmp_path, "rules/hue.toml", "version = 1")
    return Settings(tmp_path)


def put(home: Path, name: str, text: str) -> None:
    path = home / "types" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def announced(view: ConfigView, settings: Settings) -> ConfigView:
    for name, entry in local_types.pending_config_entries(settings, view):
        view = apply(view, name, dict(entry))
    return view


def test_a_folder_that_is_not_there_brings_nothing(tmp_path: Path) -> None:
    assert local_types.pending_config_entries(Settings(tmp_path), ConfigView()) == []
    assert local_types.local_rules(Settings(tmp_path)) == {}


def test_lists_are_announced_before_the_types_that_need_them_and_each_once(
    settings: Settings,
) -> None:
    assert [name for name, _ in local_types.pending_config_entries(settings, ConfigView())] == [
        "CodeList",
        "EventSchema",
    ]
    view = announced(ConfigView(), settings)
    assert view.code_lists == {"hue": CODES}
    assert list(view.schemas.values()) == [("hue_seen", TYPE)]
    assert local_types.pending_config_entries(settings, view) == []
    assert local_types.local_rules(settings) == {"hue": "version = 1"}


@pytest.mark.parametrize(
    ("name", "text", "statement"),
    [
        ("codes/hue.json", "{}", r"hue\.json.*list"),
        ("events/bad.avsc", "{", r"bad\.avsc"),
        (
            "events/bad.avsc",
            TYPE.replace('"codes": "hue"', '"codes": "none"'),
            r"bad\.avsc.*no code list",
        ),
        (
            "events/bad.avsc",
            TYPE.replace('"codes"', '"observed": "unicorn", "codes"'),
            r"bad\.avsc.*unicorn",
        ),
        ("events/bad.avsc", TYPE.replace('"string"', '"strong"'), r"bad\.avsc.*strong"),
        (
            "events/bad.avsc",
            TYPE.replace('"codes"', '"measure": "kg", "codes"'),
            r"bad\.avsc.*no measure",
        ),
    ],
)
def test_what_cannot_be_announced_names_its_file(
    settings: Settings, name: str, text: str, statement: str
) -> None:
    put(settings.home, name, text)
    with pytest.raises(QuipuError, match=statement):
        local_types.pending_config_entries(settings, ConfigView())


def test_a_newer_version_must_read_what_the_former_wrote(settings: Settings) -> None:
    view = announced(ConfigView(), settings)
    wider = {
        "type": "record",
        "name": "hue_seen",
        "fields": [FIELD, {"name": "more", "type": ["null", "string"], "default": None}],
    }
    put(settings.home, "events/hue_seen.avsc", json.dumps(wider))
    assert [name for name, _ in local_types.pending_config_entries(settings, view)] == [
        "EventSchema"
    ]
    put(
        settings.home,
        "events/hue_seen.avsc",
        json.dumps({**wider, "fields": [{"name": "other", "type": "string"}]}),
    )
    with pytest.raises(QuipuError, match="other: new, without a default"):
        local_types.pending_config_entries(settings, view)


def test_a_node_knows_the_newest_of_a_type_that_only_config_has_and_its_own_of_the_others(
    settings: Settings,
) -> None:
    ours = event_type("seizure").format.text
    view = ConfigView(nodes={})
    for name, text in (("seizure", ours), ("hue_seen", "{}"), ("hue_seen", TYPE)):
        view = apply(view, "EventSchema", {"type": name, "text": text})
    view = apply(
        view,
        "Node",
        {"node": "co-x", "country": "CO", "authority": "X", "partition": 0, "succeeds": []},
    )
    view = replace(view, recipients={"mechanism": X25519PrivateKey.generate().public_key()})
    standing = node_config_from("co-x", view, view)
    assert standing.schemas == {"hue_seen": TYPE}
    assert NodeConfig.from_json(standing.to_json()).schemas == standing.schemas


def test_a_node_writes_the_version_that_config_knows_until_the_newest_is_announced() -> None:
    released = sorted(
        (RELEASED / "weapon_record").glob("*.avsc"),
        key=lambda path: int(path.name.partition("-")[0]),
    )
    texts = [path.read_text(encoding="utf-8") for path in released]
    view = apply(
        ConfigView(nodes={}),
        "Node",
        {"node": "co-x", "country": "CO", "authority": "X", "partition": 0, "succeeds": []},
    )
    for text in texts:
        view = apply(view, "EventSchema", {"type": "weapon_record", "text": text})
        written = node_config_from("co-x", view, view).schemas.get("weapon_record")
        is_newest = fingerprint(text) == event_type("weapon_record").fingerprint
        assert written == (None if is_newest else text)
    assert is_newest


def test_a_standing_of_before_such_types_is_still_read() -> None:
    former = json.loads(NodeConfig("CO", "X", 0, 1, {"routine": 1}, {}, {}).to_json())
    del former["schemas"]
    assert NodeConfig.from_json(json.dumps(former)).schemas == {}
