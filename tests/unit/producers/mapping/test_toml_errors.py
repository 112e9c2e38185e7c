"""What an officer reads whose mapping is not TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from producers.errors import MappingError
from producers.mapping.loader import load_mapping


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('a = 1\nEMPEÑO = "x"\n', 'la línea 2 no es TOML: EMPEÑO = "x". Ponga el nombre entre '),
        ('a = 1\n\nMi columna = "x"', 'la línea 3 no es TOML: Mi columna = "x". Ponga el nombre'),
        ('Nº = "x"', 'comillas: "Nº" ='),
        ("¿Qué pasó? = 'x'", 'comillas: "¿Qué pasó?" ='),
        ("type = weapon_record", "Los textos van entre comillas"),
        ('"a" = "b" c', "cada comilla y cada corchete se cierra"),
        ("[fields\na = 1", "la línea 1 no es TOML: [fields."),
        ("x = [\n", "termina antes de tiempo"),
        ("x = " + "y" * 500, "yyy…"),
    ],
)
def test_the_line_and_the_likely_mistake_are_named(
    text: str, sentence: str, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapeo.toml"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        load_mapping(str(mapping))
    message = caught.value.message.in_language("es")
    assert sentence in message
    assert "Expected" not in message
    assert len(message) < 250


def test_a_mapping_in_another_encoding_is_said_to_be_so(tmp_path: Path) -> None:
    mapping = tmp_path / "mapeo.toml"
    mapping.write_bytes('"EMPEÑO" = 1'.encode("latin-1"))
    with pytest.raises(MappingError, match="not UTF-8"):
        load_mapping(str(mapping))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("co-ponal-hurto", "co-ponal-hurto-vehiculos"),
        ("OFAC_SDN.toml", "ofac-sdn"),
        ("mis mapeos/zzzzzz.toml", "quipu mapping suggest"),
    ],
)
def test_a_mapping_that_is_not_there_is_one_sentence_with_the_nearest_names(
    name: str, remedy: str
) -> None:
    with pytest.raises(MappingError) as refused:
        load_mapping(name)
    text = f"{refused.value.message} {refused.value.remedy}"
    assert str(refused.value.message).count(".") <= 3 and len(text) < 300
    assert name in text and remedy in text
