"""A document as a reference: a sentence to paste, RIS and BibTeX."""

import re

from corpus.model import Document, Language
from search_app.voice import Voice

RIS_LANGUAGES = {Language.NB: "nb", Language.NN: "nn", Language.EN: "en"}
BIBTEX_LANGUAGES = {Language.NB: "norsk", Language.NN: "nynorsk", Language.EN: "english"}
BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def sentence(document: Document, voice: Voice, fetched: str, generation: str, place: str = "") -> str:
    """Who (year). Title. Publisher, place. When and where it was fetched."""
    known = document.metadata
    publisher = known.publisher.value if known.publisher else ""
    who = ", ".join(read.value for read in known.authors) or publisher
    year = str(known.year.value) if known.year else voice.t("cite.no_year")
    title = known.title.value.rstrip(".")
    parts = [f"{who} ({year})." if who else f"({year}).", f"{title}."]
    source = ", ".join(part for part in (publisher if publisher != who else "", place) if part)
    parts += [f"{source[0].upper()}{source[1:]}."] if source else []
    return " ".join([*parts, voice.t("cite.fetched", day=fetched, generation=generation)])


def ris(document: Document, url: str) -> str:
    """One RIS record; lines end with CR LF as the format has it."""
    known = document.metadata
    fields = [("TY", "RPRT"), ("TI", known.title.value)]
    fields += [("AU", read.value) for read in known.authors]
    fields += [("PB", read.value) for read in (known.publisher,) if read]
    fields += [("PY", str(read.value)) for read in (known.year,) if read]
    fields += [("LA", RIS_LANGUAGES[known.language.value])]
    fields += [("SP", str(document.page_count))] if document.paged else []
    fields += [("UR", url), ("ER", "")]
    return "".join(f"{tag}  - {_one_line(value)}".rstrip(" ") + "\r\n" for tag, value in fields).replace(
        "ER  -", "ER  - "
    )


def bibtex(document: Document, url: str) -> str:
    """One BibTeX record; every special character is escaped."""
    known = document.metadata
    fields: list[tuple[str, str]] = [("title", f"{{{_escaped(known.title.value)}}}")]
    if known.authors:
        fields.append(("author", " and ".join(f"{{{_escaped(read.value)}}}" for read in known.authors)))
    fields += [("institution", _escaped(read.value)) for read in (known.publisher,) if read]
    fields += [("year", str(read.value)) for read in (known.year,) if read]
    fields += [("language", BIBTEX_LANGUAGES[known.language.value]), ("url", url)]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@techreport{{{_key(document)},\n{lines}}}\n"


def _key(document: Document) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", document.id)


def _escaped(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def file_name(document: Document, suffix: str) -> str:
    """A name for the downloaded reference."""
    return f"{_key(document)}.{suffix}"
