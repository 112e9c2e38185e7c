"""Write the README of a scenario's files: what is in them, and what was done to them."""

from collections.abc import Mapping
from typing import Any

from producers.scenario.files.files import table
from producers.scenario.recording.field_noise import read_noise
from producers.scenario.recording.noise import BIRTH_RATES, DOCUMENT_RATES, RATES, WORDS

_TEXT = """# Scenario: 2018 in four countries

Made, not real: no record tells of a real person, weapon, account or crime. {records} records, seed `{seed}`; the same number and seed give
the same bytes (`quipu scenario --records {records} --seed {seed} --out FOLDER`). Half of the records tell of weapons and seizures, half of
persons, movements, money, crimes, threats and traces. {crossing} % belong to stories that cross a border, {traps} % to traps; the rest is
background: borders full on holidays, trade, the crimes of every day.

{nodes}
`scenario.json` lists the files. Records are published first (`quipu publish`), corrections after them (`quipu correct`).
`rows` is all of a file's, `repeated` those sent before.

{files}
## Truth
`truth.jsonl`: one line a thing (weapon, document, plate, phone, imei, account, ammunition_lot): every weapon, and of other things those in
several records or in a trap.
- `is`: the thing, rightly written; `records`: who told of it, how it was written (after corrections; `reported_as` before), and the noise.
- `expected`: the indicators owed, each with its evidence as [node, reference], `certain` or `possible`; with `exercise`, owed to those in
  the exercise `{exercise}` alone ({exercise_records} records belong to it).
- `hidden`: what is true and no rule can find, because somebody mistyped or a number is lost.
- `trap`: resembles another thing (`resembles`) or needs care; nothing else is owed than `expected` says.

{expected}
Hidden by typing errors and lost numbers: {hidden}.

## Noise
Share: how often, of the records that can have it (0: laid on purpose, by a trap).

{noise}
How officers and spreadsheets write a cell. Share: of the cells of the field that can have it. Leaves: what the cell still says, `certain` all
of it, `variant` all of it in another form than other records, `possible` what reads in two ways, `lost` not which thing.

{field_noise}
## Stories and traps
{stories}"""


def readme(manifest: Mapping[str, Any]) -> str:
    """Markdown, from the manifest alone."""
    share = 100 / manifest["records"]
    return _TEXT.format(
        records=manifest["records"],
        seed=manifest["seed"],
        crossing=round(manifest["crossing_records"] * share, 1),
        traps=round(manifest["trap_records"] * share, 1),
        nodes=table(
            [
                ("node", "country", "authority"),
                *(tuple(node.values()) for node in manifest["nodes"]),
            ]
        ),
        exercise=manifest["exercise"],
        exercise_records=manifest["exercise_records"],
        files=table(
            [
                ("file", "node", "mapping", "kind", "rows", "repeated"),
                *(_cells(file) for file in manifest["files"]),
            ]
        ),
        expected=table(
            [
                ("rule", "grade", "indicators"),
                *(
                    (indicator["rule"], indicator["grade"], indicator["indicators"])
                    for indicator in manifest["expected"]
                ),
            ]
        ),
        hidden=", ".join(f"{rule} {count}" for rule, count in manifest["hidden"].items())
        or "nothing",
        noise=table(
            [
                ("noise", "what", "share", "records"),
                *(
                    (
                        name,
                        WORDS[name],
                        {**RATES, **DOCUMENT_RATES, **BIRTH_RATES}.get(name, 0),
                        manifest["noise"].get(name, 0),
                    )
                    for name in WORDS
                ),
            ]
        ),
        field_noise=noise_table(manifest["noise"]),
        stories=table([("story or trap", "times"), *manifest["stories"].items()]),
    )


def noise_table(counts: Mapping[str, int] | None = None) -> str:
    """The noise of fields as Markdown, with how many records of a scenario have each."""
    rows: list[tuple[object, ...]] = [
        (kind.field, kind.name.partition("-")[2], kind.rate, kind.leaves, kind.reason)
        for kinds in read_noise().values()
        for kind in kinds
    ]
    head: tuple[object, ...] = ("field", "noise", "share", "leaves", "why")
    if counts is None:
        return table([head, *rows])
    number = [counts.get(f"{row[0]}-{row[1]}", 0) for row in rows]
    return table([(*head, "records"), *((*row, n) for row, n in zip(rows, number, strict=True))])


def _cells(record: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        record["file"],
        record["node"],
        record["mapping"],
        record["kind"],
        record["rows"],
        record["repeated"],
    )
