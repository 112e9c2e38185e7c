"""Read SQL from files: one statement a file, named for what it answers or changes."""

from pathlib import Path


class SqlFiles:
    """The `.sql` files of a folder; each is read once, when it is first used."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; nothing is read yet."""
        self.folder = folder
        self._texts: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Give the text of `<name>.sql`. Raises OSError where there is no such file."""
        if name not in self._texts:
            self._texts[name] = (self.folder / f"{name}.sql").read_text(encoding="utf-8")
        return self._texts[name]

    def with_list(self, name: str, length: int) -> str:
        """Give the text of a file with `{list}` replaced by `length` placeholders `?, ?, …`."""
        return self(name).replace("{list}", ", ".join("?" * length))
