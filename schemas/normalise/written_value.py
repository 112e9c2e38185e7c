"""Read a cell before any observer does: the values in it, clean, without labels and damage.

This is the one reading step in front of all kinds. It tidies letters and signs, parts a cell that
holds several values, removes labels and undoes what a spreadsheet did. What a value is, only its
kind knows: `is_value` says where a cell may be parted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from schemas.normalise.labels import Labels
from schemas.normalise.nothing import find_nothing_folded, is_date
from schemas.normalise.reading import Why
from schemas.normalise.remarks import find_remark
from schemas.normalise.spreadsheet import strip_quotes, undo_spreadsheet

LONGEST = 200
"""Characters of a cell that is read. Beyond, it is a text."""
MOST_VALUES = 10
"""Values of one cell that are read. Beyond, it is a list of something else."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        "\u00d7": "x",
        "\u00b0": " ",
        "\ufffd": "?",
        "\u2044": "/",
        "\u2022": "*",
        "\u00b7": ".",
    }
)
_STRONG = re.compile(r"\s*(?:[;|\n\r\t/\\&]|,(?![0-9]{3}(?![0-9]))|\s+(?:Y|E|O|U|AND|OR)\s+)\s*")
_WEAK = (re.compile(r"\s+-\s+"), re.compile(r"\s+"), re.compile("-"), re.compile(","))
_MOST_PARTS = 24
_GROUPS = re.compile("(?<=[0-9])[., -](?=[0-9])")
"""Signs inside a number: its groups of three digits are no short numbers."""
_LETTER = re.compile("[A-Z]")
_DIGIT = re.compile("[0-9]")
_IN_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]{6,24}[)\]}]")
_LISTED = re.compile(r"(?:^|(?<=[\s;,]))([1-9])(?:\s?[)]|\.-|\.(?=\s))\s*(?=\S*[0-9]{3})")
"""The numbers of a list of values: 1) … 2) …"""
_EITHER = re.compile(r"\s(?:O|U|OR)\s")
"""What says that only one of two values is meant."""
_END = re.compile(r"(?<!\.)\.$")
"""The full stop of a cell; several points may be unread positions."""
_MISREAD = re.compile("[ÂÃ].")

IsValue = Callable[[str], bool]


class WrittenValue(NamedTuple):
    """Hold one value of a cell, in upper case ASCII, signs kept.

    `why`: what was done to it. `nothing_because`: why it is no thing, where that shows already: its
    words say so, or digits are lost without a way back. `labels`: the labels that stood before and
    behind.
    """

    text: str
    why: tuple[Why, ...] = ()
    nothing_because: Why | None = None
    labels: str = ""


def is_plain(written: str) -> bool:
    """Say whether a cell is digits alone: one value, without label, sign or damage."""
    return written.isascii() and written.isdigit()


def tidy(text: str) -> str:
    """Write a text in upper case ASCII letters, digits and signs: Nº, dashes, accents, NBSP.

    A text that was UTF-8 and was read as Latin-1 ("CÃ©dula") is read again.
    """
    if not text.isascii():
        text = _MISREAD.sub(_read_again, text)
        text = unicodedata.normalize("NFKD", text.translate(_SIGNS))
        text = text.translate(_SIGNS).encode("ascii", "ignore").decode()
    return strip_quotes(text.strip().upper())


def split_cell(written: str, labels: Labels, is_value: IsValue) -> tuple[WrittenValue, ...]:
    """List the values of a cell in their order; empty for an empty or far too long one.

    `is_value`: says whether a text without labels is a value of the kind. Of values of which only
    one is meant, "10111222 o 10111333", each is in doubt.
    """
    if len(written) > LONGEST:
        return ()
    text = _without_list(tidy(written))
    if not text:
        return ()
    if (remark := find_remark(text)) is not None and remark.ends == ("", ""):
        values = _split(remark.rest, labels, is_value)
        return tuple(value._replace(why=(Why.PARTIAL_MARK, *value.why)) for value in values)
    if (rest := _without_dates(text)) != text:
        values = _split(rest, labels, is_value)
        return tuple(value._replace(why=(Why.LABEL_REMOVED, *value.why)) for value in values)
    values = _split(text, labels, is_value)
    is_part = len(values) > 1 or (len(values) == 1 and Why.ONE_OF_SEVERAL in values[0].why)
    if not is_part or not _EITHER.search(text):
        return values
    return tuple(value._replace(why=(Why.ONE_MEANT, *value.why)) for value in values)


