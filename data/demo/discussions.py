"""What people wrote about KPIs, projects, partners and weeks: signed by function, answered, some reviewed, some for the exports."""

from datetime import date

from data.demo.town import Row

# about | subject | answers (line's number) | written on | signed by | exported | reviewed by | reviewed on | words
NOTES = """
kpi|appraisal_median_days||2014-10-06|Resp. instruction|0|Direction DADI|2014-10-13|La médiane porte sur douze mois : les dossiers d'avant septembre y resteront jusqu'à l'été prochain. Elle baissera donc même sans effort nouveau.
kpi|appraisal_median_days|1|2014-10-07|Cabinet du maire|0|||Peut-on montrer à part les dossiers ouverts depuis la création de la DADI ?
kpi|appraisal_median_days|2|2014-10-08|Resp. instruction|0|||La part instruite en 110 jours le fait : elle ne compte que les dossiers décidés dans l'année, et elle monte.
kpi|appraisal_reduction_factor||2015-06-01|Direction DADI|1|Cabinet du maire|2015-06-08|Le facteur passe quatre pour la première fois fin mai. À un jour de médiane près il repasse dessous : à ne pas annoncer avant deux mois de suite.
kpi|leverage_awarded||2015-02-02|Resp. financements|1|Direction DADI|2015-02-09|La baisse de l'automne vient de l'entrée du groupe scolaire, dont la part propre est élevée, pas d'un financeur perdu.
kpi|leverage_awarded||2015-06-22|Resp. financements|1|Direction DADI|2015-06-29|L'accord de la foncière pèse beaucoup dans ce chiffre et sa convention n'est pas signée. À dire chaque fois que l'on cite l'effet de levier.
kpi|leverage_awarded|6|2015-06-23|Cabinet du maire|0|||Compris. La note au maire portera cette réserve.
kpi|success_rate||2014-12-22|Resp. financements|0|Direction DADI|2015-01-05|Les refus arrivent plus vite que les accords : un refus d'éligibilité tombe en quelques semaines, une notification attend une commission. Le taux se lit sur l'année.
kpi|secured_share||2015-04-13|Resp. instruction|1|Direction DADI|2015-04-20|Le taux baisse parce que de gros dossiers entrent sans cofinanceur. Aucun financement acquis n'a été perdu.
kpi|secured_share|9|2015-04-14|Finances|0|||Merci de garder le montant à côté du taux dans tous les documents.
kpi|partners_joined||2015-06-15|Resp. partenariats|0|||Compter les adhésions ne suffit plus : plusieurs adhérents n'ont jamais été revus depuis.
kpi|active_partner_share||2015-06-15|Resp. partenariats|0|||Voir la note sur les adhésions : les appels aux silencieux sont à faire début juillet.
kpi|mooc_completion||2015-04-13|Resp. innovation|1|Direction DADI|2015-04-20|Un tiers des inscrits va au bout. Nous publions ce taux tel quel, avec le nombre d'inscrits.
kpi|autonomous_adoption||2015-05-04|Resp. innovation|0|||Les directions qui animent seules sont celles où l'outil a d'abord servi à un vrai dossier.
kpi|heritage_portfolio||2015-06-08|Culture et patrimoine|0|||Les réhabilitations ouvertes ce printemps sont au stade de l'intention : leurs montants seront revus à l'instruction.
kpi|throughput||2015-06-29|Resp. instruction|0|Direction DADI|2015-06-29|Le creux de juin tient en partie aux formations de la première quinzaine. Un seul mois ne permet pas de conclure.
project|P001||2014-11-24|Resp. financements|1|Direction DADI|2014-12-01|Le refus européen ne touche pas l'équilibre du plan : la Région, l'État et le Département le portent, la ville complète à son minimum légal.
project|P001|17|2015-06-22|Resp. projets urbains|0|||Ce minimum ne laisse aucune marge : tout avenant devra être payé par la ville ou cofinancé.
project|P002||2014-11-17|Resp. partenariats|0|||La foncière pose comme condition un engagement européen. C'est la demande à ne pas manquer.
project|P002|19|2015-03-23|Resp. financements|0|Direction DADI|2015-03-30|Condition remplie : l'Europe a notifié. Reste leur comité.
project|P003||2015-01-29|Culture et patrimoine|1|Direction DADI|2015-02-02|La dérogation au minimum communal a été produite avec la demande : le plan est régulier.
project|N025||2015-03-30|Resp. projets urbains|0|Direction DADI|2015-04-13|L'attente ne vient pas de l'instruction : un bailleur demande une garantie qui relève du conseil municipal.
project|N025|22|2015-06-22|Resp. instruction|0|||Décidé. À retenir : demander les avis des tiers avant l'ouverture, pas après.
project|N057||2015-05-11|Urbanisme et habitat|0|||Relecture faite à la demande de la DADI : sans étude d'environnement, nous ne pouvons rendre d'avis.
project|N057|24|2015-06-15|Resp. projets urbains|0|||L'étude est attendue début juillet.
partner|PUB-FEDER||2014-12-22|Resp. financements|0|Direction DADI|2015-01-05|Deux refus d'éligibilité cet automne. Faire relire chaque demande européenne par quelqu'un qui ne l'a pas écrite.
partner|PUB-FEDER|26|2015-02-09|Resp. financements|0|||Première réponse favorable depuis, sur le tiers-lieu.
partner|PUB-REGION||2015-02-23|Resp. partenariats|1|Direction DADI|2015-03-02|Premier financeur de la ville : une seule convention par opération, demandée de leur part.
partner|PRI-FONCIERE||2015-06-22|Resp. partenariats|0|||Accord reçu le 18 juin ; convention à signer.
week|2015-W09||2015-02-24|Direction DADI|0|||Revue trop longue sur les dossiers anciens : le plan de sortie est décidé pour ne plus en parler chaque lundi.
week|2015-W26||2015-06-23|Direction DADI|1|Cabinet du maire|2015-06-24|Une semaine à deux visages : le plus gros accord privé de l'année et un dossier décidé après huit mois.
"""


def notes() -> list[Row]:
    """Return the notes in the order of NOTES; a reply names the line that it answers."""
    return [
        _row(number, line.split("|", maxsplit=8)) for number, line in enumerate(NOTES.strip().splitlines(), 1)
    ]


def _row(number: int, cells: list[str]) -> Row:
    about, subject, answers, written, signed, exported, reviewer, reviewed, words = cells
    return {
        "note_id": _id(number),
        "about": about,
        "subject": subject,
        "answers": _id(int(answers)) if answers else None,
        "words": words,
        "is_exported": exported == "1",
        "signed_by": signed,
        "written_on": date.fromisoformat(written),
        "reviewed_by": reviewer or None,
        "reviewed_on": date.fromisoformat(reviewed) if reviewed else None,
    }


def _id(number: int) -> str:
    return f"E{number:02}"
