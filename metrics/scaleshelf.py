"""Where scales are found: the shipped ones, a town's own beside or among its catalogue, a store's, any YAML file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from metrics import folders, yamlfile
from metrics.definitions import Refusal
from metrics.loading import Folder, is_scale, texts
from metrics.refusing import BadEntry, did_you_mean, shortened
from metrics.scaleentry import parse
from metrics.scales import Scale
from metrics.seriesfile import BadFile
from schemas.scale_items import ScaleItem
from schemas.text import Text

FOLDER = "scales"
ENDS = (".yml", ".yaml")
Bound = tuple[str | None, Folder | None]  # the catalogue that a store is bound to: shipped name, YAML texts


def shelf(places: Iterable[Folder] | None = None) -> tuple[dict[str, Scale], list[Refusal]]:
    """Return the scales of folders (the catalogue's) by id, a later folder's over an earlier's, and what is refused."""
    found: dict[str, Scale] = {}
    refused: list[Refusal] = []
    for place in shelves() if places is None else places:
        for name, text in texts(place).items():
            try:
                scale = parse(yamlfile.document(text))
                found[scale.id] = scale
            except BadEntry as error:
                refused.append(Refusal(f"{FOLDER}/{name}", None, error.reason, error.mend))
    return found, refused


def of_catalogue(bound: Bound = (None, None)) -> dict[str, Scale]:
    """Return the scales by id of the catalogue that a store is bound to; those that are refused are left out."""
    return shelf(shelves(bound))[0]


def items(scales: Iterable[Scale]) -> tuple[ScaleItem, ...]:
    """Return the questions of scales, as the reader of survey answers must know them."""
    return tuple(_item(scale, place) for scale in scales for place in range(len(scale.items)))


def _item(scale: Scale, place: int) -> ScaleItem:
    item = scale.items[place]
    return ScaleItem(
        item.code,
        item.label,
        scale.id,
        scale.label,
        scale.low,
        scale.high,
        scale.step,
        scale.missing_codes,
        scale.licence,
        scale.right,
    )


def shelves(bound: Bound = (None, None)) -> Iterator[Folder]:
    """Yield what holds scales for the catalogue that a store is bound to."""
    yield from shelves_of(folders.catalogue_folders(*bound))


def shelves_of(places: Iterable[Folder]) -> Iterator[Folder]:
    """Yield what holds scales: the shipped folder, then for each folder of the catalogue its own scales and its subfolder."""
    yield folders.SHIPPED / FOLDER
    for folder in places:
        yield {name: text for name, text in texts(folder).items() if is_scale(text)}
        if isinstance(folder, Path) and folder.resolve() != folders.SHIPPED.resolve():
            yield folder / FOLDER


def wanted(name: str, bound: Callable[[], Bound] | None = None) -> Scale:
    """Return the scale of a YAML file, of an id on the shelf, or else of one in what ``bound`` gives.

    Raises BadFile: code 2 for none such, 1 for a refused one.
    """
    path = Path(name)
    if path.suffix.casefold() in ENDS:
        return _of_file(path)
    scales, refused = shelf()
    if name not in scales and bound is not None:  # the store is opened for a scale that only it may have
        scales, refused = shelf(shelves(bound()))
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
