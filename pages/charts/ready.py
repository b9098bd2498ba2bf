"""A figure as Streamlit takes it, without being checked again at each rerun: the check cost more than the chart."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Ready(BaseFigure):
    """A figure's plain dict, taken as it is. Whoever makes the dict is tested against plotly's own check instead."""

    def __init__(self, spec: dict[str, Any]) -> None:
        object.__setattr__(self, "spec", spec)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure, which nobody may change."""
        found: dict[str, Any] = self.spec
        return found

    def __repr__(self) -> str:
        """Return a short name: the inherited one draws the figure's whole text."""
        return f"Ready({len(self.spec.get('data', ()))} traces)"
