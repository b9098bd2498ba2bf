"""What a decision on a target must be to make sense: said before it is stored, with its mend."""

from dataclasses import replace
from datetime import date

from metrics.definitions import Kpi
from metrics.refusing import BadEntry, shortened
from schemas.text import Text


def check(
    kpi: Kpi,
    *,
    target: float | None,
    floor: float | None = None,
    band: tuple[float, float] | None = None,
    valid_from: date | None,
    due: date | None = None,
    reason: str,
) -> None:
    """Raise BadEntry for the first thing that makes no sense; what is None stays as the KPI has it. Base units."""
    if not reason.strip():
        raise _refused(
            "Le motif manque.", "The reason is missing.",
            "Dites en une phrase pourquoi la cible change.", "Say in one sentence why the target changes.",
        )  # fmt: skip
    if valid_from is None:
        raise _refused(
            "La date d'effet manque.", "The date it is valid from is missing.",
            "Choisissez le jour à partir duquel elle juge.", "Choose the day from which it judges.",
        )  # fmt: skip
    if due is not None and due <= valid_from:
        raise _refused(
            "L'échéance n'est pas après la date d'effet.", "The due date is not after the valid-from date.",
            "Choisissez une échéance plus lointaine, ou aucune.", "Choose a later due date, or none.",
        )  # fmt: skip
    _check_goal(kpi, target, floor, band)


def check_changes(before: Kpi, after: Kpi) -> None:
    """Raise BadEntry when a decision aims at what is in force already."""
    names = ("target", "floor", "red_flag", "band", "due")
    if all(getattr(before, name) == getattr(after, name) for name in names):
        raise _refused(
            "Rien ne change : cette cible est déjà en vigueur à cette date.", "Nothing changes: this target is already in force at that date.",
            "Écrivez une autre cible, un autre plancher ou une autre échéance.", "Write another target, floor or due date.",
        )  # fmt: skip


def _check_goal(
    kpi: Kpi, target: float | None, floor: float | None, band: tuple[float, float] | None
) -> None:
    if kpi.direction == "band":
        _check_band(kpi, target, band)
        return
    if target is None and floor is None:
        raise _refused(
            "Ni cible ni plancher.", "Neither target nor floor.",
            "Écrivez au moins la cible.", "Write the target at least.",
        )  # fmt: skip
    new = replace(
        kpi, target=kpi.target if target is None else target, floor=kpi.floor if floor is None else floor
    )
    other = new.red_flag if new.scoring == "goal_red_flag" else new.floor
    if new.target is not None and other is not None:
        _check_sides(new, new.target, other)


def _check_sides(kpi: Kpi, target: float, other: float) -> None:
    """Refuse a target on the wrong side of its floor or red flag, or on it."""
    if target == other or (target < other) == (kpi.direction == "up"):
        above = kpi.direction == "up"
        raise _refused(
            "La cible n'est pas du bon côté du plancher.", "The target is not on the right side of the floor.",
            f"Ici, mieux veut dire {'plus' if above else 'moins'} : mettez la cible {'au-dessus' if above else 'en dessous'} du plancher.",
            f"Here better means {'more' if above else 'less'}: put the target {'above' if above else 'below'} the floor.",
        )  # fmt: skip


def _check_band(kpi: Kpi, target: float | None, band: tuple[float, float] | None) -> None:
    low, high = band or kpi.band or (0.0, 0.0)
    least, most = kpi.limits or (low, high)
    if band is None and target is None:
        raise _refused(
            "Ni cible ni bande.", "Neither target nor band.", "Écrivez les deux bouts de la bande.", "Write both ends of the band.",
        )  # fmt: skip
    if low >= high or low < least or high > most:
        raise _refused(
            f"La bande ne tient pas entre les limites {least:g} et {most:g}, le bas sous le haut.",
            f"The band does not stand between the limits {least:g} and {most:g}, its low end below its high end.",
            "Corrigez les deux bouts de la bande.", "Mend both ends of the band.",
        )  # fmt: skip
    if target is not None and not low <= target <= high:
        raise _refused(
            "La cible est hors de la bande.", "The target is out of the band.",
            "Mettez-la dans la bande, ou déplacez la bande.", "Put it inside the band, or move the band.",
        )  # fmt: skip


def _refused(fr: str, en: str, mend_fr: str, mend_en: str) -> BadEntry:
    return BadEntry(Text(fr, en), Text(mend_fr, mend_en))


def no_figure(text: str) -> BadEntry:
    """Return the refusal of a typed figure that cannot be read."""
    return _refused(
        f"« {shortened(text)} » n'est pas un nombre dans l'unité de l'indicateur.",
        f"“{shortened(text)}” is not a number in the KPI's unit.",
        "Écrivez par exemple 60, 12,5 ou 15 M.", "Write for instance 60, 12.5 or 15 M.",
    )  # fmt: skip
