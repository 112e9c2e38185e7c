"""Make records that fit a schema, always the same.

The gate stores them for each released version, to be read forever.
"""

from typing import Any

from schemas.avro.codec import Format, Record

_PLAIN: dict[str, tuple[Any, Any]] = {
    "null": (None, None),
    "boolean": (False, True),
    "int": (0, 2**31 - 1),
    "long": (-1, 2**63 - 1),
    "float": (0.0, 0.5),
    "double": (-0.25, 1e300),
    "bytes": (b"", b"\x00\xff quipu"),
    "string": ("", "Ñ 369J257 ✓"),
}


def samples(format_: Format[Any]) -> list[Record]:
    """Make two records: one with everything small or null, one with everything large.

    The large one takes the last branch of a union and has two items in each array and map.
    """
    return [_sample(format_.definition, large, {}) for large in (False, True)]


def _sample(type_: Any, large: bool, names: dict[str, Record]) -> Any:
    if isinstance(type_, list):
        return _sample(type_[-1] if large else type_[0], large, names)
    if isinstance(type_, str):
        return (
            _PLAIN[type_][large]
            if type_ in _PLAIN
            else _sample(names[type_.rsplit(".", 1)[-1]], large, names)
        )
    if "name" in type_:
        names[type_["name"]] = type_
    return _of(type_, large, names)


def _of(type_: Record, large: bool, names: dict[str, Record]) -> Any:
    match type_["type"]:
        case "record":
            return {
                field["name"]: _sample(field["type"], large, names) for field in type_["fields"]
            }
        case "array":
            return (
                [_sample(type_["items"], is_large, names) for is_large in (False, True)]
                if large
                else []
            )
        case "map":
            return (
                {
                    f"k{is_large:d}": _sample(type_["values"], is_large, names)
                    for is_large in (False, True)
                }
                if large
                else {}
            )
        case "fixed":
            return (b"\xff" if large else b"\x00") * type_["size"]
        case inner:
            return _sample(inner, large, names)
