"""What a search looks in, and how: accents, case and small slips do not count; all words of the question must be found.

One index per (role, store, version). Names, and what people wrote; what a row holds besides is behind its sheet and its right.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from data.engine import Engine
from metrics.definitions import Catalogue
from pages.parts import reads
from pages.parts.once import kept
from pages.parts.reads import Reads

SAID = ("note", "decision", "action", "agenda")  # what people wrote, found where it stands
GROUPS = ("kpi", "objective", "directorate", "practice", "project", "partner", *SAID)
RANKED = 2000  # hits put in order; a question with more is too wide for an order to matter
LONGEST, MOST_WORDS = 100, 8  # of a question
CLOSE, TYPO_FROM = 0.74, 4  # likeness of a mistyped word; letters from which a slip is looked for
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: its group, identifier, both names, what else is looked in, and a note to show.

    What people wrote stands ``at`` a subject: (kpi, project, partner or week; its id), and its ``note`` is an ISO date.
    """

    group: str
    id: str
    fr: str
    en: str
    also: str = ""
    note: str = ""
    at: tuple[str, str] = ("", "")

    def name(self, lang: str) -> str:
        """Its name in a language."""
        return self.en if lang == "en" and self.en else self.fr


@dataclass(frozen=True)
class Index:
    """Entries with their folded text and names, in the same order, and the words they use by first letter."""

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    names: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Found:
    """What a search gave: the words looked for (slips mended), entries by group, the best first, and close words."""

    words: tuple[str, ...]
    groups: dict[str, tuple[Entry, ...]]
    mended: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many entries were found."""
        return sum(map(len, self.groups.values()))


def fold(text: str) -> str:
    """Lower case without accents: ``Réhabilitation`` -> ``rehabilitation``; one letter may give two (œ)."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def build(entries: Sequence[Entry]) -> Index:
    """Return the index of some entries."""
    texts = tuple(f" {fold(' '.join((e.id, e.fr, e.en, e.also)))} " for e in entries)
    letters: dict[str, set[str]] = {}
    for text in texts:
        for word in WORD.findall(text):
            letters.setdefault(word[0], set()).add(word)
    names = tuple(f" {fold(f'{e.fr} {e.en}' if e.en != e.fr else e.fr)} " for e in entries)
    return Index(
        tuple(entries), texts, names, {first: tuple(sorted(words)) for first, words in letters.items()}
    )


@kept(maxsize=8)
def index(kept: Reads) -> Index:
    """The index of a store as one role sees it."""
    engine = kept.store.engine(kept.actor)
    seen = reads.view(kept)
    projects = engine.rows(
        "SELECT project_id, title, lead_directorate, theme FROM projects ORDER BY project_id DESC"
    )
    partners = engine.rows("SELECT partner_id, name, kind, network FROM partners ORDER BY name")
    practices = engine.rows("SELECT practice, name, lever FROM practices ORDER BY trialled_on, practice")
    return build(
        [
            *_catalogue(seen.catalogue),
            *(Entry("directorate", name, name, name) for name in seen.scopes),
            *(Entry("practice", i, name, name, also=lever, note=lever) for i, name, lever in practices),
            *(
                Entry("project", i, title, title, also=theme or "", note=lead or "")
                for i, title, lead, theme in projects
            ),
            *(
                Entry("partner", i, name, name, also=network or "", note=kind or "")
                for i, name, kind, network in partners
            ),
            *_said(engine),
        ]
    )


# group | identifier | words | what else is looked in | its day | about | subject
WRITTEN = """
    SELECT 'note', note_id, words, COALESCE(signed_by, ''), written_on, about, subject, _id FROM notes
    UNION ALL
    SELECT 'note', '', words, COALESCE(signed_by, ''), written_on, 'kpi', kpi, _id FROM annotations
    UNION ALL
    SELECT 'decision', decision_id, d.words, CONCAT_WS(' ', d.kpi, d.project, d.partner), m.held_on, 'week', d.meeting_id, d._id
    FROM decisions AS d LEFT JOIN meetings AS m USING (meeting_id)
    UNION ALL
    SELECT 'action', action_id, a.words, CONCAT_WS(' ', a.owner, a.kpi, a.project, a.partner, a.outcome), m.held_on, 'week', a.meeting_id, a._id
    FROM actions AS a LEFT JOIN meetings AS m USING (meeting_id)
    UNION ALL
    SELECT 'agenda', item_id, i.title, CONCAT_WS(' ', i.said, i.kpi, i.project, i.partner), m.held_on, 'week', i.meeting_id, i._id
    FROM agenda_items AS i LEFT JOIN meetings AS m USING (meeting_id) WHERE i.kind <> 'followup'
"""


