"""The answers of a wave, put together from both of its tables."""

from collections.abc import Iterator

import duckdb
import pytest

from data.answers import of_wave
from data.layout import adapt


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A store's tables, empty."""
    made = duckdb.connect()
    adapt(made)
    yield made
    made.close()


def test_an_answer_has_its_items_and_none_where_it_gave_none(connection: duckdb.DuckDBPyConnection) -> None:
    answers = "INSERT INTO kept.survey_answers (wave, answer_id, sex, recommend, _id, _until) VALUES "
    connection.execute(answers + "('2015','b','F',7,1,NULL), ('2015','a',NULL,NULL,2,NULL)")
    connection.execute(answers + "('2013','a','M',1,3,NULL), ('2015','a','F',3,4,9)")
    items = "INSERT INTO kept.survey_items (wave, answer_id, item, value, _id, _until) VALUES "
    connection.execute(items + "('2015','a','help_1',75,5,NULL), ('2015','b','help_2',NULL,6,NULL)")
    connection.execute(items + "('2015','b','help_1',0,7,8), ('2013','a','help_1',100,8,NULL)")
    found = of_wave(connection, "2015")
    assert [(row["answer_id"], row["sex"], row["recommend"]) for row in found] == [
        ("b", "F", 7),
        ("a", None, None),
    ]
    assert [(row["help_1"], row["help_2"]) for row in found] == [(None, None), (75.0, None)]
    assert [row["help_1"] for row in of_wave(connection, "2013")] == [100.0]
    assert of_wave(connection, "2016") == []
