"""From folders of YAML to a Catalogue. One bad entry never takes the others down: it is refused, with its mend."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from metrics import checks, overriding, scoreboard, yamlfile
from metrics.definitions import Catalogue, Kpi, Parameter, Refusal, Scorecard
from metrics.entries import kpi as read_kpi
from metrics.overriding import Layer
from metrics.refusing import BadEntry, unknown
from metrics.relations import shipped
from schemas.text import Text

SCORECARD = "scorecard.yml"
ALERTS = "alerts.yml"  # the rules of alerts: see metrics.alertrules
NO_ENTRIES = frozenset({SCORECARD, ALERTS})  # files of a catalogue that hold no KPI
OF_A_SCALE = ("items", "range", "scoring")  # what the YAML of a survey scale has, and no catalogue
Folder = Path | Mapping[str, str]  # a folder of YAML files, or file name -> text
Texts = tuple[tuple[tuple[str, str], ...], ...]  # folder by folder, file name and text


def texts(folder: Folder) -> dict[str, str]:
    """Return the YAML texts of a folder by file name, in their names' order."""
    if isinstance(folder, Path):
        return {
            path.name: path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.glob("*.yml"))
        }
    return dict(sorted(folder.items()))


def texts_of(places: Iterable[Folder]) -> Texts:
    """Return the texts of folders, folder by folder."""
    return tuple(tuple(texts(place).items()) for place in places)


def is_scale(text: str) -> bool:
    """Say whether a YAML text declares a survey scale: such texts may stand among those of a catalogue."""
    return all(re.search(rf"^{key}[ \t]*:", text, re.MULTILINE) for key in OF_A_SCALE)


class _Reading:
    """What has been read so far, and what was refused."""

    def __init__(self) -> None:
        self.refused: list[Refusal] = []
        self.layers: dict[str, list[Layer]] = {}  # what each folder says of an entry, the first folder first

    def refuse(self, file: str, id: str | None, error: BadEntry) -> None:
        self.refused.append(Refusal(file, id, error.reason, error.mend))


def read(folders: Sequence[Folder], relations: Mapping[str, str] | None = None) -> Catalogue:
    """Return the Catalogue of ``folders`` (see ``definitions.load``), parsed when one of their texts, or a scale's, changed."""
    from metrics.scaleshelf import shelves  # here: scales are read as the catalogue is

    views = shipped() if relations is None else relations
    # Entries may name the score of a scale: what is on the shelf counts.
    return _of_texts(texts_of(folders), tuple(views.items()), texts_of(shelves()))


@lru_cache(maxsize=8)
def _of_texts(layers: Texts, relations: tuple[tuple[str, str], ...], _shelf: Texts) -> Catalogue:
    # Every import, even of one typed row, and every version of the data that a screen meets asks for the same catalogue.
    folders, views = [dict(layer) for layer in layers], dict(relations)
    seen = _Reading()
    card, parameters = _scorecard(folders, seen)
    for place, folder in enumerate(folders):
        _gather(place, folder, seen)
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


def _gather(place: int, folder: Folder, seen: _Reading) -> None:
    """Collect a folder's entries; one twice in it is refused."""
    here: dict[str, Layer] = {}
    for name, text in texts(folder).items():
        if name not in NO_ENTRIES and not is_scale(text):
            _gather_file(place, name, text, here, seen)
    for id, layer in here.items():
        seen.layers.setdefault(id, []).append(layer)


def _gather_file(place: int, name: str, text: str, here: dict[str, Layer], seen: _Reading) -> None:
    try:
        for id, raw in yamlfile.entries(text):
            if id in here:
                seen.refuse(name, id, _twice(id, here[id].file))
                continue
            here[id] = Layer(place, name, raw)
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

    def good(id: str, file: str, raw: Any) -> Kpi:
        if isinstance(raw, BadEntry):
            raise raw
        kpi = read_kpi(id, raw, parameters, file)
        checks.check(kpi, views, card.objectives)
        return kpi

    stacks = {id: overriding.stack(id, layers, good, seen.refuse) for id, layers in seen.layers.items()}
    kpis = overriding.settled({id: stack for id, stack in stacks.items() if stack}, seen.refuse)
    standing = _same_weights(kpis, seen)
    rank = {code: place for place, code in enumerate(card.objectives)}
    return dict(sorted(standing.items(), key=lambda item: rank.get(item[1].objective, len(rank))))


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
