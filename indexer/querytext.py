"""What did the person type? Text → the query tree; never raises.

Words side by side, "words next to each other", -not, OR (also ELLER) between two, field:value, word*. What is no
such thing is a word: a quote that is not closed, a minus alone, a field we do not know.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.search import And, Facet, InField, Node, Not, Or, Phrase, Word
from indexer.analysis import tokens

LONGEST_TEXT = 2_000
MOST_NODES = 64
SHORTEST_PREFIX = 2

# What people call the fields, in Norwegian and English.
FIELD_NAMES = {
    "type": Facet.DOC_TYPE, "dokumenttype": Facet.DOC_TYPE, "doktype": Facet.DOC_TYPE,
    "dom": Facet.VERDICT, "funn": Facet.VERDICT, "vurdering": Facet.VERDICT, "effekt": Facet.VERDICT,
    "tema": Facet.THEME, "measure": Facet.TILTAK, "målgruppe": Facet.TARGET_GROUP, "målgruppa": Facet.TARGET_GROUP,
    "fylke": Facet.FYLKE, "county": Facet.FYLKE, "kommune": Facet.KOMMUNE, "municipality": Facet.KOMMUNE,
    "år": Facet.YEAR, "årstall": Facet.YEAR, "språk": Facet.LANGUAGE, "studiedesign": Facet.DESIGN,
    "metode": Facet.DESIGN, "styrke": Facet.STRENGTH, "tillit": Facet.STRENGTH, "utfall": Facet.OUTCOME,
    "funntype": Facet.FINDING_TYPE, "utgiver": Facet.PUBLISHER, "utgjevar": Facet.PUBLISHER,
    "tittel": "title", "title": "title", "fil": "file", "file": "file",
} | {facet.value: facet for facet in Facet}  # fmt: skip

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=\S))?
    (?: ["“”„«](?P<phrase>[^"“”„«»]*)["“”»]
      | (?P<field>[^\W\d]\w*):(?:["“”„«](?P<quoted>[^"“”„«»]*)["“”»]|(?P<value>[^\s"“”„«»]+))
      | (?P<prefix>[^\W_][\w-]*)\*(?!\w)
      | (?P<either>(?<!\S)(?:OR|ELLER)(?!\S))
    )""",
    re.VERBOSE,
)
_MINUS_WORD = re.compile(r"(?<!\S)-(?=[^\W_])\S+")


class _Either(NamedTuple):
    """OR between two parts."""


def parse(text: str) -> Node:
    """The tree of a query. An empty text is And(()); at most MOST_NODES parts of the first LONGEST_TEXT characters."""
    parts = list(_parts(text[:LONGEST_TEXT]))[:MOST_NODES]
    return And(tuple(_joined(parts)))


def _parts(text: str) -> Iterator[Node | _Either]:
    done = 0
    for match in _PIECE.finditer(text):
        part = _part(match)
        if part is not None:
            yield from _words(text, done, match.start())
            yield from part
            done = match.end()
    yield from _words(text, done, len(text))


def _part(match: re.Match[str]) -> tuple[Node | _Either, ...] | None:
    """What a special piece means; None when it is words after all."""
    if match["either"]:
        return (_Either(),)
    node = _special(match)
    if node is None or node == And(()):
        return None if node is None else ()
    return (Not(node) if match["minus"] else node,)


def _special(match: re.Match[str]) -> Node | None:
    if match["phrase"] is not None:
        return Phrase(match["phrase"].strip()) if tokens(match["phrase"]) else And(())
    if match["prefix"]:
        return _prefix(match["prefix"])
    name = FIELD_NAMES.get(match["field"].lower())
    value = match["quoted"] if match["quoted"] is not None else match["value"].rstrip(",;")
    return InField(str(name), value.strip()) if name and value.strip() else None


def _prefix(word: str) -> Node | None:
    """word* with what stands before its last hyphen as words of their own."""
    found = tokens(word)
    if not found or len(found[-1].surface) < SHORTEST_PREFIX:
        return None
    return _side_by_side(
        [*(Word(word[token.start : token.end]) for token in found[:-1]), Word(found[-1].surface, True)]
    )


def _words(text: str, first: int, last: int) -> Iterator[Node]:
    """Words and -words of a run of plain text."""
    done = first
    for match in _MINUS_WORD.finditer(text, first, last):
        yield from _plain(text[done : match.start()])
        excluded = list(_plain(match.group()))
        if excluded:
            yield Not(_side_by_side(excluded))
        done = match.end()
    yield from _plain(text[done:last])


def _plain(text: str) -> Iterator[Word]:
    return (Word(token.surface) for token in tokens(text))


def _joined(parts: list[Node | _Either]) -> Iterator[Node]:
    """The parts with those around an OR put together; an OR at either end, or after another, is nothing."""
    group: list[Node] = []
    waiting = False
    for part in parts:
        if isinstance(part, _Either):
            waiting = bool(group)
            continue
        if group and not waiting:
            yield _alternatives(group)
            group = []
        group.append(part)
        waiting = False
    if group:
        yield _alternatives(group)


def _alternatives(group: list[Node]) -> Node:
    return group[0] if len(group) == 1 else Or(tuple(group))


def _side_by_side(nodes: list[Node] | list[Word]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
