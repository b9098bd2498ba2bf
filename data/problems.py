"""What can go wrong with the store as a whole: each says in both languages what happened and what to do."""

from schemas.text import Text


class StoreProblem(Exception):
    """The store cannot do what is asked; ``text`` is for the user (no path, no trace)."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.fr)
        self.text = text

    @property
    def parts(self) -> tuple[Text, Text]:
        """What happened, and what to do about it (empty where nothing is)."""
        french, english = self.text.fr.partition(" Que faire : "), self.text.en.partition(" What to do: ")
        mend = Text(*(words[:1].upper() + words[1:] for words in (french[2], english[2])))
        return Text(french[0], english[0]), mend


class StoreDamaged(StoreProblem):
    """Ledger and tables disagree, or a file of the store cannot be read: nothing is served."""


class StoreBusy(StoreProblem):
    """Another program is writing to the store."""


class StoreTooNew(StoreProblem):
    """The store was written by a later version of the program."""


class NotStored(StoreProblem):
    """After COMMIT the store does not hold what was meant."""


class NotUndoable(StoreProblem):
    """The import cannot be undone: unknown, already undone, or something later depends on it."""


class BadRequest(StoreProblem):
    """The call itself makes no sense: no file, an unknown table or reader."""


class NoSuchWeek(BadRequest):
    """No week of that name is sealed."""


class SealAltered(StoreProblem):
    """The frozen copy of a sealed week is gone, or is no longer what was sealed: that week is not shown."""


class NotAQuery(ValueError):
    """The text given to an engine is not exactly one SELECT."""
