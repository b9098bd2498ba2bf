"""Each numbered rule in one sentence that holds: what is true of rows that pass it."""

from schemas.text import Text

SENTENCES: dict[int, Text] = {
    1: Text(
        "Chaque identifiant est unique, et tout renvoi mène à une ligne qui existe.",
        "Each identifier is unique, and every reference leads to a row that exists.",
    ),
    2: Text(
        "Les dates d'entrée précèdent les dates de sortie ; les étapes d'un projet se suivent sans se chevaucher.",
        "Dates of entry come before dates of exit; a project's stages follow each other without overlap.",
    ),
    3: Text(
        "Une demande précède sa notification, puis sa convention, puis son premier versement.",
        "A request comes before its award, then its contract, then its first payment.",
    ),
    4: Text(
        "Le notifié ne dépasse pas le sollicité, ni le conventionné le notifié, ni le versé le conventionné.",
        "No more is awarded than requested, contracted than awarded, paid than contracted.",
    ),
    5: Text("Une demande refusée n'a pas de montant notifié.", "A refused request has no awarded amount."),
    6: Text(
        "Fonds propres et notifications ne dépassent pas le coût du projet.",
        "Own funds and awards do not exceed the project's cost.",
    ),
    7: Text(
        "La participation minimale de la Ville est respectée, ou sa dérogation est référencée.",
        "The town's minimum own share is kept, or its derogation is referenced.",
    ),
    8: Text(
        "Les dotations de l'État (DETR, DSIL, DPV) ne dépassent pas 80 % du coût.",
        "State grants (DETR, DSIL, DPV) do not exceed 80% of the cost.",
    ),
    9: Text(
        "Les travaux ne commencent pas avant la demande d'une aide de l'État.",
        "Works do not start before a State grant is requested.",
    ),
    10: Text(
        "Aucune aide notifiée n'a dépassé son délai de commencement sans que les travaux aient débuté.",
        "No awarded grant has passed its start deadline without the works having begun.",
    ),
    11: Text(
        "Le programme de chaque ligne est en vigueur le jour de la demande, et ses périodes ne se chevauchent pas.",
        "Each line's programme is in force on the day of the request, and its periods do not overlap.",
    ),
    12: Text(
        "L'argent privé vient de partenaires privés, l'argent public de partenaires publics.",
        "Private money comes from private partners, public money from public ones.",
    ),
    13: Text(
        "Les projets portés par un tiers, que l'effet de levier ne compte pas, sont signalés.",
        "Projects owned by a third party, which the leverage leaves out, are pointed out.",
    ),
    14: Text(
        "Les postes de la DADI au budget sont ceux des effectifs, à 5 % près.",
        "The DADI's posts in the budget are those of the staff, within 5%.",
    ),
    15: Text(
        "Chaque levier a un outil et un seul par révolution.",
        "Each lever has one practice and only one per revolution.",
    ),
    16: Text(
        "D'une séance : nouveaux venus, avis et parcours terminés ne dépassent pas les présents et les inscrits.",
        "Of a session: newcomers, opinions and completions do not exceed participants and enrolments.",
    ),
    17: Text(
        "Les nouveaux venus cumulés ne dépassent pas l'effectif.",
        "Newcomers in all do not exceed the headcount.",
    ),
    18: Text(
        "Les réponses d'une strate ne dépassent pas son effectif.",
        "The answers of a stratum do not exceed its headcount.",
    ),
    19: Text(
        "Un projet ouvert a une étape en cours, un projet clos n'en a pas.",
        "An open project has a current stage, a closed one has none.",
    ),
    22: Text(
        "Aucun montant en euros ne semble saisi en milliers.",
        "No amount in euros looks as if typed in thousands.",
    ),
}
