"""Write the demo town's CSV files: ``python -m data.demo.generate [FOLDER]``."""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

from data.demo.discussions import notes
from data.demo.interactions import interactions
from data.demo.journals import annotations, rebases, targets
from data.demo.milestones import milestones
from data.demo.money import budgets, kpi_values
from data.demo.new_files import new_files
from data.demo.old_files import old_files, work_together
from data.demo.old_grants import old_grants
from data.demo.partners import liveliness, partners, take_leave
from data.demo.plans import ten_plans, ten_projects, ten_stages
from data.demo.practices import practices
from data.demo.programmes import programmes
from data.demo.reviews import reviews
from data.demo.scenarios import scenarios
from data.demo.sessions import practice_sessions
from data.demo.staff import staff
from data.demo.survey import survey_answers
from data.demo.titles import Titles, number_phases
from data.demo.town import Row, stream
from schemas.tables import FILLED, TABLES

FOLDER = Path(__file__).parent / "csv"


def _files() -> dict[str, list[Row]]:
    """Return projects, stages, financings and payments, the files in the order in which they were opened."""
    titles = Titles(stream("titles"))
    old, old_stages = old_files(titles)
    new, new_stages, pending = new_files(titles)
    projects = old + new + ten_projects()
    work_together(projects)
    number_phases(projects)
    old_lines, old_payments = old_grants(old, old_stages)
    lines, payments = ten_plans()
    return {
        "projects": sorted(projects, key=lambda row: (row["opened_on"], row["project_id"])),
        "stages": sorted(
            old_stages + new_stages + ten_stages(),
            key=lambda row: (row["entered_on"], row["project_id"], row["stage"]),
        ),
        "financings": sorted(
            old_lines + pending + lines, key=lambda row: (row["requested_on"], row["financing_id"])
        ),
        "payments": sorted(old_payments + payments, key=lambda row: (row["paid_on"], row["financing_id"])),
    }


def tables() -> dict[str, list[Row]]:
    """Return the rows of all tables, the same at every call."""
    members, kinds = partners(), liveliness()
    take_leave(members, kinds)
    files = _files()
    rows = (
        files
        | reviews(files["financings"])
        | {
            "staff": staff(),
            "programmes": programmes(),
            "partners": members,
            "interactions": interactions(members, kinds, files["projects"]),
            "budgets": budgets(),
            "practices": practices(),
            "practice_sessions": practice_sessions(),
            "survey_answers": survey_answers(),
            "milestones": milestones(),
            "kpi_values": kpi_values(),
            "targets": targets(),
            "rebases": rebases(),
            "annotations": annotations(),
            "notes": notes(),
            "scenarios": scenarios(),
        }
    )
    return {name: rows[name] for name in FILLED if name in rows}


def cell(value: Any) -> str:
    """Return a value as the files hold it: ISO dates, a point for decimals, nothing for the unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)


def write(folder: Path) -> list[Path]:
    """Write one CSV a table (UTF-8, commas) and return the paths; the same bytes at every call."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in tables().items():
        header = [column.name for column in TABLES[name].columns]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([cell(row[column]) for column in header] for row in rows)
        paths.append(path)
    return paths


def main(arguments: list[str]) -> int:
    """Write the files into the given folder, or into the repository's own."""
    for path in write(Path(arguments[0]) if arguments else FOLDER):
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
