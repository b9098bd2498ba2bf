"""The catalogue that comes with an import: kept with it, laid out beside the store, taken back by undo."""

from types import SimpleNamespace

import pandas as pd
import pytest

from data import readers
from data.engine import WritingEngine
from data.readers.batch import Batch, BoundCatalogue, Parsed, row_numbers
from data.store import Store
from schemas.frames import conform
from schemas.tables import TABLES
from tests.data.samples import ADMIN, budgets
from tests.data.test_recovery import as_a_new_process


def read(files: list[tuple[str, bytes]]) -> Parsed:
    """Read a scorecard: the file's text is the catalogue; "shipped:" names one instead."""
    name, content = files[0]
    text = content.decode()
    frame = conform("kpi_values", pd.DataFrame({"kpi": [text], "period": ["2015"], "value": [1.0]}))
    batch = Batch("kpi_values", frame, name, None, row_numbers([2]))
    shipped = text.removeprefix("shipped:") if text.startswith("shipped:") else None
    texts = {} if shipped else {"scorecard.yml": text, f"{len(text)}.yml": "é: 1"}
    return Parsed([batch], [], BoundCatalogue(shipped, texts))


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(readers.READERS, "scorecard", SimpleNamespace(read=read))  # type: ignore[arg-type]


def bring(store: Store, text: str, after: object = None) -> None:
    assert store.import_files(ADMIN, [("card.csv", text.encode())], reader="scorecard", after=after).ok  # type: ignore[arg-type]


def laid_out(store: Store) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in store.places.catalogue.glob("*")}


def test_the_last_catalogue_brought_is_in_force_and_undo_gives_the_one_before(store: Store) -> None:
    assert store.catalogue(ADMIN) == BoundCatalogue(None, {}) and not store.places.catalogue.exists()
    assert store.places.catalogue.name == "town.catalogue"
    bring(store, "town: A")
    first = {"scorecard.yml": "town: A", "7.yml": "é: 1"}
    assert store.catalogue(ADMIN).files == first == laid_out(store)
    bring(store, "town: BB")
    assert laid_out(store) == {"scorecard.yml": "town: BB", "8.yml": "é: 1"}
    bring(store, "shipped:detr_dsil")
    assert store.catalogue(ADMIN) == BoundCatalogue("detr_dsil", {}) and not store.places.catalogue.exists()
    store.import_files(ADMIN, [budgets("2014,1")])
    assert store.catalogue(ADMIN).shipped == "detr_dsil"
    store.undo(ADMIN, 3)
    store.undo(ADMIN, 2)
    assert store.catalogue(ADMIN).files == first == laid_out(store)
    store.undo(ADMIN, 1)
    assert store.catalogue(ADMIN) == BoundCatalogue(None, {}) and not store.places.catalogue.exists()


def test_what_recomputes_sees_the_new_catalogue_and_all_tables(store: Store) -> None:
    seen = []

    def after(engine: WritingEngine, tables: set[str]) -> None:
        seen.append(
            (engine.catalogue.files.get("scorecard.yml"), laid_out(store).get("scorecard.yml"), tables)
        )

    bring(store, "town: A", after)
    store.undo(ADMIN, 1, after=after)
    assert seen == [("town: A", "town: A", set(TABLES)), (None, None, set(TABLES))]


def test_a_folder_changed_by_hand_is_put_right_at_start(store: Store) -> None:
    bring(store, "town: A")
    (store.places.catalogue / "scorecard.yml").write_text("town: Z", "utf-8")
    (store.places.catalogue / "more.yml").write_text("x", "utf-8")
    as_a_new_process(store).engine(ADMIN)
    assert laid_out(store) == store.catalogue(ADMIN).files


def test_a_refused_import_and_a_dry_run_bind_nothing(store: Store) -> None:
    store.import_files(ADMIN, [("card.csv", b"town: A")], reader="scorecard", dry_run=True)
    assert store.catalogue(ADMIN).files == {} and not store.places.catalogue.exists()


def test_a_file_name_that_is_a_path_is_never_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def evil(files: list[tuple[str, bytes]]) -> Parsed:
        parsed = read(files)
        return Parsed(parsed.batches, [], BoundCatalogue(None, {"../evil.yml": "x"}))

    monkeypatch.setitem(readers.READERS, "scorecard", SimpleNamespace(read=evil))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="evil"):
        bring(store, "town: A")
    assert not list(store.places.store.parent.rglob("evil*")) and store.history(ADMIN) == []
