"""From folders of YAML to a Catalogue. One bad entry never takes the others down: it is refused, with its mend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from metrics import checks, scoreboard, yamlfile
from metrics.definitions import Catalogue, Kpi, Parameter, Refusal, Scorecard
from metrics.entries import kpi as read_kpi
from metrics.refusing import BadEntry, unknown
from metrics.relations import shipped
from schemas.text import Text

SCORECARD = "scorecard.yml"
Folder = Path | Mapping[str, str]  # a folder of YAML files, or file name -> text


def texts(folder: Folder) -> dict[str, str]:
    """Return the YAML texts of a folder by file name, in their names' order."""
    if isinstance(folder, Path):
        return {
            path.name: path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.glob("*.yml"))
        }
    return dict(sorted(folder.items()))


class _Reading:
    """What has been read so far, and what was refused."""

    def __init__(self) -> None:
        self.refused: list[Refusal] = []
        self.raw: dict[str, Any] = {}
        self.file_of: dict[str, str] = {}

    def refuse(self, file: str, id: str | None, error: BadEntry) -> None:
        self.refused.append(Refusal(file, id, error.reason, error.mend))


def read(folders: Sequence[Folder], relations: Mapping[str, str] | None = None) -> Catalogue:
    """Return the Catalogue of ``folders`` (see ``definitions.load``)."""
    seen = _Reading()
    card, parameters = _scorecard(folders, seen)
    for folder in folders:
        _gather(folder, seen)
    views = shipped() if relations is None else relations
    every = _kpis(seen, parameters, views, card)
    kpis = {id: kpi for id, kpi in every.items() if kpi.is_town}
    others = {id: kpi for id, kpi in every.items() if not kpi.is_town}
    card = _known_headline(card, kpis, seen)
    return Catalogue(card, kpis, tuple(seen.refused), parameters, others)


def _scorecard(folders: Sequence[Folder], seen: _Reading) -> tuple[Scorecard, dict[str, Parameter]]:
    raw: dict[str, Any] = {}
    for found in filter(None, (texts(folder).get(SCORECARD) for folder in folders)):
        try:
            raw |= yamlfile.document(found)
        except BadEntry as error:
            seen.refuse(SCORECARD, None, error)
    card = scoreboard.scorecard(raw, lambda section, error: seen.refuse(SCORECARD, section, error))
    try:
        return card, scoreboard.parameters(raw)
    except BadEntry as error:
        seen.refuse(SCORECARD, "parameters", error)
        return card, {}


def _gather(folder: Folder, seen: _Reading) -> None:
    """Collect a folder's entries; one that an earlier folder has is completed key by key, one twice here is refused."""
    here: dict[str, Any] = {}
    for name, text in texts(folder).items():
        if name != SCORECARD:
            _gather_file(name, text, here, seen)
    for id, raw in here.items():
        earlier = seen.raw.get(id)
        both = isinstance(earlier, Mapping) and isinstance(raw, Mapping)
        seen.raw[id] = {**earlier, **raw} if both else raw  # type: ignore[dict-item]


def _gather_file(name: str, text: str, here: dict[str, Any], seen: _Reading) -> None:
    try:
        for id, raw in yamlfile.entries(text):
            if id in here:
                seen.refuse(name, id, _twice(id, seen.file_of[id]))
                continue
            here[id], seen.file_of[id] = raw, name
    except BadEntry as error:
        seen.refuse(name, None, error)


def _twice(id: str, file: str) -> BadEntry:
    return BadEntry(
        Text(f"L'identifiant « {id} » existe déjà dans {file}.", f"Id “{id}” already exists in {file}."),
        Text("Donnez-lui un autre nom.", "Give it another name."),
    )


def _kpis(
    seen: _Reading, parameters: Mapping[str, Parameter], views: Mapping[str, str], card: Scorecard
) -> dict[str, Kpi]:
    """Return the entries that stand, in order; the others are in ``seen.refused``."""
    kpis: dict[str, Kpi] = {}
    codes: dict[str, str] = {}
    for id, raw in seen.raw.items():
        try:
            if isinstance(raw, BadEntry):
                raise raw
            kpi = read_kpi(id, raw, parameters, seen.file_of[id])
            _check_alone(kpi, codes, views, card)
        except BadEntry as error:
            seen.refuse(seen.file_of[id], id, error)
        else:
            kpis[id], codes[kpi.code] = kpi, id
    standing = _same_weights(_with_references(kpis, seen), seen)
    rank = {code: place for place, code in enumerate(card.objectives)}
    return dict(sorted(standing.items(), key=lambda item: rank.get(item[1].objective, len(rank))))


def _check_alone(kpi: Kpi, codes: Mapping[str, str], views: Mapping[str, str], card: Scorecard) -> None:
    if kpi.code in codes:
        raise BadEntry(
            Text(
                f"Le code {kpi.code} est déjà celui de « {codes[kpi.code]} ».",
                f"Code {kpi.code} is already “{codes[kpi.code]}”'s.",
            ),
            Text("Donnez-lui un autre code.", "Give it another code."),
        )
    checks.check(kpi, views, card.objectives)


def _with_references(kpis: dict[str, Kpi], seen: _Reading) -> dict[str, Kpi]:
    """Drop KPIs whose formula names one that does not stand, until all stand."""
    while True:
        bad = {}
        for id, kpi in kpis.items():
            try:
                checks.check_references(kpi, kpis)
            except BadEntry as error:
                bad[id] = error
        if not bad:
            return kpis
        for id, reason in bad.items():
            seen.refuse(seen.file_of[id], id, reason)
        kpis = {id: kpi for id, kpi in kpis.items() if id not in bad}


def _same_weights(kpis: dict[str, Kpi], seen: _Reading) -> dict[str, Kpi]:
    """Weights within an objective are all left out, or worth 1 together; else they are refused and made equal."""
    totals = Counter[str]()
    of_town = [kpi for kpi in kpis.values() if kpi.is_town]
    given = {kpi.objective for kpi in of_town if kpi.weight != 1}
    for kpi in of_town:
        totals[kpi.objective] += kpi.weight  # type: ignore[assignment]
    wrong = {code for code in given if abs(totals[code] - 1) > 1e-6}
    for code in sorted(wrong):
        files = {kpi.file for kpi in of_town if kpi.objective == code}
        seen.refuse(", ".join(sorted(files)), code, _weights(code, totals[code]))
    return {id: replace(kpi, weight=1.0) if kpi.objective in wrong else kpi for id, kpi in kpis.items()}


def _weights(code: str, total: float) -> BadEntry:
    return BadEntry(
        Text(
            f"Les poids de {code} font {total:g}, non 1.", f"The weights of {code} sum to {total:g}, not 1."
        ),
        Text("Corrigez-les ; d'ici là ils sont égaux.", "Mend them; until then they are equal."),
    )


def _known_headline(card: Scorecard, kpis: Mapping[str, Kpi], seen: _Reading) -> Scorecard:
    for id in card.headline:
        if id not in kpis:
            seen.refuse(SCORECARD, "headline", unknown(Text("Indicateur", "KPI"), id, kpis))
    return replace(card, headline=tuple(id for id in card.headline if id in kpis))
