"""Which week may be sealed: that of a review, after the last sealed one, on a whole chain, while its moment is still known."""

from datetime import date

from data import sealcheck
from data.problems import BadRequest
from data.seals import seals
from data.session import Session
from data.summary import data_date
from schemas.text import Text
from schemas.week import WEEK, week_of


def check(turn: Session, week: str) -> None:
    """Raise BadRequest for a week that may not be sealed now, in the words of the first reason. Under the writer's lock."""
    if not WEEK.fullmatch(week):
        raise BadRequest(NO_WEEK.format(week=week))
    found = turn.connection.execute(
        "SELECT held_on FROM main.meetings WHERE meeting_id = ?", [week]
    ).fetchall()
    if not found:
        raise BadRequest(NO_MEETING.format(week=week))
    _follows(turn, week)
    _is_known(turn, week, found[0][0])


def _follows(turn: Session, week: str) -> None:
    """Raise BadRequest where the chain is not whole, or does not end before this week."""
    sealed = seals(lambda sql: turn.connection.execute(sql).fetchall())
    for each in sealed:
        if each.week == week:
            raise BadRequest(ALREADY.format(week=week, on=each.sealed_at[:10]))
    wrong = sealcheck.damage(turn.places, sealed)
    if wrong:
        raise BadRequest(DAMAGED.format(week=week, why=wrong[0]))
    last = max((each.week for each in sealed), default="")
    if week <= last:
        raise BadRequest(EARLIER.format(week=week, last=last))


def _is_known(turn: Session, week: str, held_on: date) -> None:
    """Raise BadRequest where a later review was held and the data have gone on to a later week: that moment's picture is gone."""
    as_of = data_date(lambda sql, params=(): turn.connection.execute(sql, list(params)).fetchall())
    later = turn.connection.execute("SELECT MIN(held_on) FROM main.meetings WHERE held_on > ?", [held_on])
    (next_on,) = later.fetchall()[0]
    if as_of is not None and next_on is not None and next_on <= as_of and week_of(as_of) > week:
        raise BadRequest(OVER.format(week=week, on=as_of.isoformat(), next=next_on.isoformat()))


NO_WEEK = Text(
    "« {week} » n'est pas une semaine. Que faire : donnez-la sous la forme 2015-W28.",
    "“{week}” is no week. What to do: give it as 2015-W28.",
)
NO_MEETING = Text(
    "Aucune revue n'a été tenue en semaine {week}. Que faire : ouvrez d'abord la revue de cette semaine, écran « Revue ».",
    "No review was held in week {week}. What to do: open that week's review first, on the screen “Review”.",
)
ALREADY = Text(
    "La semaine {week} est scellée depuis le {on}. Que faire : rien, un sceau ne se refait pas.",
    "Week {week} has been sealed since {on}. What to do: nothing, a seal is not made again.",
)
EARLIER = Text(
    "La semaine {week} ne peut plus être scellée : la semaine {last}, qui ne vient pas avant elle, l'est déjà. "
    "Que faire : rien, ses décisions et ses actions restent lisibles dans sa revue ; scellez la prochaine à sa clôture.",
    "Week {week} can no longer be sealed: week {last}, which is not before it, is sealed already. "
    "What to do: nothing, its decisions and actions can still be read in its review; seal the next one when it is closed.",
)
OVER = Text(
    "La semaine {week} est passée sans être scellée : une revue a été tenue depuis, le {next}, et les données vont "
    "jusqu'au {on}. L'image de ce moment n'existe plus. "
    "Que faire : rien, ses décisions et ses actions restent lisibles dans sa revue ; scellez la dernière revue tenue.",
    "Week {week} is over and was not sealed: a review was held since, on {next}, and the data go up to {on}. "
    "The picture of that moment is gone. "
    "What to do: nothing, its decisions and actions can still be read in its review; seal the last review that was held.",
)
DAMAGED = Text(
    "La semaine {week} n'est pas scellée : une semaine scellée avant elle n'est plus intacte, et un sceau ne se pose pas "
    "sur une chaîne abîmée. {why}",
    "Week {week} is not sealed: a week sealed before it is no longer intact, and a seal is not put on a damaged chain. {why}",
)
