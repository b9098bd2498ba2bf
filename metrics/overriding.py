"""What several folders say of one entry: a later one completes the earlier, and when it is wrong the earlier one stands."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from metrics import checks
from metrics.definitions import Kpi
from metrics.refusing import BadEntry
from schemas.text import Text


class Layer(NamedTuple):
    """What one folder (its place among them) says of an entry."""

    place: int
    file: str
    raw: Any


class Standing(NamedTuple):
    """An entry as it stands with the folders up to ``place``."""

    place: int
    file: str
    kpi: Kpi


Read = Callable[[str, str, Any], Kpi]  # (id, file, data); raises BadEntry
Refuse = Callable[[str, str, BadEntry], None]  # (file, id, error)


def stack(id: str, layers: Sequence[Layer], read: Read, refuse: Refuse) -> list[Standing]:
    """Return an entry as it stands after each folder, the last one's last; what a wrong layer says is refused and left out."""
    found: list[Standing] = []
    errors: list[tuple[str, BadEntry]] = []
    raw: Any = None
    for place, file, said in layers:
        try:
            found.append(Standing(place, file, read(id, file, completed(raw, said))))
        except BadEntry as error:
            errors.append((file, error))
            if found:
                continue
        else:
            errors = errors if len(found) > 1 else []  # of an earlier part, which this folder completes
        raw = completed(raw, said)
    for file, why in errors if found else errors[-1:]:
        refuse(file, id, why)
    return found


def completed(raw: Any, said: Any) -> Any:
    """Return an entry's data completed key by key by what a later folder says."""
    return {**raw, **said} if isinstance(raw, Mapping) and isinstance(said, Mapping) else said


def settled(stacks: dict[str, list[Standing]], refuse: Refuse) -> dict[str, Kpi]:
    """Return the KPIs that go together: of two codes alike, or a reference that leads nowhere, the latest folder's is refused."""
    while True:
        top = {id: held[-1] for id, held in stacks.items()}
        bad = _taken(top) or _astray(top)
        if not bad:
            return {id: one.kpi for id, one in top.items()}
        latest = max(top[id].place for id in bad)
        for id in [id for id in bad if top[id].place == latest]:
            refuse(top[id].file, id, bad[id])
            stacks[id] = stacks[id][:-1]
        stacks = {id: held for id, held in stacks.items() if held}


def _taken(top: Mapping[str, Standing]) -> dict[str, BadEntry]:
    """Return the entries whose code another one has, which an earlier folder brought or which stands before."""
    first: dict[str, str] = {}
    bad = {}
    for id, one in sorted(top.items(), key=lambda item: item[1].place):
        owner = first.setdefault(one.kpi.code, id)
        if owner != id:
            bad[id] = _code_taken(one.kpi.code, owner)
    return bad


def _code_taken(code: str, owner: str) -> BadEntry:
    return BadEntry(
        Text(f"Le code {code} est déjà celui de « {owner} ».", f"Code {code} is already “{owner}”'s."),
        Text("Donnez-lui un autre code.", "Give it another code."),
    )


def _astray(top: Mapping[str, Standing]) -> dict[str, BadEntry]:
    """Return the entries whose formula names one that does not stand."""
    kpis = {id: one.kpi for id, one in top.items()}
    bad = {}
    for id, kpi in kpis.items():
        try:
            checks.check_references(kpi, kpis)
        except BadEntry as error:
            bad[id] = error
    return bad
