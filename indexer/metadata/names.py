"""Is this the name of a person or of an institution?"""

import re

_INSTITUTION = re.compile(
    r"kommune\b|fylkeskommune|herad\b|bydel|politi(?:distrikt|h|direktorat|stasjon|et\b)|institutt|senter\b|senteret|sentre|forskning|forsking|direktorat|"
    r"departement|universitet|høgskole|høyskole|høgskule|analyse\b|stiftelse|stifting|utgreiing|utredning|gransking|"
    r"samfunns|kunnskap|råd\b|rådet\b|etat\b|etaten|forlag|forbund|forening|verksted|verkstad|consult|\bAS\b|\bASA\b|"
    r"\bKS\b|research|institute|centre|center|universit|\bunit\b|collective|college|council|agency|foundation|"
    r"collaboration|network|nettverk|ministry|department|directorate|bureau|authority|organi[sz]ation|police|service|"
    r"grupp[ea]\b|gruppen\b|group\b|partners\b|laborator|economics|statistics|government|municipality|county|"
    r"consortium|observatory|evidence|academy|akademi|krisesenter|tjeneste|teneste|programm?e?t?\b|team\b|avdeling|"
    r"seksjon|enhet|eining|prosjekt|koordinator|utvalg|utval\b|styre|leder\b|leiar\b|direktør",
    re.IGNORECASE,
)
_INITIAL = r"[A-ZÆØÅÖÄ]\.(?:[- ]?[A-ZÆØÅÖÄ]\.)*"
_WORD = r"[A-ZÆØÅÖÄÉ][a-zæøåöäéèüáóõčšžđŋ’'-]+(?:-[A-ZÆØÅÖÄ][a-zæøåöäéü’'-]+)*"
_PARTICLE = r"(?:van|von|de|der|den|del|la|el|al|bin|af|av)"
_PERSON = re.compile(rf"(?:{_INITIAL}|{_WORD})(?:\s+(?:{_INITIAL}|{_WORD}|{_PARTICLE}(?=\s)))*\s+{_WORD}")
_BETWEEN = re.compile(r"\s*(?:,\s*(?:og|and)\s+|,|;|\s&\s|\bog\b|\band\b|\n|·|\|)\s*")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|(?<=[a-zæøå])\d(?:,\d)*\b|[¹²³⁴*†]")
_DEGREE = re.compile(
    r",?\s*\b(?:ph\.?d\.?|dr\.?|prof\.?|professor|forsker(?: [I]+)?|seniorforsker|stipendiat|cand\.\w+)\.?(?=,|\s|$)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<![A-ZÆØÅÖÄ])\.\s+(?=[A-ZÆØÅ][a-zæøå]{2}|\d)")
_MOST_WORDS = 5


def is_institution(text: str) -> bool:
    """Whether a name has a word that only institutions and offices have."""
    return _INSTITUTION.search(text) is not None


def is_person(text: str) -> bool:
    """Whether a text is one person's name: initials or names, and a surname."""
    return _PERSON.fullmatch(text) is not None and len(text.split()) <= _MOST_WORDS and not is_institution(text)


def leading_persons(text: str) -> tuple[tuple[str, ...], str]:
    """The persons a list begins with, and the institution or date after them; no persons when other words follow."""
    listed = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    parts = [part.strip() for part in _BETWEEN.split(_DEGREE.sub("", _ASIDE.sub("", listed)).strip(" :,"))]
    names: list[str] = []
    for part in (part for part in parts if part):
        name = part if re.search(r"(?:^|\s)[A-ZÆØÅ]\.$", part) else part.rstrip(".")
        if not is_person(name):
            rest = listed[listed.find(part) :]
            return (tuple(names), rest) if is_institution(part) or part[0].isdigit() else ((), listed)
        names.append(name)
    return tuple(names), ""
