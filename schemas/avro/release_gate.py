"""Keep the bytes once written readable forever.

`python -m schemas.avro.release_gate` checks, `--release` declares what changed.
schemas/released/<name>/<n>-<12 hex of the fingerprint>.avsc holds every version that was ever
released of each format of the log and each event type, <n>.bin bytes that it wrote (frames, each
after its length in 4 bytes), index.json what must be there. A change is refused, with the field's
name, if

- the newest schema does not read what any released version wrote (Avro's rules, and the stored
  bytes), or drops or renames a field (by an alias too: readers look fields up by their names);
- it is not declared (the schema differs from its newest release, in meaning or in attributes);
- a released file was changed or removed.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fastavro import schemaless_reader
from fastavro.schema import SchemaParseException
from fastavro.schema import UnknownType as UnknownAvroType

from schemas.avro.codec import HEADER_BYTES, Format, Record, fingerprint
from schemas.avro.compatibility import incompatibilities, offending_field, removed_fields
from schemas.avro.sample_records import samples
from schemas.errors import QuipuFormatError

ROOT = Path(__file__).parents[1]
SHORT = 12
_NOT_READ = (EOFError, ValueError, TypeError, KeyError, IndexError, StopIteration)

Index = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class ReleasedVersion:
    """Describe one released version.

    Fingerprints of the schema (ours) and of the bytes (SHA-256) are in hex, as the index has them.
    """

    name: str
    number: int
    schema: str
    data: str

    def files(self, root: Path) -> tuple[Path, Path]:
        """Return the paths of its schema and of its bytes."""
        folder = root / "released" / self.name
        return folder / f"{self.number}-{self.schema[:SHORT]}.avsc", folder / f"{self.number}.bin"


def check(root: Path = ROOT) -> list[str]:
    """List what must not be so, each with the format and the field; empty if all is well.

    `root` holds log, events and released.
    """
    versions = _index(root)
    problems: list[str] = []
    current = dict(_current(root))
    for name in sorted(versions.keys() | current.keys()):
        released = versions.get(name, [])
        intact = [version for version in released if not _tampered(version, root, problems)]
        if name not in current:
            problems.append(
                f"{name}: its schema was removed; what it wrote is in the log for ever: "
                f"put {name}.avsc back"
            )
        else:
            problems.extend(_problems(name, current[name], released, intact, root))
    problems.extend(_strays(versions, root))
    return problems


def release(root: Path = ROOT) -> list[str]:
    """Declare every changed or new schema as its next version; return what was released.

    Raises ValueError where `check` finds a breaking change: then nothing is released.
    """
    breaking = [problem for problem in check(root) if not problem.endswith(_UNDECLARED)]
    if breaking:
        raise ValueError("\n".join(breaking))
    index = _read_index(root)
    done = []
    for name, text in _current(root):
        entries = index.setdefault(name, [])
        if not entries or entries[-1]["schema"] != fingerprint(text).hex():
            version = _write(root, name, len(entries) + 1, text)
            entries.append({"schema": version.schema, "data": version.data})
            done.append(f"{name} {version.number}")
    (root / "released").mkdir(exist_ok=True)
    text = json.dumps(index, indent=1, sort_keys=True) + "\n"
    (root / "released" / "index.json").write_text(text, encoding="utf-8")
    return done


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or release; return 0 if the gate is open, else 1 with the problems on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m schemas.avro.release_gate",
        description="The compatibility gate of the formats of the log and the event types.",
    )
    parser.add_argument(
        "--release",
        action="store_true",
        help="declare every changed or new schema as its next version",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.release:
        try:
            print(
                "\n".join(f"released {name}" for name in release(chosen.root))
                or "nothing to release"
            )
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
    problems = check(chosen.root)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(list(_current(chosen.root)))} schemas: every released version stays readable")
    return 1 if problems else 0


_UNDECLARED = "declare it: python -m schemas.avro.release_gate --release"


def _current(root: Path) -> Iterator[tuple[str, str]]:
    for folder in ("log", "events"):
        for path in sorted((root / folder).glob("*.avsc")):
            yield path.stem, path.read_text(encoding="utf-8")


def _read_index(root: Path) -> Index:
    path = root / "released" / "index.json"
    index: Index = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return index


def _index(root: Path) -> dict[str, list[ReleasedVersion]]:
    return {
        name: [
            ReleasedVersion(name, number, entry["schema"], entry["data"])
            for number, entry in enumerate(entries, 1)
        ]
        for name, entries in _read_index(root).items()
    }


def _tampered(version: ReleasedVersion, root: Path, problems: list[str]) -> bool:
    schema, data = version.files(root)
    what = f"{version.name} {version.number}"
    if not schema.exists() or not data.exists():
        missing = (schema if not schema.exists() else data).name
        problems.append(
            f"{what}: the released file {missing} was removed; bring it back from the history"
        )
    elif fingerprint(schema.read_text(encoding="utf-8")).hex() != version.schema:
        problems.append(
            f"{what}: the fingerprint of the released file {schema.name} changed; "
            "a released version never changes, release a new one"
        )
    elif hashlib.sha256(data.read_bytes()).hexdigest() != version.data:
        problems.append(
            f"{what}: the stored bytes {data.name} changed; bring them back from the history"
        )
    else:
        return False
    return True


def _problems(
    name: str, text: str, released: list[ReleasedVersion], intact: list[ReleasedVersion], root: Path
) -> Iterator[str]:
    try:
        newest = Format[Record](text)
    except (SchemaParseException, UnknownAvroType, QuipuFormatError, KeyError, ValueError) as error:
        at = offending_field(text)
        reason = f"{type(error).__name__}: {error}"
        yield f"{name}: {at + ': ' if at else ''}the schema cannot be read: {reason}"
        return
    broken = False
    for version in intact:
        for problem in _against(newest, version, root):
            broken = True
            yield f"{name}: breaks version {version.number}: {problem}"
    if not broken and (not released or released[-1].schema != newest.fingerprint.hex()):
        since = (
            f"differs from its newest release, {released[-1].number}"
            if released
            else "was never released"
        )
        yield f"{name}: the schema {since}; {_UNDECLARED}"


def _against(newest: Format[Record], version: ReleasedVersion, root: Path) -> Iterator[str]:
    schema, data = version.files(root)
    older_text = schema.read_text(encoding="utf-8")
    problems = incompatibilities(older_text, newest.text)
    problems += [
        f"{path}: was removed; what the log holds in it would be lost"
        for path in removed_fields(older_text, newest.text)
    ]
    yield from problems
    if not problems:
        yield from _unread(newest, Format[Record](older_text), data.read_bytes())


def _unread(newest: Format[Record], older: Format[Record], data: bytes) -> Iterator[str]:
    for index, frame in enumerate(frames(data)):
        try:
            written = older.read(frame)
            read = schemaless_reader(BytesIO(frame[HEADER_BYTES:]), older.parsed, newest.parsed)
        except _NOT_READ as error:
            reason = f"{type(error).__name__}: {error}"
            yield f"its stored bytes, sample {index}, cannot be read: {reason}"
            continue
        if lost := _lost(written, read):
            yield f"{lost}: reads differently in sample {index} of its stored bytes"


def _lost(written: object, read: object, path: str = "") -> str:
    """Return the path of the first value that is not read as it was written; empty if none."""
    if isinstance(written, dict) and isinstance(read, dict):
        return next(
            (
                lost
                for key in written
                if (lost := _lost(written[key], read.get(key), f"{path}.{key}".lstrip(".")))
            ),
            "",
        )
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return next(
            (
                lost
                for before, after in zip(written, read, strict=True)
                if (lost := _lost(before, after, path))
            ),
            "",
        )
    return "" if written == read else path


def frames(data: bytes) -> Iterator[bytes]:
    """Yield the frames of a .bin file. Raises ValueError where it is cut off."""
    at = 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise ValueError(f"the stored bytes end within a frame at {at}")
        yield data[at + 4 : end]
        at = end


def _write(root: Path, name: str, number: int, text: str) -> ReleasedVersion:
    format_ = Format[Record](text)
    written = [format_.write(record) for record in samples(format_)]
    data = b"".join(len(frame).to_bytes(4, "big") + frame for frame in written)
    version = ReleasedVersion(
        name, number, format_.fingerprint.hex(), hashlib.sha256(data).hexdigest()
    )
    schema_file, data_file = version.files(root)
    schema_file.parent.mkdir(parents=True, exist_ok=True)
    schema_file.write_text(text, encoding="utf-8")
    data_file.write_bytes(data)
    return version


def _strays(versions: dict[str, list[ReleasedVersion]], root: Path) -> Iterator[str]:
    files = {
        file
        for released in versions.values()
        for version in released
        for file in version.files(root)
    }
    for path in sorted((root / "released").glob("*/*")):
        if path not in files:
            yield (
                f"released/{path.parent.name}/{path.name}: not in index.json; "
                "remove it, or bring index.json back from the history"
            )


if __name__ == "__main__":
    sys.exit(main())
