"""An engine some of whose relations are replaced: what reads them through a statement sees the scenario, and nothing is stored."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from metrics.results import Engine


class Replaced:
    """The engine of a scenario: the same store, with ``relations`` (name -> SELECT) before its own. See metrics.whatif.under."""

    def __init__(self, engine: Engine, relations: Mapping[str, str]) -> None:
        self.base = engine
        self.dialect = engine.dialect
        self._replaced = relations

    @cached_property
    def relations(self) -> Mapping[str, str]:
        """View name -> SELECT text; a replaced stored table stands among them under its own name."""
        return {**self.base.relations, **self._replaced}

    def columns(self, sql: str, params: Sequence[Any] = ()) -> dict[str, np.ndarray]:
        """Return the result by column."""
        return self.base.columns(sql, params)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""
        return self.base.rows(sql, params)

    def frame(self, sql: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the result as a frame."""
        return self.base.frame(sql, params)
