"""What identifiers are called, for whoever writes about a project or a partner."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from metrics.perengine import per_engine


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@per_engine
def project_titles(engine: Engine) -> Mapping[str, str]:
    """Return each project's title by its identifier."""
    return MappingProxyType(dict(engine.rows("SELECT project_id, title FROM projects")))


@per_engine
def partner_names(engine: Engine) -> Mapping[str, str]:
    """Return each partner's name by its identifier."""
    return MappingProxyType(dict(engine.rows("SELECT partner_id, name FROM partners")))
