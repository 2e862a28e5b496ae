"""What became of the words of a question: forms, other names, words that were not required; and why a hit matched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.search import (
    Expansion,
    Facet,
    Hit,
    MatchField,
    MatchKind,
    SearchRequest,
    SearchResult,
    WordMatch,
    WordReport,
)
from search_app.links import link, search_link
from search_app.voice import Voice

NAMES_SHOWN = 6
PHRASE_MARK = '"'
AS_TYPED = frozenset({MatchKind.EXACT, MatchKind.PHRASE})


@dataclass(frozen=True, slots=True)
class Alone:
    """A search for one word of the question and nothing else: what to call it, where it is, how many it gives."""

    text: str
    url: str
    n: int


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word in the table of forms: those of the word itself, those it is a part of, and other spellings."""

    text: str
    same: str
    parts: str
    spellings: str
    documents: int
    relaxed: bool
    alone: Alone


@dataclass(frozen=True, slots=True)
class Other:
    """Something that words of the question name: its name, its own page, and what was searched for besides."""

    label: str
    url: str
    text: Markup


@dataclass(frozen=True, slots=True)
class WordsView:
    """All that is said of the words of a question.

    `relaxed`, `absent`, `phrases`: words most often missing, words no document has, and phrases taken apart, as text
    (empty when there are none). `spelt`, `pieces`: words found only by others like them, or by the words inside them.
    `required`: where all words are there, and how many documents that is, when some of the hits lack one. `exact_url`,
    `also_url`: the switch of other names. `fewer_url`: the question without requiring all words.
    """

    rows: tuple[WordRow, ...]
    others: tuple[Other, ...]
    relaxed: str
    absent: str
    phrases: str
    spelt: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[str, str], ...]
    required: tuple[str, int] | None
    alone: tuple[Alone, ...]
    exact_url: str
    also_url: str
    fewer_url: str

    @property
    def known(self) -> bool:
        """Whether the base has any of the words."""
        return any(row.documents for row in self.rows)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a hit matched: each word in short, each way it stands in the document, and the words that are missing."""

    short: str
    ways: tuple[Markup, ...]
    missing: str


def words_view(result: SearchResult, request: SearchRequest, voice: Voice) -> WordsView:
    """What became of the words of an answer's question."""
    words = [word for word in result.words if not word.text.startswith(PHRASE_MARK)]
    rows = tuple(_row(word, request, voice) for word in words)
    let_go = [word for word in words if word.relaxed and word.documents]
    known = [row.alone for row in rows if row.alone.n]
    lacking = result.with_all is not None and result.with_all < result.total
    required = search_link(replace(request, all_words=True, page=1)) if lacking else ""
    return WordsView(
        rows=rows,
        others=tuple(_other(each, voice) for each in result.expansions),
        relaxed=_quoted((typed(word) for word in let_go), voice),
        absent=_quoted((typed(word) for word in words if not word.documents), voice),
        phrases=_quoted((w.text.strip(PHRASE_MARK) for w in result.words if w not in words), voice),
        spelt=_only(MatchKind.SPELLING, words),
        pieces=_only(MatchKind.PIECE, words),
        required=(required, result.with_all or 0) if required else None,
        alone=tuple(known) if lacking and len(known) > 1 else (),
        exact_url=search_link(replace(request, exact=True, page=1)),
        also_url=search_link(replace(request, exact=False, page=1)),
        fewer_url=search_link(replace(request, all_words=False, page=1)),
    )


def why_view(hit: Hit, result: SearchResult, voice: Voice) -> Why | None:
    """Why a hit matched; None when the question has no words."""
    if not hit.matches and not hit.missing:
        return None
    kommuner = {each.text: each.code for each in result.expansions if each.facet is Facet.KOMMUNE}
    texts = dict.fromkeys(match.text for match in hit.matches)
    grouped = {text: [match for match in hit.matches if match.text == text] for text in texts}
    return Why(
        short=", ".join(_short(matches, voice) for matches in grouped.values()),
        ways=tuple(way for matches in grouped.values() for way in _ways(matches, kommuner, voice)),
        missing=voice.t("why.missing", words=_quoted(hit.missing, voice)) if hit.missing else "",
    )


def typed(word: WordReport) -> str:
    """A word of the question as it was typed."""
    return f"{word.text}*" if word.prefix else word.text


