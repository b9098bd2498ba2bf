"""One YAML text as its top-level entries, each read on its own, so that one bad entry leaves the others alone."""

from collections.abc import Hashable, Iterator
from math import inf
from typing import Any

import yaml

from metrics.refusing import BadEntry, shortened
from schemas.text import Text

MAX_BYTES = 1_000_000
MOST_NODES = 10_000  # of one entry, its aliases written out: a few lines could mean billions
DEEPEST = 40  # levels of lists and mappings, aliases followed: beyond, the reader runs out of stack
Extent = tuple[float, int]  # values and levels of a node, its aliases written out


class _Loader(yaml.SafeLoader):
    """Plain data only; a key written twice in a mapping is an error, not a silent replacement."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"key twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node, unless it nests too deep for what reads it afterwards."""
        self.level = getattr(self, "level", 0) + 1
        if self.level > DEEPEST:
            raise _NotTaken("deep", self.peek_event().start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.level -= 1
        return node


class _NotTaken(yaml.composer.ComposerError):
    """What YAML allows and a catalogue does not: ``what`` is a key of NOT_TAKEN."""

    def __init__(self, what: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, what, mark)
        self.what = what


NOT_TAKEN = {
    "alias": (
        Text(
            f"ses renvois (*) en font plus de {MOST_NODES} valeurs",
            f"its aliases (*) make it more than {MOST_NODES} values",
        ),
        Text(
            "Écrivez les valeurs en toutes lettres, sans & ni *.",
            "Write the values out in full, without & or *.",
        ),
    ),
    "deep": (
        Text(f"plus de {DEEPEST} niveaux imbriqués", f"more than {DEEPEST} nested levels"),
        Text(
            "Une entrée n'a que quelques niveaux : vérifiez les crochets et l'indentation.",
            "An entry has but a few levels: check brackets and indentation.",
        ),
    ),
}


def unreadable(error: Exception) -> BadEntry:
    """Return the refusal of YAML that cannot be read, with the line where it stops making sense."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    fr, en = (f" (ligne {mark.line + 1})", f" (line {mark.line + 1})") if mark else ("", "")
    if isinstance(error, _NotTaken):
        what, mend = NOT_TAKEN[error.what]
        return BadEntry(Text(f"YAML refusé{fr} : {what.fr}.", f"YAML refused{en}: {what.en}."), mend)
    return BadEntry(
        Text(f"YAML illisible{fr} : {shortened(problem)}.", f"Unreadable YAML{en}: {shortened(problem)}."),
        Text(
            "Vérifiez l'indentation, les deux-points et les guillemets.",
            "Check indentation, colons and quotes.",
        ),
    )


def entries(text: str) -> Iterator[tuple[str, Any]]:
    """Yield (key, data or BadEntry) for each top-level entry. Raises BadEntry when the text as a whole is unreadable."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _too_big(len(text))
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        raise unreadable(error) from error
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise BadEntry(
            Text(
                "Le fichier n'est pas une liste d'entrées nommées.",
                "The file is not a list of named entries.",
            ),
            Text(
                "Chaque entrée commence par « identifiant: » en début de ligne.",
                "Each entry starts with “id:” at the line's start.",
            ),
        )
    known: dict[int, Extent] = {}
    for key, node in root.value:
        if isinstance(key, yaml.ScalarNode):
            yield str(key.value), _constructed(loader, node, known)
        else:
            yield "?", _no_name(key)


def _no_name(key: yaml.Node) -> BadEntry:
    line = key.start_mark.line + 1
    return BadEntry(
        Text(f"L'entrée de la ligne {line} n'a pas de nom.", f"The entry on line {line} has no name."),
        Text("Commencez-la par « identifiant: ».", "Start it with “id:”."),
    )


def _too_big(size: int) -> BadEntry:
    return BadEntry(
        Text(
            f"Le fichier est trop grand : {size} caractères, pour 1 Mo au plus.",
            f"The file is too big: {size} characters, where 1 MB is the most.",
        ),
        Text("Répartissez les entrées en plusieurs fichiers.", "Spread the entries over several files."),
    )


def _extent(node: yaml.Node, known: dict[int, Extent]) -> Extent:
    """Return how many values and levels a node stands for with its aliases written out; infinitely many when it holds itself.

    ``known`` serves the whole file: an alias to an earlier entry is counted once, whatever the chain it ends.
    """
    if isinstance(node, yaml.ScalarNode):
        return 1, 1
    if id(node) not in known:
        known[id(node)] = inf, 1  # while it is being counted: met again, it is inside itself
        parts = (
            [part for pair in node.value for part in pair]
            if isinstance(node, yaml.MappingNode)
            else node.value
        )
        found = [_extent(part, known) for part in parts]
        known[id(node)] = 1 + sum(size for size, _ in found), 1 + max((deep for _, deep in found), default=0)
    return known[id(node)]


def _constructed(loader: _Loader, node: yaml.Node, known: dict[int, Extent]) -> Any:
    try:
        size, levels = _extent(node, known)
        if size > MOST_NODES or levels >= DEEPEST:  # the file itself is a level
            raise _NotTaken("alias" if size > MOST_NODES else "deep", node.start_mark)
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as error:
        return unreadable(error)


def document(text: str) -> dict[str, Any]:
    """Return YAML that is one mapping. Raises BadEntry when it is not, or when any part is unreadable."""
    found: dict[str, Any] = {}
    for key, value in entries(text):
        if isinstance(value, BadEntry):
            raise value
        if key in found:
            raise BadEntry(
                Text(f"Clé en double : {key}.", f"Key twice: {key}."), Text("Gardez-en une.", "Keep one.")
            )
        found[key] = value
    return found
