"""What is this document? Every value with where it was read."""

from corpus.model import DocInfo, Extracted, Language, Metadata, Origin, Read
from corpus.vocabulary import Vocabulary
from indexer.language import detect_language
from indexer.mentions import TermFinder
from indexer.metadata.adoption import read_adopted, read_state
from indexer.metadata.authors import read_authors
from indexer.metadata.doc_type import read_doc_type
from indexer.metadata.evidence import Evidence, gather
from indexer.metadata.period import Period, read_period
from indexer.metadata.places import numbers_then, read_fylker, read_kommuner
from indexer.metadata.publisher import read_publisher
from indexer.metadata.study import find_design, review_design
from indexer.metadata.title import read_title
from indexer.metadata.topics import PLAN_TILTAK, STUDY_TILTAK, read_target_groups, read_themes, read_tiltak
from indexer.metadata.year import read_year

__all__ = ["read_metadata"]

_LANGUAGE_CHARACTERS = 200_000
_STUDIES = frozenset({"evaluering", "kunnskapsoversikt", "forskningsrapport", "kartlegging", "prosjektrapport"})
_REVIEW = "kunnskapsoversikt"
_ADOPTED_TOO = frozenset({"saksframlegg"})
_UNSIGNED = frozenset({"saksframlegg", "regelverk", "stortingsdokument"})


def read_metadata(extracted: Extracted, vocabulary: Vocabulary, finder: TermFinder) -> Metadata:
    """Everything the document says of itself, each value with origin, page and the words it was read from."""
    evidence = gather(extracted, vocabulary, finder)
    title = read_title(evidence)
    design = find_design(evidence, title)
    doc_type = read_doc_type(evidence, title, design)
    code = doc_type.value if doc_type else ""
    if code == _REVIEW:
        design = review_design(evidence, design)
    plan = code in vocabulary.doc_types and vocabulary.doc_types[code].plan
    period = read_period(evidence, title.line) if plan else Period()
    adopted = read_adopted(evidence) if plan or code in _ADOPTED_TOO else None
    year = read_year(evidence, adopted, period)
    kommuner = read_kommuner(evidence, title, plan=plan or code in _ADOPTED_TOO, study=code in _STUDIES - {_REVIEW})
    tiltak = read_tiltak(evidence, title, PLAN_TILTAK if plan else STUDY_TILTAK)
    groups = read_target_groups(evidence, title, tiltak)
    return Metadata(
        title=title.read,
        language=_language(evidence),
        doc_type=doc_type,
        publisher=read_publisher(evidence, title, plan=plan or code in _ADOPTED_TOO),
        authors=read_authors(evidence, title, plan=plan or code in _UNSIGNED),
        year=year,
        plan_from=period.first,
        plan_to=period.last,
        plan_state=read_state(evidence) if plan else None,
        adopted=adopted,
        kommuner=kommuner,
        kommuner_then=numbers_then(evidence, kommuner, year.value if year else None),
        fylke=read_fylker(evidence, title, kommuner),
        themes=read_themes(evidence, title, tiltak, groups),
        target_groups=groups,
        tiltak=tiltak,
        study_design=design if code in _STUDIES else None,
    )


def _language(evidence: Evidence) -> Read[Language]:
    """Of the text; else what the file says of itself; else bokmål, which most are."""
    text = "\n".join(line.text for line in evidence.lines)[:_LANGUAGE_CHARACTERS]
    found = detect_language(text)
    if found:
        return Read(found, Origin.DERIVED)
    return _said(evidence.extracted.docinfo)


def _said(info: DocInfo) -> Read[Language]:
    code = info.language[:2].lower()
    known = {"nn": Language.NN, "en": Language.EN}.get(code, Language.NB)
    return Read(known, Origin.DOCINFO if code else Origin.DERIVED, None, info.language)