def alone_request(word: WordReport, request: SearchRequest) -> SearchRequest:
    """The question with one of its words and nothing else, with the same filters."""
    return replace(request, text=typed(word), all_words=False, page=1)


def _row(word: WordReport, request: SearchRequest, voice: Voice) -> WordRow:
    kinds = list(zip(word.forms, word.kinds, strict=True))
    spelt = [form for form, kind in kinds if kind is MatchKind.SPELLING]
    parts = [form for form, kind in kinds if kind is MatchKind.PART]
    return WordRow(
        text=typed(word),
        same=", ".join(form for form in word.forms if form not in {*spelt, *parts}),
        parts=voice.t("words.parts", forms=", ".join(parts)) if parts else "",
        spellings=voice.t("words.spellings", forms=", ".join(spelt)) if spelt else "",
        documents=word.documents,
        relaxed=word.relaxed and bool(word.documents),
        alone=Alone(typed(word), search_link(alone_request(word, request)), word.alone),
    )


def _only(kind: MatchKind, words: Iterable[WordReport]) -> tuple[tuple[str, str], ...]:
    """The words that every form answers in one way, with those forms."""
    return tuple(
        (word.text, ", ".join(word.forms[:NAMES_SHOWN]))
        for word in words
        if word.kinds and all(each is kind for each in word.kinds)
    )


def _other(expansion: Expansion, voice: Voice) -> Other:
    label = voice.label(expansion.facet, expansion.code)
    if expansion.facet is Facet.KOMMUNE:
        former = _former(expansion.code, voice)
        key = "words.kommune_former" if former else "words.kommune"
        return Other(label, link("kommune", number=expansion.code), voice.t(key, text=expansion.text, former=former))
    told = {_plain(label), _plain(expansion.text)}
    forms = list({_plain(form): form for form in reversed(expansion.forms) if _plain(form) not in told}.values())[::-1]
    text = voice.t("words.other_names" if forms else "words.named", text=expansion.text, forms=_some(forms, voice))
    page = link("tiltak", code=expansion.code) if expansion.facet is Facet.TILTAK else ""
    return Other(label, page or link("search", theme=expansion.code), text)


def _plain(name: str) -> str:
    """A name as it is when written otherwise: in small letters and without hyphens."""
    return name.casefold().replace("-", " ")


def _some(forms: Sequence[str], voice: Voice) -> str:
    shown = ", ".join(forms[:NAMES_SHOWN])
    left = len(forms) - NAMES_SHOWN
    return voice.t("words.more", forms=shown, n=voice.number(left)) if left > 0 else shown


def _former(number: str, voice: Voice) -> str:
    """The other kommuner that are in this one today, each with its last year."""
    kommune = voice.vocabulary.kommuner[number]
    lasts: dict[str, int] = {}
    for former in kommune.former:
        if former.name not in {kommune.name, *kommune.other_names}:
            lasts[former.name] = max(former.last_year, lasts.get(former.name, 0))
    names = [voice.t("words.until", name=name, year=year) for name, year in lasts.items()]
    return voice.listing(names) if names else ""


def _short(matches: Sequence[WordMatch], voice: Voice) -> str:
    """A word with the form it has in the document, when that is another."""
    best = min(matches, key=lambda match: list(MatchKind).index(match.kind))
    if best.kind in AS_TYPED or not best.forms:
        return voice.t("why.word", word=best.text)
    return voice.t("why.word_form", word=best.text, form=best.forms[0])


def _ways(matches: Sequence[WordMatch], kommuner: dict[str, str], voice: Voice) -> Iterator[Markup]:
    """Each way a word stands in the document, the closest first, with the fields."""
    for kind in MatchKind:
        told = [match for match in matches if match.kind is kind and match.field is not MatchField.KOMMUNE]
        if told:
            fields = voice.listing(voice.t(f"why.in_{match.field}") for match in told)
            forms = ", ".join(dict.fromkeys(form for match in told for form in match.forms))
            yield voice.t(f"why.kind_{kind}", word=told[0].text, forms=forms, fields=fields)
    for match in matches:
        if match.field is MatchField.KOMMUNE:
            label = voice.label(Facet.KOMMUNE, kommuner[match.text]) if match.text in kommuner else match.text
            yield voice.t("why.about_kommune", word=match.text, label=label)


def _quoted(words: Iterable[str], voice: Voice) -> str:
    quoted = [voice.t("search.quoted", word=word) for word in words]
    return voice.listing(quoted) if quoted else ""
