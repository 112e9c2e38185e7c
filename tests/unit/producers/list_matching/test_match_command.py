"""`quipu match`: two lists, or one, without an exchange."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from infra.cli.root import main
from producers.list_matching.list_mapping import guess_mapping

PEOPLE = [
    ("1", "Juan", "Quispe Mamani", "07/03/1984", "40123456"),
    ("2", "Rosa Elena", "Huamán Rojas", "21/11/1990", "41876543"),
    ("3", "Wilson", "Guallpa Paucar", "05/05/1979", "42555666"),
    ("4", "Ana", "Colque Ticona", "17/05/1990", ""),
]
OTHERS = [
    ("a", "JUAN", "KISPE MAMANI", "1984-03-07", "40123456"),
    ("b", "ROSA", "GUAMAN ROJAS", "1990-11-21", "41876543"),
    ("c", "WILSON", "HUALLPA PAWKAR", "1979-05-05", "42.555.666"),
    ("d", "FLOR", "COLQUE TICONA", "1990-05-17", ""),
]
HEAD = ("id", "Nombres", "Apellidos", "Fecha de nacimiento", "DNI")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for path, rows in ((first, PEOPLE), (second, OTHERS)):
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEAD, *rows])
    return first, second


def run(*arguments: object) -> tuple[int, list[dict[str, str]], str]:
    result = CliRunner().invoke(main, ["match", *map(str, arguments)])
    return result.exit_code, list(csv.DictReader(result.stdout.splitlines())), result.stderr


def test_two_lists_give_pairs_with_their_evidence(lists: tuple[Path, Path]) -> None:
    code, pairs, errors = run(*lists)
    assert code == 0, errors
    sure = {(p["id_a"], p["id_b"]) for p in pairs if float(p["probability"]) >= 0.95}
    assert sure == {("1", "a"), ("2", "b"), ("3", "c")}
    assert all("+" in pair["evidence"] for pair in pairs)


def test_a_list_as_xlsx_and_as_parquet_gives_the_same(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    book = Workbook()
    for row in (HEAD, *PEOPLE):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    columns = dict(zip(HEAD, zip(*OTHERS, strict=True), strict=True))
    pq.write_table(
        pa.table({name: list(values) for name, values in columns.items()}), tmp_path / "b.parquet"
    )
    assert run(tmp_path / "a.xlsx", tmp_path / "b.parquet")[1] == run(*lists)[1]


def test_clusters_put_every_row_into_a_group(lists: tuple[Path, Path], tmp_path: Path) -> None:
    out, clusters = tmp_path / "pairs.csv", tmp_path / "clusters.csv"
    assert run(*lists, "--out", out, "--clusters", clusters)[0] == 0
    rows = list(csv.DictReader(clusters.open(encoding="utf-8")))
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "a", "b", "c", "d"]
    of = {row["id"]: row["cluster"] for row in rows}
    assert of["1"] == of["a"] != of["2"] == of["b"]
    assert of["4"] != of["d"]


def test_a_mapping_file_names_other_columns(tmp_path: Path) -> None:
    for name, rows in (("a", PEOPLE), ("b", OTHERS)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("k", "x", "y", "z", "w"), *rows])
    mapping = tmp_path / "columns.toml"
    mapping.write_text(
        'id = "k"\n[fields]\ngiven_names = "x"\nsurnames = "y"\nbirth = "z"\ndocument = "w"\n'
    )
    code, pairs, _ = run(tmp_path / "a.csv", tmp_path / "b.csv", "--mapping", mapping)
    assert code == 0
    assert {pair["id_a"] for pair in pairs} >= {"1", "2", "3"}
    mapping.write_text('[fields]\ngiven_names = "nombre"\n')
    code, _, errors = run(tmp_path / "a.csv", tmp_path / "b.csv", "--mapping", mapping)
    assert code == 2
    assert (
        "columns.toml" in errors
        and "given_names" in errors
        and "nombre" in errors
        and "k, x, y" in errors
    )


def test_whole_names_meet_names_in_parts(lists: tuple[Path, Path], tmp_path: Path) -> None:
    whole = tmp_path / "whole.csv"
    with whole.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [
                ("codigo", "Nombre completo", "Nacimiento", "Cédula"),
                *((row[0], f"{row[2]}, {row[1]}", *row[3:]) for row in OTHERS),
            ]
        )
    code, pairs, errors = run(lists[0], whole)
    assert code == 0, errors
    sure = {(p["id_a"], p["id_b"]) for p in pairs if float(p["probability"]) >= 0.95}
    assert sure == {("1", "a"), ("2", "b"), ("3", "c")}


def test_a_list_without_names_is_named(lists: tuple[Path, Path], tmp_path: Path) -> None:
    nameless = tmp_path / "nameless.csv"
    nameless.write_text("id,DNI\n1,40123456\n", encoding="utf-8")
    code, _, errors = run(lists[0], nameless)
    assert code == 2
    assert "nameless.csv" in errors
    assert "a.csv" not in errors


def test_weights_are_learned_without_labels(tmp_path: Path) -> None:
    """Rows of one person have errors; those of different persons share some values by chance."""
    streets, towns = ["Sol", "Luna", "Mar", "Río", "Paz"], ["Quito", "Cusco", "Pasto"]
    rows = []
    for number in range(120):
        name = f"{chr(65 + number % 26)}{'aeiou'[number % 5]}r{chr(98 + number * 7 % 20)}o{chr(98 + number * 3 % 20)}a"
        street, postcode = (
            f"Calle {streets[number % 5]} {number * 17 % 900}",
            str(10000 + number * 37 % 5000),
        )
        rows.append(
            (
                f"{number}-0",
                name,
                f"{chr(65 + number * 31 % 19)}ur{chr(97 + number * 7 % 23)}ez",
                street,
                postcode,
                towns[number % 3],
            )
        )
        home = (
            f"{chr(65 + number * 31 % 19)}ur{chr(97 + number * 7 % 23)}ez",
            street,
            postcode,
            towns[number % 3],
        )
        if number % 2:
            rows.append((f"{number}-1", name[:-1], home[0], street.upper(), postcode, ""))
        if number % 3 == 0:  # a brother, who is another person
            rows.append((f"{number}-b", f"{name[::-1]}eto", *home))
    path = tmp_path / "one.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [("rec_id", "given_name", "surname", "street", "postcode", "suburb"), *rows]
        )
    code, pairs, errors = run(path, "--train")
    assert code == 0, errors
    true = {(f"{number}-0", f"{number}-1") for number in range(1, 120, 2)}
    assert {(pair["id_a"], pair["id_b"]) for pair in pairs} == true


def test_headings_are_guessed_in_both_languages() -> None:
    mapping = guess_mapping(
        [
            "N°",
            "Primer apellido",
            "Segundo Apellido",
            "Nombres",
            "Fec. Nac.",
            "Sexo",
            "Nº doc",
            "Dirección",
        ],
        ["rec_id", "surname", "given_name", "date_of_birth", "gender", "document", "address_1"],
    )
    fields = {field.name: (field.columns, field.columns_b) for field in mapping.fields}
    assert fields == {
        "surnames": (("Primer apellido", "Segundo Apellido"), ("surname",)),
        "given_names": (("Nombres",), ("given_name",)),
        "birth": (("Fec. Nac.",), ("date_of_birth",)),
        "sex": (("Sexo",), ("gender",)),
        "document": (("Nº doc",), ("document",)),
    }
    assert (mapping.id_a, mapping.id_b, mapping.unused) == ("N°", "rec_id", ("Dirección",))


def test_what_cannot_be_read_is_named_with_its_remedy(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    code, _, errors = run(empty)
    assert code == 2 and "empty.csv" in errors
    other = tmp_path / "other.csv"
    other.write_text("q,r\n1,2\n")
    code, _, errors = run(other)
    assert code == 2 and "--mapping" in errors
    code, _, errors = run(other, "--out", tmp_path / "no" / "x.csv")
    assert code == 2
