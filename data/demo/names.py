"""Invented organisations: 96 public and 118 private. No person, no real firm."""

TOWNS = (
    "de Pont-sur-Sauvine", "de Malaval", "des Essarts", "de Brénoux", "de Chanteloube", "de Saulcy", "du Vernoy",
    "de Montréal-le-Vieux", "d'Orgelière", "de Combefroide", "de Tréval", "de Font-Basse", "de La Roche-Claire",
)  # fmt: skip

# identifier | kind | name: the partners that fund, which the financing lines name.
FUNDING = """
PUB-REGION|region|Région Hautes-Combes
PUB-DEPARTEMENT|department|Département de la Sauvine
PUB-FEDER|eu|Union européenne, FEDER Hautes-Combes
PUB-PREFECTURE|state|Préfecture de la Sauvine
PUB-PREF-REGION|state|Préfecture de la région Hautes-Combes
PUB-DIRECCTE|state|Direction régionale des entreprises et de l'emploi
PUB-DRAC|state|Direction régionale des affaires culturelles
PUB-AGGLO|intermunicipality|Communauté d'agglomération du Pays de Valombre
PUB-CAISSE|public_bank|Caisse publique de dépôts, direction Hautes-Combes
PUB-EAU|public_agency|Agence de l'eau du bassin de la Sauvine
PUB-SPORT|public_agency|Fonds national d'équipement sportif
PRI-FONCIERE|company|Foncière des Hautes-Combes
PRI-BUREAUX|company|Bureaux Partagés du Val
PRI-COMMERCE|company|Commerces et Halles de la Sauvine
PRI-ENERGIE|company|Énergies Citoyennes du Val
FON-PATRIMOINE|foundation|Fondation Pierres et Mémoire
FON-INITIATIVE|foundation|Fondation Initiative et Territoire
FON-COMMERCE|foundation|Fondation Villes Marchandes
FON-SPORT|foundation|Fonds de dotation Sport pour Tous
FON-NUMERIQUE|foundation|Fondation Apprendre en Ligne
FON-CLIMAT|foundation|Fondation Climat et Cités
"""

OTHER_FOUNDATIONS = ("Fondation Lire Ensemble", "Fonds de dotation des Papeteries du Val")

STATE = (
    "Direction départementale des territoires de la Sauvine",
    "Direction régionale de l'environnement et de l'aménagement",
    "Direction départementale de la cohésion sociale",
    "Inspection académique de la Sauvine",
    "Direction départementale des finances publiques",
)
DEPARTMENTS = ("Département de la Haute-Orge", "Département du Mézel")
REGIONS = ("Région Val-de-Sère",)
EU = ("Union européenne, programme LEADER Pays de Valombre",)
BANKS = (
    "Banque publique de l'innovation, antenne de Valombre",
    "Établissement public de crédit aux communes",
)
INTERMUNICIPAL = tuple(f"Communauté de communes {name}" for name in (
    "des Essarts", "du Haut-Mézel", "de la Roche-Claire", "du Plateau de Saulcy", "des Gorges de la Sauvine", "du Vernoy",
)) + tuple(f"Syndicat mixte {name}" for name in (
    "du bassin de la Sauvine", "des transports du Val", "de traitement des déchets du Val", "du parc naturel des Combes",
    "d'énergie de la Sauvine", "du schéma de cohérence territoriale", "d'aménagement numérique",
))  # fmt: skip
AGENCIES = (
    "Agence de l'énergie et du climat des Hautes-Combes",
    "Agence d'urbanisme du Pays de Valombre",
    "Agence de développement économique de la Sauvine",
    "Agence régionale de santé, délégation de la Sauvine",
    "Centre hospitalier de Valombre",
    "Centre de gestion de la fonction publique territoriale",
    "Centre de formation des agents territoriaux",
    "Chambre de commerce et d'industrie de la Sauvine",
    "Chambre de métiers et de l'artisanat de la Sauvine",
    "Chambre d'agriculture de la Sauvine",
    "Comité départemental du tourisme",
    "Office de tourisme du Pays de Valombre",
    "Office public de l'habitat de la Sauvine",
    "Établissement public foncier des Hautes-Combes",
    "Établissement public de coopération culturelle des Moulins",
    "Archives départementales de la Sauvine",
    "Médiathèque départementale de prêt",
    "Musée départemental de la Chaussure et du Cuir",
    "Service départemental d'incendie et de secours",
    "Réseau ferré régional, direction Hautes-Combes",
    "Gares et Mobilités des Hautes-Combes",
    "Office national des forêts, unité de la Sauvine",
    "Maison de l'emploi du Pays de Valombre",
    "Mission locale du Pays de Valombre",
    "Caisse d'allocations familiales de la Sauvine",
    "Caisse de retraite et de santé au travail",
    "Agence de l'habitat, délégation locale",
    "Observatoire des métiers de la Sauvine",
)
SCHOOLS = (
    "Université des Hautes-Combes",
    "École d'ingénieurs du Val",
    "École supérieure d'art de Valombre",
    "Institut universitaire de technologie de Valombre",
    "Lycée des métiers du cuir",
    "Lycée agricole des Essarts",
    "Lycée général et technologique du Clos-Vert",
    "Lycée professionnel de la Presle",
    "Laboratoire Ville et Organisations",
    "Laboratoire de génie thermique",
    "Centre de formation d'apprentis de la Sauvine",
    "École de commerce du Val",
    "Conservatoire à rayonnement départemental",
)
TWIN_TOWNS = ("Ville de Hohenfels am See", "Ville de Castelrovo", "Ville de Brindlemoor", "Ville de Zabrosko")
OTHER_PUBLIC = (
    "Agence des communes, réseau d'échanges",
    "Réseau des villes innovantes",
    "Pays de Valombre, conseil local",
)

