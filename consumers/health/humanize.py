"""Write figures as people read them at a glance: six characters at most, in both languages."""

from __future__ import annotations

from schemas.i18n import ShortFigure


def humanize_seconds(seconds: float) -> ShortFigure:
    """Write a duration: `12 ms`, `3.4 s`, `5 min`, `2 h`, `3 d`."""
    if seconds < 0.9995:
        return ShortFigure(f"{seconds * 1000:.0f} ms")
    for unit, humanize_bytes, until in (
        ("s", 1.0, 120.0),
        ("min", 60.0, 7200.0),
        ("h", 3600.0, 172_800.0),
    ):
        if seconds < until:
            return ShortFigure(
                f"{seconds / humanize_bytes:.1f} {unit}"
                if unit == "s" and seconds < 10
                else f"{seconds / humanize_bytes:.0f} {unit}"
            )
    return ShortFigure(f"{seconds / 86_400:.0f} d")


def humanize_count(number: float) -> ShortFigure:
    """Write an amount in four characters at most: `950`, `1.2k`, `123k`, `4.5M`."""
    for unit, humanize_bytes in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if number >= 0.9995 * humanize_bytes:
            short = number / humanize_bytes
            return ShortFigure(f"{short:.0f}{unit}" if short >= 9.95 else f"{short:.1f}{unit}")
    return ShortFigure(f"{number:.0f}")


def humanize_bytes(number: float) -> ShortFigure:
    """Write an amount of bytes: `12 kB`, `3.4 GB`."""
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if number >= size:
            return ShortFigure(
                f"{number / size:.1f} {unit}"
                if number < 10 * size
                else f"{number / size:.0f} {unit}"
            )
    return ShortFigure(f"{number:.0f} B")
