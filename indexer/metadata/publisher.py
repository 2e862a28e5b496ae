"""Who publishes a document?"""

import re
from collections.abc import Iterator

from corpus.model import BlockKind, Origin, Read
from corpus.vocabulary import Vocabulary
from indexer.metadata.dates import MONTH, SEASON, YEAR
from indexer.metadata.evidence import Evidence, read_at
from indexer.metadata.names import is_institution, leading_persons
from indexer.metadata.title import Title

_LONGEST = 90
_LABEL = re.compile(
    r"(?:^|(?<=[.\n·|] ))\W*(?:utgiver|utgjevar|utgitt av|utgjeve av|utgjeven av|gitt ut av|gjeve ut av|publisert av|"
    r"publisher|published by|ansvarlig utgiver|ansvarleg utgjevar|avsender|utførende institusjon|departement|issued by|"
    r"produced by)\s*:?\s+",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"(?:^|(?<=[.\n·|] ))\W*(?:utarbeidet av|utarbeidd av|utarbeida av|institusjon|gjennomført av|prepared by)\s*:?\s+",
    re.IGNORECASE,
)
_CLIENT = re.compile(
    r"(?:oppdrag fra|oppdrag frå|oppdrag for|oppdragsgiver|oppdragsgivar|oppdragsgjevar|finansiert av|støttet av|"
    r"støtta av|bestilt av|tinga av|på vegne av|på vegner av|i samarbeid med|commissioned by|prepared for|funded by|"
    r"on behalf of|in cooperation with|takk til|(?:rapport\w*|notat\w*|avgitt|levert|overlevert|report) (?:til|to))"
    r"[:\s]+(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"[,.:–-]?\s*\b(?:\w*rapport|report|\w*notat|review|systematic review|skriftserie|oversikt|working paper|"
    r"discussion paper|temahefte|nr|no|isbn|issn)\b\.?\s*(?:nr\.?|no\.?|serie)?\s*[\d:]",
    re.IGNORECASE,
)
_KOMMUNE = re.compile(
    r"(?<![\w-])(?P<name>(?:(?:Indre|Nordre|Søndre|Østre|Vestre|Øvre|Nedre|Midtre|Øystre|Nore og|Evje og|Sør|Nord)[ ])?"
    r"[A-ZÆØÅÁ][\wæøåáčđŋšŧž-]+)[ ](?P<kind>kommune|KOMMUNE|fylkeskommune|FYLKESKOMMUNE|herad|HERAD)\b"
)
_DISTRICT = re.compile(r"(?<![\w-])(?P<name>(?:[A-ZÆØÅ][\wæøå-]+[ ](?:og[ ][A-ZÆØÅ][\wæøå-]+[ ])?)politidistrikt)\b")
_PARTS = re.compile(r"\s*(?:[·|•\t]|\s[–—-]\s|(?<![A-ZÆØÅÖÄ])\.\s+(?=[A-ZÆØÅ]))\s*")
_DATE_TAIL = re.compile(
    rf"(?:,?\s*\d\.?\s*(?:utgave|utgåve|opplag|edition))?(?:,\s+[A-ZÆØÅ]\w+(?=,?\s+(?:{YEAR}|{MONTH})))?(?:,|\s[–-])?\s*"
    rf"(?:(?:i|in)\s+)?(?:\d{{1,2}}\.\s*)?(?:(?i:{MONTH}|{SEASON}))?\s*{YEAR}.*$"
)
_CLIENT_TAIL = re.compile(
    r"[,.]?\s*(?:på oppdrag|oppdragsgiver|på vegne|på vegner|i samarbeid med|commissioned by|funded by|on behalf of)",
    re.IGNORECASE,
)
_SENTENCE_WORD = re.compile(
    r"\b(?:er|har|skal|vil|blir|ble|vart|vedtatt|vedteken|vedteke|behandlet|behandles|handsama|godkjent|fastsatt|"
    r"utarbeidet|utarbeidd|planen|is|was|are|has|will|forfatter|forfattar|author|av|by|erstatter|erstattar|"
    r"høringsfrist|saksnummer|saksnr|møtedato|arkivsak|saksbehandler|sakshandsamar|published|publisert|utgitt|"
    r"utgjeven|versjon|version|utgave|utgåve|first)\b",
    re.IGNORECASE,
)
_ONLY_DATE = re.compile(rf"(?:(?:{MONTH}|{SEASON})\s*)?(?:{YEAR})?", re.IGNORECASE)
_NO_NAMES = re.compile(
    r"(?:vår|hver|denne|en|ein|alle|den|din|egen|per|norske?|kommune|kommunen|kvar|i|som|og|ingen|andre|ny|samm?e)",
    re.IGNORECASE,
)
_MOST_WORDS = 10


def read_publisher(evidence: Evidence, title: Title, *, plan: bool) -> Read[str] | None:
    """Who publishes: said so, else the kommune of a plan, a known publisher, or an institution on the cover."""
    ways = [
        _said(evidence),
        _numbered(evidence, title),
        _known(evidence, title),
        _municipal(evidence),
        _named(evidence, title),
    ]
    if plan:
        ways = [
            _said(evidence),
            _municipal(evidence),
            _known(evidence, title),
            _named(evidence, title),
            _numbered(evidence, title),
        ]
    for way in ways:
        for found in way:
            return found
    return _of_file(evidence)


def _said(evidence: Evidence) -> Iterator[Read[str]]:
    """The name after "Utgitt av:"; after "Utarbeidet av:" only an institution's."""
    for pattern, sure in ((_LABEL, True), (_MADE_BY, False)):
        for line in evidence.imprint:
            for match in pattern.finditer(line.text):
                name = _cut(_segments(line.text[match.end() :])[0])
                if _is_name(name) and (sure or is_institution(name)):
                    yield read_at(name, line, match.start())


def _known(evidence: Evidence, title: Title) -> Iterator[Read[str]]:
    """A publisher of the vocabulary on the cover, outside the title and not as the one who paid."""
    forms = _known_forms(evidence.vocabulary)
    for line in evidence.front:
        for match in forms[0].finditer(line.text) if line is not title.line else ():
            if not _CLIENT.search(line.text[: match.start()]):
                yield read_at(forms[1][match[0].casefold()], line, match.start(), match.end())


def _known_forms(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of every name; short forms only as they are written."""
    names = {form: p.name for p in vocabulary.publishers for form in (p.name, *p.aliases)}
    ways = []
    for form in sorted(names, key=len, reverse=True):
        short = " " not in form
        ways.append(re.escape(form) if short else f"(?i:{re.escape(form)})")
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w])")
    return pattern, {form.casefold(): name for form, name in names.items()}


def _municipal(evidence: Evidence) -> Iterator[Read[str]]:
    for line in evidence.front:
        for pattern in (_KOMMUNE, _DISTRICT):
            for match in pattern.finditer(line.text):
                if not _NO_NAMES.fullmatch(match["name"]) and not _CLIENT.search(line.text[: match.start()]):
                    yield read_at(_lettered(match[0]), line, match.start(), match.end())


def _lettered(name: str) -> str:
    """ "Rygge kommune" of "RYGGE KOMMUNE"."""
    if not name.isupper():
        return name
    *first, last = name.split()
    return " ".join([*(word.capitalize() for word in first), last.lower()])


def _numbered(evidence: Evidence, title: Title) -> Iterator[Read[str]]:
    """The name before a report's number: "Northern Evidence Unit, Review 3/2023"."""
    for line in evidence.front:
        match = _REPORT.search(line.text) if line is not title.line else None
        if match and match.start():
            name = _cut(_segments(line.text[: match.start()])[-1])
            if _is_name(name):
                yield read_at(name, line)


def _named(evidence: Evidence, title: Title) -> Iterator[Read[str]]:
    """A part of a cover line that has an institution's word, then one that stands before a client or a date."""
    lines = [line for line in evidence.front if line is not title.line and line.kind is not BlockKind.TABLE_ROW]
    for sure in (True, False):
        for line in lines:
            for part in _segments(line.text):
                name = _cut(part)
                if _is_name(name) and (is_institution(name) if sure else name != part.strip(" .,")):
                    yield read_at(name, line)


def _segments(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()] or [""]


def _cut(text: str) -> str:
    """A name without who paid, the date, or the number of the report behind it."""
    names, rest = leading_persons(text)
    text = _CLIENT_TAIL.split(rest if names else text, maxsplit=1)[0]
    match = _REPORT.search(text)
    text = text[: match.start()] if match else text
    return _DATE_TAIL.sub("", text).strip(" .,:;–-*_")


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(text) <= _LONGEST
        and text[0].isupper()
        and not any(c.isdigit() for c in text)
        and not _SENTENCE_WORD.search(text)
        and not _ONLY_DATE.fullmatch(text)
    )


def _of_file(evidence: Evidence) -> Read[str] | None:
    publisher = evidence.extracted.docinfo.publisher.strip()
    return Read(publisher, Origin.DOCINFO, None, publisher) if publisher else None
