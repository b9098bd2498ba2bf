"""One module for each outside format. Each has NAME, TITLE, FILLS (the tables it fills) and ``read(files) -> Parsed``."""

from types import ModuleType

from data.readers import barometre, detr_dsil, native

READERS: dict[str, ModuleType] = {module.NAME: module for module in (native, detr_dsil, barometre)}
