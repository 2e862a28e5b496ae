"""What every request shares: settings, engine, vocabulary, words; and the voice of the one at hand."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from flask import Request, current_app, g, request

from corpus.config import Config
from corpus.engine import Answers
from corpus.factors import Subject
from corpus.model import Language
from corpus.ratings import Ratings
from corpus.vocabulary import Vocabulary
from search_app.base import Base, Shelf
from search_app.urls import Asked, Rules, read_query, rules_for
from search_app.voice import Voice
from search_app.wording import Wording


@dataclass(frozen=True, slots=True)
class Site:
    """One running site. `samples` is true when it shows the documents it came with."""

    config: Config
    engine: Answers
    vocabulary: Vocabulary
    wording: Wording
    shelf: Shelf
    samples: bool
    ratings: Ratings
    subjects: tuple[Subject, ...]

    def today(self) -> date:
        """The day plan status is told for when an address names no other."""
        return self.config.search.today()

    def voice(self, language: Language) -> Voice:
        """The site's voice in a language."""
        return Voice(language, self.wording, self.vocabulary)

    def prefix(self, language: Language) -> str:
        """What stands first in the address of every page in a language; empty for the usual one."""
        return "" if language is self.config.web.language else f"/{language}"

    def language_of(self, asked: Request) -> Language:
        """The language of an address, also of one that leads nowhere."""
        first = asked.path.split("/")[1] if "/" in asked.path else ""
        return Language(first) if first in list(Language) else self.config.web.language


def this_site() -> Site:
    """The site that answers the request at hand, from one generation from its first word to its last."""
    if "site" not in g:
        site = cast(Site, current_app.extensions["hvavirker"])
        g.site = replace(site, engine=site.engine.steady())
    return cast(Site, g.site)


def this_voice() -> Voice:
    """The voice of the request at hand."""
    if "voice" not in g:
        g.voice = this_site().voice(this_site().language_of(request))
    return cast(Voice, g.voice)


def this_base() -> Base:
    """The base that answers the request at hand: the same one from its first word to its last."""
    if "base" not in g:
        g.base = this_site().shelf.base(this_site().engine)
    return cast(Base, g.base)


def these_rules() -> Rules:
    """What an address of a page may say."""
    if "rules" not in g:
        site = this_site()
        g.rules = rules_for(site.config, site.vocabulary, site.today())
    return cast(Rules, g.rules)


def asked_here() -> Asked:
    """The question in the address at hand."""
    return read_query(request.args.items(multi=True), these_rules())
