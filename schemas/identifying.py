"""What could tell who answered a survey: columns that say who, when or where; cells that hold a date, an address, a name."""

import ipaddress
import re

from schemas.headers import plain
from schemas.personal import personal_data
from schemas.text import Text

NAME = Text("qui a répondu", "who answered")
NUMBER = Text("un numéro ou un compte d'agent", "a staff number or account")
MOMENT = Text("quand on a répondu", "when somebody answered")
MACHINE = Text("depuis quel appareil on a répondu", "from which device somebody answered")
BIRTH = Text("un âge exact ou une naissance", "an exact age or a birth")
PLACE = Text("un service, un lieu ou un poste", "a unit, a place or a post")
SENIORITY = Text("une ancienneté exacte", "an exact seniority")
WORDS = Text("un texte libre", "free text")
CONTACT = Text("une adresse ou un numéro personnel", "a personal address or number")

# Words of titles, under ``plain``: a title that holds one of them, whole, announces that kind. The first kind wins.
TITLES: tuple[tuple[Text, str], ...] = (
    (BIRTH, "age|ages|naissance|ne le|nee le|birth|birthday|birthdate|dob|year of birth"),
    (SENIORITY, "anciennete|seniority|annees de service|years of service|embauche|hired on|date d entree|tenure"),
    (
        MOMENT,
        "date|dates|heure|heures|horodatage|horodateur|timestamp|datestamp|submitdate|startdate|enddate|time|hour|jour"
        "|minute|minutes|duree|duration|moment|created at|updated at|submitted at|started at|ended at|day",
    ),
    (MACHINE, "ip|adresse ip|ipaddr|ipaddress|user agent|useragent|navigateur|browser|appareil|device|cookie|session"
        "|refurl|referer|geolocalisation|latitude|longitude|gps|mac"),
    (CONTACT, "mail|email|e mail|courriel|telephone|tel|portable|mobile|phone|adresse|address|code postal|postcode|commune"),
    (NUMBER, "matricule|login|identifiant agent|id agent|numero agent|numero d agent|code agent|badge|compte|account"
        "|user id|userid|user|username|utilisateur|staff id|employee id|nir|securite sociale|token|jeton|code d acces|uid"),
    (NAME, "nom|noms|prenom|prenoms|name|names|firstname|lastname|surname|agent|agents|repondant|respondent|personne"
        "|person|employee|salarie|civilite|initiales|initials|signature|auteur|author|participant|participants|qui"),
    (WORDS, "commentaire|commentaires|comment|comments|verbatim|verbatims|remarque|remarques|remark|remarks|observation"
        "|observations|suggestion|suggestions|texte libre|free text|precisez|preciser|autre|autres|other|note|notes"
        "|pourquoi|why|expression libre|reponse ouverte|open answer|feedback"),
    (PLACE, "service|services|bureau|bureaux|office|site|sites|lieu|location|poste|postes|fonction|fonctions|grade|grades"
        "|metier|metiers|emploi|job|position|equipe|team|unite|unit|pole|direction|directions|directorate|departement"
        "|department|corps|filiere|echelon|indice|manager|superieur|responsable|chef|etablissement|batiment|secteur"
        "|contrat|contract|statut|quotite|encadrant|encadrement"),
)  # fmt: skip

IPV4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|[01]?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d?\d)(?![\w.])"
)
IPV6 = re.compile(r"(?<![\w:])[0-9A-Fa-f:]{3,39}(?![\w:])")
MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])")
MONTHS = "janv|janvier|fevr|fevrier|mars|avril|mai|juin|juillet|aout|sept|septembre|octobre|novembre|decembre"
MONTHS += "|january|february|march|april|may|june|july|august|september|october|november|december"
DAY = re.compile(
    r"(?<![\w])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|(?:19|20)\d{2}([/.-])\d{1,2}\2\d{1,2})(?!\d)"
)
DAY_IN_WORDS = re.compile(rf"\b\d{{1,2}}(?:er)? (?:{MONTHS})(?: \d{{2,4}})?\b")
COMPACT = re.compile(
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[T_ -]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
)
HOUR = re.compile(r"(?<![\w:])(?:[01]?\d|2[0-3])\s?[hH:]\s?[0-5]\d(?::[0-5]\d)?(?![\w:])")

A_MOMENT = Text("une date ou une heure", "a date or a time")
AN_IP = Text("une adresse IP", "an IP address")
A_NAME = Text("ce qui ressemble à un nom de personne", "what looks like a person's name")
SOME_WORDS = Text("un texte libre", "free text")

LONGEST_WORD = 20  # characters of text in a cell that expects a number or a word of a list
# Letters alone on both sides of a blank, a point or an apostrophe: what no drawing of lots gives.
TWO_NAMES = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?(?:[ .,'’]+[^\W\d_]+(?:-[^\W\d_]+)?)+\.?")
A_WORD = re.compile(r"(?=.{3})[^\W\d_]{2,}(?:[-_][^\W\d_]{2,})*")


def announced(header: str) -> Text | None:
    """Return what a column's title announces that could identify somebody, in words, or None."""
    words = f" {plain(header)} "
    return next(
        (kind for kind, titles in TITLES if any(f" {title} " in words for title in titles.split("|"))), None
    )


def is_exactly(header: str) -> bool:
    """Say whether a title is nothing but one of these words: no scale may call an item so."""
    return any(plain(header) in titles.split("|") for _, titles in TITLES)


def held(text: str, *, identifier: bool = False) -> Text | None:
    """Return what a cell holds that could identify somebody (personal data, IP address, date, hour), in words, or None.

    Of an ``identifier`` also a day written in eight digits, a name, a sentence.
    """
    found = personal_data(text)
    if found is None and _is_address(text):
        found = AN_IP
    if found is None and _is_moment(text, identifier):
        found = A_MOMENT
    return found or (_named(text) if identifier else None)


def is_prose(text: str) -> bool:
    """Say whether a cell that expects a number or a word of a list holds a sentence or a name instead."""
    words = [word for word in text.split() if any(sign.isalpha() for sign in word)]
    return len(words) >= 2 or (len(text) > LONGEST_WORD and bool(words))


def is_word(identifier: str) -> bool:
    """Say whether an identifier is letters alone, as names are, with a vowel among them."""
    return A_WORD.fullmatch(identifier) is not None and bool(set(plain(identifier)) & set("aeiouy"))


def _is_address(text: str) -> bool:
    """Say whether a text holds the address of a machine: IPv4, IPv6, or that of a network card."""
    if IPV4.search(text) or MAC.search(text):
        return True
    return any(_is_ipv6(found.group()) for found in IPV6.finditer(text) if found.group().count(":") > 1)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str, identifier: bool) -> bool:
    if DAY.search(text) or HOUR.search(text) or DAY_IN_WORDS.search(plain(text)):
        return True
    return identifier and COMPACT.fullmatch(text.strip()) is not None


def _named(text: str) -> Text | None:
    """Return what an identifier's words are: up to three words of letters are a name, more are a sentence."""
    words = text.split()
    if len(words) > 3:
        return SOME_WORDS
    return A_NAME if TWO_NAMES.fullmatch(text.strip()) else None
