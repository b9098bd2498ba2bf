"""The brief as it would go, seen before it does: its page drawn from the same edition, at an address of its own."""

from collections.abc import Mapping
from functools import lru_cache

from starlette.responses import PlainTextResponse, Response

from data.access import Forbidden, require
from data.problems import NoSuchWeek, SealAltered, StoreProblem
from metrics.briefs import Choices
from pages.exports import awaited, brief, setting
from pages.exports.model import Edition
from pages.exports.outgoing import Outgoing
from pages.parts import address, alerts_reads, brief_reads
from pages.parts.markup import Html, section, tag
from pages.parts.source import Source, open_source
from pages.parts.tables import FOLDER
from pages.texts import t, tn, use

ADDRESS = f"/{FOLDER}/apercu-note.png"
PPI = 110.0  # dots an inch: the page is 909 dots wide, small letters can be read


def panel(source: Source, going: Outgoing) -> Html:
    """The page as a picture with its text alternative; its address changes with what it says."""
    title = t("La page de cette semaine") if source.week else t("La page telle qu’elle partira")
    if not alerts_reads.sees_rows(source):
        words = t("Elle nomme des projets et des partenaires, que votre rôle ne montre pas.")
        return section(title, tag("p", words))
    made = going.editions[source.lang]
    href = source.link(ADDRESS.removeprefix("/"), v=going.sha256[:16])
    image = tag(
        "img", src=href, alt=alternative(made, going.choices), width=909, height=1286, class_="lv-brief-page"
    )
    large = tag("a", t("Voir la page en grand"), href=href, target="_blank", rel="noopener")
    return section(title, tag("div", image, class_="lv-brief-sheet"), tag("p", large))


def alternative(made: Edition, choices: Choices) -> str:
    """What the picture says, for whoever does not see it: its title, what opens it, and how much is on it."""
    pinned = len(choices.pinned)
    parts = [
        t("Note au maire du {day} : {title}", day=made.date_text, title=made.title),
        choices.lead,
        tn("{n} affirmation", "{n} affirmations", len(made.claims)),
        awaited.title(made),
        tn("{n} évolution", "{n} évolutions", len(made.signals)),
        tn("{n} ligne épinglée", "{n} lignes épinglées", pinned) if pinned else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def answer(params: Mapping[str, str]) -> Response:
    """The picture at an address's state, by the visitor's role; 404 for an empty store or a part of the town."""
    state = address.parse(params)
    use(state.lang)
    try:
        source = open_source(state)
        require(source.actor, "read_rows")
        if source.as_of is None or source.scope:
            return PlainTextResponse(t("Ce fichier n’existe pas."), 404)
        made = brief_reads.going(source)
        content = drawn(made.sha256, state.lang, made.editions[state.lang])
        return Response(content, media_type="image/png", headers={"Cache-Control": "no-store"})
    except Forbidden:
        return PlainTextResponse(t("Votre rôle ne permet pas cela."), 403)
    except (NoSuchWeek, SealAltered) as problem:
        return PlainTextResponse(problem.text.get(state.lang), 404)
    except StoreProblem as problem:
        return PlainTextResponse(problem.text.get(state.lang), 503)
    except setting.NotSet:
        return PlainTextResponse(t("La page n’a pas pu être composée."), 500)


class _Kept:
    """An edition as a question of the cache: its sha256 says what it is."""

    def __init__(self, sha: str, lang: str, made: Edition) -> None:
        self.key, self.made = (sha, lang), made

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.key == other.key


def drawn(sha: str, lang: str, made: Edition) -> bytes:
    """The first page as PNG, drawn once for a content."""
    return _drawn(_Kept(sha, lang, made))


@lru_cache(maxsize=32)
def _drawn(kept: _Kept) -> bytes:
    return setting.png("brief.typ", brief.content(kept.made), PPI)
