"""Where scales are found: the shipped ones, a town's own beside its catalogue, any YAML file."""

from collections.abc import Mapping
from pathlib import Path

from metrics import folders, yamlfile
from metrics.definitions import Refusal
from metrics.loading import texts
from metrics.refusing import BadEntry, did_you_mean, shortened
from metrics.scaleentry import parse
from metrics.scales import Scale
from metrics.seriesfile import BadFile
from schemas.text import Text

FOLDER = "scales"
ENDS = (".yml", ".yaml")


def shelf(places: tuple[Path, ...] | None = None) -> tuple[dict[str, Scale], list[Refusal]]:
    """Return the scales of the catalogue's folders by id, a later folder's over an earlier's, and what is refused."""
    found: dict[str, Scale] = {}
    refused: list[Refusal] = []
    for place in _places() if places is None else places:
        for name, text in texts(place).items():
            try:
                scale = parse(yamlfile.document(text))
                found[scale.id] = scale
            except BadEntry as error:
                refused.append(Refusal(f"{FOLDER}/{name}", None, error.reason, error.mend))
    return found, refused


def _places() -> tuple[Path, ...]:
    """Return the folders of scales: the shipped one, then those of the folders that the catalogue is read from."""
    chosen = [folder for folder in folders.catalogue_folders() if isinstance(folder, Path)]
    every = dict.fromkeys([folders.SHIPPED, *chosen])
    return tuple(folder / FOLDER for folder in every)


def wanted(name: str) -> Scale:
    """Return the scale of a YAML file, or of an id on the shelf. Raises BadFile: code 2 for none such, 1 for a refused one."""
    path = Path(name)
    if path.suffix.casefold() in ENDS:
        return _of_file(path)
    scales, refused = shelf()
    if name in scales:
        return scales[name]
    for refusal in refused:
        if Path(refusal.file).stem == name:
            raise BadFile(refusal.reason, refusal.mend)
    raise _no_such(name, scales)


def _no_such(name: str, scales: Mapping[str, Scale]) -> BadFile:
    word = shortened(name)
    return BadFile(
        Text(f"Échelle inconnue : {word}.", f"Unknown scale: {word}."), did_you_mean(name, scales), 2
    )


def _of_file(path: Path) -> Scale:
    name = shortened(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        what = Text(f"Fichier d'échelle illisible : {name}.", f"The scale's file cannot be read: {name}.")
        raise BadFile(
            what, Text("Vérifiez son nom et son dossier.", "Check its name and folder."), 2
        ) from error
    try:
        return parse(yamlfile.document(text))
    except BadEntry as error:
        reason = Text(f"{name} : {error.reason.fr}", f"{name}: {error.reason.en}")
        raise BadFile(reason, error.mend) from error
