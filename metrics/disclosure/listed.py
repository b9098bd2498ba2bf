"""What stands on a list: its measures, their tables, the cells that tell something."""

from metrics.disclosure.tables import Cell, Group, Published, Table


def told_of(published: Published) -> dict[Group, dict[str, Cell]]:
    """Return the cells that tell something by group and measure; a summary is its measure's cell of the town."""
    found: dict[Group, dict[str, Cell]] = {}
    for table in published.tables:
        for cell in table.cells:
            if not cell.suppressed:
                found.setdefault(cell.group, {})[table.measure] = cell
    for one in published.summaries:
        if one.mean is not None:
            found.setdefault((), {}).setdefault(one.measure, Cell((), one.n, one.mean, one.sd))
    return found


def measures_of(published: Published) -> list[str]:
    """Return the measures of a list, in its order."""
    named = [table.measure for table in published.tables]
    return list(dict.fromkeys([*named, *(one.measure for one in published.summaries)]))


def tables_of(published: Published, measure: str) -> list[Table]:
    """Return the tables of a measure."""
    return [table for table in published.tables if table.measure == measure]
