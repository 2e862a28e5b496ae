"""Personal data: which pages must nobody see before a person has looked at them?

A page with a valid fødselsnummer or D-nummer, or with a named minor in a case, is held back: its text is in no index
and no page of the site, its original is not handed out. Its code in the curation file releases it, and only as long
as its text stays the same.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.errors import Reason
from corpus.model import DocInfo, Extracted, Notice, Page, PageStatus

CODE_CHARACTERS = 12
D_NUMBER = 40  # added to the day
OF_AGE = 18
FIRST_WEIGHTS, SECOND_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
NEAR = 200  # characters around a name in which a case is looked for

_ELEVEN = re.compile(r"(?<![\w-])(?<!\d[.,/:])(?<!/)(\d{6})[ \t\u00a0\u2009\u202f–-]?(\d{5})(?![\w/-]|[.,:]\d)")
_NAME = r"[A-ZÆØÅ][a-zæøåéü]+(?:[ -][A-ZÆØÅ][a-zæøåéü]+){1,3}"
_MINOR = re.compile(rf"(?<!\w)({_NAME})(?:, | \(|,? (?:på|er|var) )(\d{{1,2}}) ?(?:år|åring)(?!\w)")
_CASE = re.compile(
    r"barnevern|barneverns?sak|omsorgsoverta|fosterh[je]+m|meklingsråd|siktet|sikta|mistenkt|tiltal|dømt|anmeldt|anmeld"
    r"|mishandl|overgrep|voldtekt|valdtekt|utsatt for vold|utsett for vald|barnehus|enkeltsak|elevmappe|vedtak i sak",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What was found on a page."""

    FODSELSNUMMER = "fødselsnummer"
    D_NUMMER = "D-nummer"
    MINOR = "named minor in a case"


@dataclass(frozen=True, slots=True)
class Hold:
    """What is told of a page that is held back: the code that releases it, and how many of each kind are on it."""

    code: str
    kinds: tuple[tuple[Kind, int], ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A run `text[start:end]` that may be somebody's; never to be printed."""

    kind: Kind
    start: int
    end: int


_COUNTED = re.compile(rf"({'|'.join(Kind)}) \((\d+)\)")
_TOLD = re.compile(r'(?P<kinds>.+); released = \["(?P<code>[^"]+)"\] shows the page')


def suspects(text: str) -> tuple[Suspect, ...]:
    """Where a text has a valid national identity number, or names a minor and a case together."""
    return (*_numbers(text), *_minors(text))


def is_identity_number(digits: str) -> Kind | None:
    """What kind of number eleven digits are: a day that is one, and both check digits right; else None."""
    figures = [int(digit) for digit in digits]
    if any(_remainder(figures, weights) for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS)):
        return None
    day = int(digits[:2])
    kind = Kind.D_NUMMER if day > D_NUMBER else Kind.FODSELSNUMMER
    born = day - D_NUMBER if kind is Kind.D_NUMMER else day
    return kind if _is_day(born, int(digits[2:4]), int(digits[4:6]), int(digits[6:9])) else None


def page_code(page: Page) -> str:
    """What releases a page: its number, and a digest of its text."""
    return f"{page.number}:{hashlib.sha256(page.text.encode()).hexdigest()[:CODE_CHARACTERS]}"


def hold_of(page: Page) -> Hold:
    """What would be told of a page."""
    return Hold(page_code(page), tuple(Counter(each.kind for each in suspects(page.text)).items()))


def hold_in(detail: str) -> Hold:
    """What the detail of a notice tells of its page; without code and kinds when it is not one of these."""
    told = _TOLD.fullmatch(detail)
    if told is None:
        return Hold("", ())
    return Hold(told["code"], tuple((Kind(kind), int(count)) for kind, count in _COUNTED.findall(told["kinds"])))


def held_back(extracted: Extracted, released: Collection[str] = ()) -> Extracted:
    """The same without the pages that are held back, each with a notice that says why and what releases it.

    What the file says of itself is left out where somebody's number stands in it, whatever is released.
    """
    found = {page.number: suspects(page.text) for page in extracted.pages if page_code(page) not in released}
    held = {number: those for number, those in found.items() if those}
    notices = tuple(_notice(page, held[page.number]) for page in extracted.pages if page.number in held)
    return replace(
        extracted,
        pages=without(extracted.pages, held),
        docinfo=_cleared(extracted.docinfo),
        notices=(*extracted.notices, *notices),
    )


def _cleared(docinfo: DocInfo) -> DocInfo:
    """What a file says of itself, without what is somebody's: no page shows it, so that none is held back for it."""
    return replace(
        docinfo,
        title="" if suspects(docinfo.title) else docinfo.title,
        authors=tuple(author for author in docinfo.authors if not suspects(author)),
        publisher="" if suspects(docinfo.publisher) else docinfo.publisher,
    )


def without(pages: tuple[Page, ...], held: Collection[int]) -> tuple[Page, ...]:
    """The pages, those with these numbers without anything on them."""
    return tuple(_blank(page) if page.number in held else page for page in pages)


def held_pages(notices: Collection[Notice]) -> frozenset[int]:
    """The numbers of the pages that these notices say are held back."""
    return frozenset(notice.page for notice in notices if notice.code == Reason.PERSONAL_DATA and notice.page)


def _notice(page: Page, found: tuple[Suspect, ...]) -> Notice:
    kinds = Counter(each.kind for each in found)
    told = ", ".join(f"{kind} ({count})" for kind, count in kinds.items())  # read again by `hold_in`
    return Notice(Reason.PERSONAL_DATA, f'{told}; released = ["{page_code(page)}"] shows the page', page.number)


def _blank(page: Page) -> Page:
    return replace(page, text="", blocks=(), source="", segments=(), status=PageStatus.HELD)


def _numbers(text: str) -> Iterator[Suspect]:
    for match in _ELEVEN.finditer(text):
        if kind := is_identity_number(match[1] + match[2]):
            yield Suspect(kind, match.start(), match.end())


def _minors(text: str) -> Iterator[Suspect]:
    for match in _MINOR.finditer(text):
        around = text[max(match.start() - NEAR, 0) : match.end() + NEAR]
        if int(match[2]) < OF_AGE and _CASE.search(around):
            yield Suspect(Kind.MINOR, match.start(), match.end())


def _remainder(figures: list[int], weights: tuple[int, ...]) -> int:
    return sum(figure * weight for figure, weight in zip(figures, weights, strict=True)) % 11


def _is_day(day: int, month: int, year: int, individual: int) -> bool:
    """Whether a person can have been born then: the individual number tells the century."""
    centuries = [
        century
        for century, low, high, first, last in (
            (1900, 0, 499, 0, 99),
            (1800, 500, 749, 54, 99),
            (2000, 500, 999, 0, 39),
            (1900, 900, 999, 40, 99),
        )
        if low <= individual <= high and first <= year <= last
    ]
    try:
        return any(date(century + year, month, day) for century in centuries)
    except ValueError:
        return False