ACTIVITIES = (
    "Ateliers mécaniques", "Tanneries", "Papeteries", "Maroquinerie", "Fonderies", "Imprimerie", "Menuiseries",
    "Transports", "Constructions bois", "Travaux publics", "Électricité générale", "Chauffage et ventilation",
    "Paysages et jardins", "Logiciels", "Infogérance", "Robotique", "Agroalimentaire", "Brasserie", "Logistique",
    "Assurances mutuelles", "Banque coopérative", "Conseil et ingénierie", "Géomètres associés", "Architectes réunis",
)  # fmt: skip
PLACE_SUFFIXES = ("de la Sauvine", "du Val", "des Hautes-Combes")
CAUSES = (
    "Union des commerçants du centre", "Club des entreprises du Pays de Valombre", "Les Amis du Vieux Valombre",
    "Vélo Val", "Sauvine Nature", "Jardins partagés de la Presle", "Maison des jeunes de Bellevue", "Fabrique numérique",
    "Théâtre des Tanneurs", "Festival des Lavoirs", "Cinéma associatif Le Rex", "Club omnisports de Valombre",
    "Rugby du Val", "Aviron de la Sauvine", "Athlétisme valombrois", "Épicerie solidaire", "Ressourcerie du Val",
    "Régie de quartier des Cordeliers", "Réseau des parents d'élèves", "Université du temps libre",
    "Comité des fêtes du Faubourg-Neuf", "Incubateur social des Combes", "Café des bricoleurs", "Entraide et Logement",
    "Habitat et Partage", "Artisans du cuir", "Maison de l'architecture", "Énergies de quartier",
)  # fmt: skip
COOPERATIVES = (
    "Coopérative d'habitants des Tilleuls", "Coopérative agricole des Essarts", "Centrale d'achat des artisans du Val",
    "Groupement d'employeurs de la Sauvine", "Fédération du bâtiment de la Sauvine", "Syndicat des hôteliers du Val",
)  # fmt: skip


def public_names() -> list[tuple[str, str]]:
    """Return (kind, name) of the public partners that do not fund."""
    towns = [f"Commune {name}" for name in TOWNS]
    groups = {
        "state": STATE,
        "department": DEPARTMENTS,
        "region": REGIONS,
        "eu": EU,
        "public_bank": BANKS,
        "intermunicipality": INTERMUNICIPAL,
        "public_agency": AGENCIES,
        "higher_education": SCHOOLS,
        "other": (*towns, *TWIN_TOWNS, *OTHER_PUBLIC),
    }
    return [(kind, name) for kind, names in groups.items() for name in names]


def private_names() -> list[tuple[str, str]]:
    """Return (kind, name) of the private partners that do not fund."""
    firms = [f"{activity} {place}" for place in PLACE_SUFFIXES for activity in ACTIVITIES]
    groups = {
        "company": firms,
        "association": CAUSES,
        "foundation": OTHER_FOUNDATIONS,
        "other": COOPERATIVES,
    }
    return [(kind, name) for kind, names in groups.items() for name in names]
