"""Where the store keeps its files: everything lies beside the database file."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path("var") / "levier.duckdb"


@dataclass(frozen=True)
class Places:
    """The database file and its companions."""

    store: Path

    def _beside(self, suffix: str) -> Path:
        return self.store.with_name(self.store.name + suffix)

    @property
    def wal(self) -> Path:
        """DuckDB's own write-ahead log; it only exists while somebody writes, or after an unclean stop."""
        return self._beside(".wal")

    @property
    def ledger(self) -> Path:
        """The JSON lines that say what the tables must hold."""
        return self._beside(".ledger.jsonl")

    @property
    def lock(self) -> Path:
        """The file whose lock a writer holds."""
        return self._beside(".lock")

    @property
    def published(self) -> Path:
        """The folder of the copies that readers open."""
        return self._beside(".published")

    @property
    def pointer(self) -> Path:
        """The small file that names the copy to read now."""
        return self.published / "current"

    @property
    def catalogue(self) -> Path:
        """The folder of the YAML texts of a catalogue that came with an import."""
        return self.store.with_name(self.store.name.removesuffix(".duckdb") + ".catalogue")

    @property
    def urns(self) -> Path:
        """The folder of the urns of survey waves: answers that wait to be stored with others."""
        return self._beside(".urns")

    @property
    def seals(self) -> Path:
        """The folder of the sealed weeks' frozen copies."""
        return self._beside(".seals")

    @property
    def seen(self) -> Path:
        """The small file of who looked when, by a hash; nothing depends on it."""
        return self._beside(".seen.json")

    @property
    def restoring(self) -> Path:
        """The folder of a backup that was decided to replace the store, until its files are moved in."""
        return self._beside(".restoring")

    @property
    def log(self) -> Path:
        """Where details of unexpected errors go."""
        return self.store.with_name("levier.log")


def places(path: Path | str | None = None) -> Places:
    """Return the places of the store at ``path``; by default LEVIER_STORE, else var/levier.duckdb."""
    chosen = path or os.environ.get("LEVIER_STORE") or DEFAULT
    return Places(Path(chosen).resolve())