def _without_list(text: str) -> str:
    """Part the values of a numbered list, 1) … 2) …, without its numbers."""
    numbers = "".join(_LISTED.findall(text))
    is_list = len(numbers) > 1 and "123456789".startswith(numbers)
    return _LISTED.sub("; ", text).strip("; ") if is_list else text


def _without_dates(text: str) -> str:
    """Leave out dates in brackets next to a number: 79456123 (12-03-1970)."""
    rest = _IN_BRACKETS.sub(lambda match: " " if is_date(match[0]) else match[0], text)
    return rest.strip() if _DIGIT.search(rest) else text


def _split(text: str, labels: Labels, is_value: IsValue) -> tuple[WrittenValue, ...]:
    """List the values of a tidy cell without a remark."""
    whole = _prepare(text, labels)
    if whole.text.isalnum() and is_value(whole.text):
        return (whole,)
    values = _part_strongly(text, labels, is_value) or _part_weakly(whole, labels, is_value)
    if not values:
        return (whole,)
    return tuple(
        value._replace(why=(*value.why, Why.ONE_OF_SEVERAL)) for value in values[:MOST_VALUES]
    )


def _part_strongly(text: str, labels: Labels, is_value: IsValue) -> tuple[WrittenValue, ...]:
    """Part at signs and labels that part values, where at least two parts are values."""
    for separator in (_STRONG, labels.between):
        parts = separator.split(text)
        if 1 < len(parts) <= _MOST_PARTS:
            prepared = [_prepare(part, labels) for part in parts if part]
            values = tuple(value for value in prepared if _is_thing(value, is_value))
            others = [value for value in prepared if not _is_thing(value, is_value)]
            if len(values) > 1 or (values and all(other.nothing_because for other in others)):
                return values
    return ()


def _is_thing(value: WrittenValue, is_value: IsValue) -> bool:
    return value.nothing_because is None and is_value(value.text)


def _part_weakly(
    whole: WrittenValue, labels: Labels, is_value: IsValue
) -> tuple[WrittenValue, ...]:
    """Part at spaces or dashes where the whole is no value and every part is one."""
    if whole.nothing_because or is_value(whole.text):
        return ()
    for parts in _weak_parts(whole.text):
        values = tuple(
            value._replace(labels=f"{whole.labels} {value.labels}")
            for value in (_prepare(part, labels) for part in parts)
        )
        if all(_is_thing(value, is_value) for value in values):
            return values
    return ()


def _weak_parts(text: str) -> Iterator[Sequence[str]]:
    """List the ways to part a text at weak signs: at each of them, or into equal halves."""
    for separator in _WEAK:
        parts = [part for part in separator.split(text) if part]
        if 1 < len(parts) <= _MOST_PARTS:
            yield parts
    words = text.split()
    half, odd = divmod(len(words), 2)
    if half and not odd and len(words) <= _MOST_PARTS:
        yield " ".join(words[:half]), " ".join(words[half:])


def _prepare(text: str, labels: Labels) -> WrittenValue:
    """Take labels and damage from one value, unless its words say that there is none."""
    if text.isdigit():
        return WrittenValue(text)
    if find_nothing_folded(_GROUPS.sub("", text) if _LETTER.search(text) else text):
        return WrittenValue(text, (), Why.NOTHING_WRITTEN)
    stripped = labels.strip(text)
    unquoted = strip_quotes(_END.sub("", stripped.text.strip(" :;,")))
    undone = undo_spreadsheet(unquoted)
    why: list[Why] = []
    if stripped.removed:
        why.append(Why.LABEL_REMOVED)
    if undone.undone:
        why.append(Why.SPREADSHEET_UNDONE)
    nothing_because = Why.DIGITS_LOST if undone.lost else None
    return WrittenValue(undone.text, tuple(why), nothing_because, stripped.words)


def _read_again(match: re.Match[str]) -> str:
    """Read two characters as the UTF-8 that they were; as they are where they were none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return match[0].encode(encoding).decode("utf-8")
        except ValueError:
            continue
    return match[0]
