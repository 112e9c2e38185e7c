"""The README beside a scenario's files: what is in them, and what was done to them."""

from collections.abc import Mapping
from typing import Any

from producers.scenario.files import table
from producers.scenario.noise import RATES, WORDS

_TEXT = """# Scenario: weapons and seizures of 2018 in four countries

Made, not real: no record tells of a real person, weapon or seizure. {records} records, seed `{seed}`; the same number and seed give the
same bytes (`quipu scenario --records {records} --seed {seed} --out FOLDER`).
{crossing} % of the records belong to weapons that crossed a border, {traps} % to traps; the others are background.

`scenario.json` lists the files. Records are published first (`quipu publish`), corrections after them (`quipu correct`).
`rows` is all of a file's, `repeated` those sent before.

{files}
## Truth
`truth.jsonl`: one line a weapon.
- `records`: who told of it, how its serial was written (after corrections; `reported_as` before), and the noise in it.
- `expected`: the indicators owed, each with its evidence as [node, reference], `certain` or `possible`.
- `hidden`: what is true and no rule can find, because somebody mistyped.
- `trap`: resembles another weapon (`resembles`) or needs care; nothing else is owed than `expected` says.

A seizure without a weapon has no line.

{expected}
Hidden by typing errors: {hidden}.

## Noise
Share: how often, of the records that can have it (0: laid on purpose, by a trap).

{noise}
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
        files=table([("file", "node", "mapping", "kind", "rows", "repeated"), *(_cells(one) for one in manifest["files"])]),
        expected=table(
            [("rule", "grade", "indicators"), *((one["rule"], one["grade"], one["indicators"]) for one in manifest["expected"])]
        ),
        hidden=", ".join(f"{rule} {count}" for rule, count in manifest["hidden"].items()) or "nothing",
        noise=table(
            [
                ("noise", "what", "share", "records"),
                *((name, WORDS[name], RATES.get(name, 0), manifest["noise"].get(name, 0)) for name in WORDS),
            ]
        ),
        stories=table([("story or trap", "weapons"), *manifest["stories"].items()]),
    )


def _cells(one: Mapping[str, Any]) -> tuple[object, ...]:
    return one["file"], one["node"], one["mapping"], one["kind"], one["rows"], one["repeated"]
