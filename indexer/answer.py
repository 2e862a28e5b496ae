"""What an answer says of its words, as plain data: the same on the command line and in the API.

Field names are a public contract (docs/cli.md, docs/api.md).
"""

from typing import Any

from corpus.model import Language
from corpus.search import Expansion, Hit, SearchResult, WordReport
from corpus.vocabulary import Vocabulary

Data = dict[str, Any]


def words_data(result: SearchResult, vocabulary: Vocabulary, language: Language) -> Data:
    """The words of the question, what they name, what they may have been meant for, and how many have them all."""
    return {
        "words": [_word(word) for word in result.words],
        "expansions": [_expansion(each, vocabulary, language) for each in result.expansions],
        "did_you_mean": result.did_you_mean,
        "with_all": result.with_all,
    }


def why_data(hit: Hit) -> Data:
    """Why a hit matched, and which words of the question it has not."""
    matches = [{"text": m.text, "field": m.field, "kind": m.kind, "forms": list(m.forms)} for m in hit.matches]
    return {"matches": matches, "missing": list(hit.missing)}


def _word(word: WordReport) -> Data:
    return {
        "text": word.text,
        "prefix": word.prefix,
        "forms": list(word.forms),
        "kinds": list(word.kinds),
        "documents": word.documents,
        "alone": word.alone,
        "relaxed": word.relaxed,
    }


def _expansion(expansion: Expansion, vocabulary: Vocabulary, language: Language) -> Data:
    return {
        "text": expansion.text,
        "facet": expansion.facet,
        "code": expansion.code,
        "label": vocabulary.label(expansion.facet, expansion.code, language),
        "forms": list(expansion.forms),
    }