def _said(engine: Engine) -> list[Entry]:
    """What people wrote, the last first."""
    rows = engine.rows(f"SELECT * FROM ({WRITTEN}) ORDER BY 5 DESC, 8 DESC")
    return [
        Entry(group, id, words, words, also, day.isoformat() if day else "", (about, subject))
        for group, id, words, also, day, about, subject, _ in rows
    ]


def _catalogue(found: Catalogue) -> list[Entry]:
    kpis = [
        Entry(
            "kpi",
            kpi.id,
            kpi.label.fr,
            kpi.label.en,
            f"{kpi.code} {kpi.note.fr} {kpi.note.en} {kpi.owner}",
            kpi.code,
        )
        for kpi in found.every.values()
    ]
    goals = [
        Entry(
            "objective",
            code,
            goal.label.fr,
            goal.label.en,
            f"{goal.text.fr} {goal.text.en} {goal.owner}",
            code,
        )
        for code, goal in found.scorecard.objectives.items()
    ]
    return kpis + goals


def search(found: Index, question: str) -> Found:
    """Return the entries that hold every word of the question, a mistyped one replaced by the nearest that exists."""
    asked = WORD.findall(fold(question[:LONGEST]))[:MOST_WORDS]
    if not asked:
        return Found((), {})
    hits = _holding(found, asked)
    if hits:
        return Found(tuple(asked), _grouped(found, hits, asked))
    mended = [(word, _nearest(found, word)) for word in asked]
    words = [near[0] if near else word for word, near in mended]
    hits = _holding(found, words) if all(near for _, near in mended) else []
    changed = tuple((word, near[0]) for word, near in mended if near and near[0] != word)
    close = tuple(dict.fromkeys(near for _, all_near in mended for near in all_near))[:5]
    return Found(tuple(words), _grouped(found, hits, words), changed if hits else (), () if hits else close)


def _holding(found: Index, words: Sequence[str]) -> list[int]:
    longest, *others = sorted(words, key=len, reverse=True)
    hits = [i for i, text in enumerate(found.texts) if longest in text]
    for word in others:
        hits = [i for i in hits if word in found.texts[i]]
    return hits


def _grouped(found: Index, hits: Sequence[int], words: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    first, rest = hits[:RANKED], hits[RANKED:]
    ranked = sorted(first, key=lambda i: _rank(found.entries[i], found.texts[i], found.names[i], words))
    groups: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    for i in [*ranked, *rest]:
        groups[found.entries[i].group].append(found.entries[i])
    return {group: tuple(items) for group, items in groups.items() if items}


def _rank(entry: Entry, text: str, names: str, words: Sequence[str]) -> tuple[int, int]:
    """The identifier or code itself first, then whole words, then beginnings of words, in the name before elsewhere."""
    said = " ".join(words)
    if text.startswith(f" {said} ") or said == entry.note.lower():
        return 0, 0
    score = sum(
        4 * (f" {w} " in names) + 2 * (f" {w}" in names) + (w in names) + (f" {w}" in text) for w in words
    )
    return 1, -score


def _nearest(found: Index, word: str) -> list[str]:
    """The word itself when some text has it, else the words most like it, of about its length."""
    if any(word in text for text in found.texts):
        return [word]
    if len(word) < TYPO_FROM:
        return []
    near = [
        other
        for first, words in found.words.items()
        if first in word[:2]  # a slip may be at the first letter
        for other in words
        if abs(len(other) - len(word)) <= 2
    ]
    return get_close_matches(word, near, n=3, cutoff=CLOSE)


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text as it is written: (start, end) of each, in order, none over another."""
    at = [place for place, letter in enumerate(text) for _ in fold(letter)]
    folded = "".join(map(fold, text))
    marks = [False] * len(text)
    for word in words:
        for match in re.finditer(re.escape(word), folded):
            for place in range(at[match.start()], at[match.end() - 1] + 1):
                marks[place] = True
    runs: list[tuple[int, int]] = []
    for place, marked in enumerate(marks):
        if marked and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif marked:
            runs.append((place, place + 1))
    return runs
