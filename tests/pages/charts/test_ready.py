"""A ready figure reaches the browser as it was made; what the screens draw is checked by ``shown`` in conftest."""

import json

from plotly import io, tools

from pages.charts.ready import Ready

SPEC = {"data": [{"type": "scatter", "x": ["2015-06-30"], "y": [1.5]}], "layout": {"height": 200}}


def test_it_is_taken_as_it_is() -> None:
    figure = tools.return_figure_from_figure_or_data(Ready(SPEC), validate_figure=True)
    assert json.loads(io.to_json(figure, validate=False)) == SPEC
    assert "1 traces" in repr(Ready(SPEC))
