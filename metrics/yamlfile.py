"""One YAML text as its top-level entries, each read on its own, so that one bad entry leaves the others alone."""

from collections.abc import Hashable, Iterator
from typing import Any

import yaml

from metrics.refusing import BadEntry
from schemas.text import Text


class _Loader(yaml.SafeLoader):
    """Plain data only; a key written twice in a mapping is an error, not a silent replacement."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"key twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def unreadable(error: Exception) -> BadEntry:
    """Return the refusal of YAML that cannot be read, with the line where it stops making sense."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    fr, en = (f" (ligne {mark.line + 1})", f" (line {mark.line + 1})") if mark else ("", "")
    return BadEntry(
        Text(f"YAML illisible{fr} : {problem}.", f"Unreadable YAML{en}: {problem}."),
        Text(
            "Vérifiez l'indentation, les deux-points et les guillemets.",
            "Check indentation, colons and quotes.",
        ),
    )


def entries(text: str) -> Iterator[tuple[str, Any]]:
    """Yield (key, data or BadEntry) for each top-level entry. Raises BadEntry when the text as a whole is unreadable."""
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
    for key, node in root.value:
        yield str(key.value), _constructed(loader, node)


def _constructed(loader: _Loader, node: yaml.Node) -> Any:
    try:
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
