"""Why there is no forecast, and what a method assumes, in both languages. Dates and names are filled in by who says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.text import Text


@dataclass(frozen=True)
class Why:
    """Why there is no forecast: a code of REASONS, and what fills its sentence."""

    code: str
    values: Mapping[str, float | date | Text] = field(default_factory=dict)

    def said(self, day: Callable[[date], str] = date.isoformat) -> Text:
        """Return the sentence in both languages, dates as ``day`` writes them."""

        def filled(lang: str) -> dict[str, object]:
            return {
                name: day(value)
                if isinstance(value, date)
                else value.get(lang)
                if isinstance(value, Text)
                else f"{value:g}"
                for name, value in self.values.items()
            }

        words = REASONS[self.code]
        return Text(words.fr.format(**filled("fr")), words.en.format(**filled("en")))


REASONS = {
    "no_value": Text("pas de valeur à cette date", "no value at this date"),
    "stale": Text("les données sont trop anciennes", "the data are too old"),
    "not_reached": Text(
        "la courbe de survie n'est pas encore descendue jusqu'au quantile",
        "the survival curve has not come down to the quantile yet",
    ),
    "not_begun": Text("le décompte ne commence que le {day}", "the count only begins on {day}"),
    "yearly": Text(
        "une valeur par an ne suffit pas à prévoir la fin de l'année",
        "one value a year is not enough to forecast the end of the year",
    ),
    "waves": Text(
        "une valeur par enquête ne suffit pas à prévoir la suivante",
        "one value a survey is not enough to forecast the next",
    ),
    "ceiling": Text(
        "ce nombre d'éléments distincts a un plafond que ses mois passés ne disent pas",
        "this count of distinct things has a ceiling that its past months do not tell",
    ),
    "not_wanted": Text("l'entrée du catalogue n'en demande pas", "its catalogue entry asks for none"),
    "few_answers": Text(
        "moins de {least} réponses connues à cette date : rien à apprendre sur les suivantes",
        "fewer than {least} answers known at this date: nothing to learn about the next ones",
    ),
    "nothing_waits": Text("aucune demande n'attend de réponse", "no request waits for an answer"),
    "few_points": Text(
        "{n} points connus d'affilée, il en faut {least}",
        "{n} known points in a row, {least} are needed",
    ),
    "few_months": Text(
        "{n} mois de montants connus d'affilée, il en faut {least}",
        "{n} months of amounts known in a row, {least} are needed",
    ),
    "rebased": Text(
        "{n} points seulement depuis la rupture du {day}, il en faut {least}",
        "only {n} points since the rebase of {day}, {least} are needed",
    ),
    "seasons": Text(
        "{n} mois connus, il en faut {least} pour voir les saisons",
        "{n} known months, {least} are needed to see the seasons",
    ),
    "still": Text(
        "rien n'a bougé sur les {n} derniers points : il n'y a pas de rythme à prolonger",
        "nothing has moved over the last {n} points: there is no pace to carry on",
    ),
    "hardly": Text(
        "{moved} mois sur {n} seulement ont ajouté un montant, il en faut {least} : il n'y a pas de rythme à prolonger",
        "only {moved} of {n} months added an amount, {least} are needed: there is no pace to carry on",
    ),
    "signal": Text(
        "les derniers points montrent un changement ({kind}) au {day} : le passé récent n'est pas stable",
        "the last points show a change ({kind}) on {day}: the recent past is not stable",
    ),
}

SIGNALS = {
    "outside": Text("point hors limites", "point outside the limits"),
    "trend": Text("sept points en tendance", "seven points trending"),
    "two_of_three": Text("deux points sur trois près d'une limite", "two of three points near a limit"),
    "run": Text("sept points du même côté de la moyenne", "seven points on one side of the mean"),
}

METHODS = {
    "pipeline": Text("demandes en attente simulées", "pending requests played out"),
    "increments": Text("mois passés retirés par blocs", "past months drawn again in blocks"),
    "counts": Text("loi de comptage sur peu de mois", "counting law on few months"),
    "random_walk": Text("marche au hasard depuis la dernière valeur", "random walk from the last value"),
}
