"""Markup: whatever a datum holds, it stays a datum."""

from hypothesis import given
from hypothesis import strategies as st

from pages.parts.markup import Html, div, esc, facts, join, table, tag


def everywhere(datum: str) -> str:
    """A datum in every place that takes one."""
    parts = (tag("p", datum), table((datum,), [(datum, datum)], caption=datum), facts([(datum, datum)]))
    return join((*parts, tag("a", datum, href=datum, title=datum), div("x", datum)))


@given(
    st.text(min_size=1)
    | st.sampled_from(["<script>alert(1)</script>", '"><img src=x onerror=y>', "<svg><script>"])
)
def test_a_datum_adds_no_element_and_ends_no_attribute(datum: str) -> None:
    plain, html = everywhere("x"), everywhere(datum)
    for sign in '<>"':
        assert html.count(sign) == plain.count(sign)


def test_attributes_are_escaped_and_left_out() -> None:
    drawn = tag("a", "x", href='"><b', title=None, hidden=True, open=False)
    assert drawn == '<a href="&quot;&gt;&lt;b" hidden>x</a>'
    assert tag("input", type="date", name="d") == '<input type="date" name="d">'


def test_ready_markup_passes_once() -> None:
    assert esc(Html("<b>")) == "<b>" and esc("<b>") == "&lt;b&gt;" and esc(None) == ""
    assert join((tag("b", "<"), "<"), " ") == "<b>&lt;</b> &lt;"
    assert div("x", "a", data_do="print") == '<div class="x" data-do="print">a</div>'
