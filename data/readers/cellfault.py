"""Why a cell cannot be read, before its place is known."""

from schemas.text import Text


class CellFault(ValueError):
    """A cell's fault: the rule broken, and words in which ``{value}`` stands for the cell."""

    def __init__(self, rule: str, message: Text, mend: Text) -> None:
        super().__init__(message.fr)
        self.rule, self.message, self.mend = rule, message, mend
