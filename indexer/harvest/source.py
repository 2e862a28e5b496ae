"""Which addresses are to be harvested? What a person wrote in sources.toml, checked."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import ConfigError


class Kind(StrEnum):
    """What an address gives: one document, or a list of addresses in one of three forms."""

    FILE = "file"
    FEED = "feed"
    SITEMAP = "sitemap"
    OAI = "oai"


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]`.

    `folder` is relative to the documents folder. Of a list's addresses those that match `only` (* and ?, against the
    whole address) are taken; `follow` also takes the links of an HTML page that match it, instead of the page.
    `intranet` lets this one host be on a private network.
    """

    name: str
    url: str
    kind: Kind = Kind.FILE
    folder: str = ""
    only: str = "*"
    follow: str = ""
    intranet: bool = False

    @property
    def host(self) -> str:
        """The host its address names."""
        return urlsplit(self.url).hostname or ""


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources in order. Raises ConfigError naming the source and what is wrong with it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"There is no {path}.", "Make it (docs/admins.md shows how), or name another.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "Mend the file.") from error
    entries = table.get("source")
    if set(table) != {"source"} or not isinstance(entries, list):
        raise ConfigError(f"{path} must hold [[source]] tables and nothing else.", "Mend the file.")
    sources = tuple(_source(entry, f"source {number} of {path}") for number, entry in enumerate(entries, 1))
    names = [source.name for source in sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"Two sources of {path} are named {twice}.", "Give each a name of its own.")
    return sources


def _source(entry: Mapping[str, Any], where: str) -> Source:
    known = {field.name: field.type for field in fields(Source)}
    for name, value in entry.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
            raise ConfigError(f"Unknown key {name} in {where}. {hint}", "Mend the key.")
        if not isinstance(value, bool if name == "intranet" else str):
            raise ConfigError(f"Wrong value {value!r} for {name} in {where}.", "Mend the value.")
    try:
        source = Source(**{**entry, "kind": Kind(entry.get("kind", Kind.FILE))})
    except (TypeError, ValueError) as error:
        message = f"{where}: a name, a url and one of the kinds {', '.join(Kind)} are needed."
        raise ConfigError(message, "Mend the source.") from error
    if fault := _fault(source):
        raise ConfigError(f"{where}: {fault}", "Mend the source.")
    return source


def _fault(source: Source) -> str:
    address = urlsplit(source.url)
    if not source.name.strip():
        return "its name is empty."
    if address.scheme not in ("http", "https") or not address.hostname or address.username:
        return f"{source.url} is no address of a web page (http or https, without a name and password)."
    parts = PurePosixPath(source.folder).parts
    if source.folder.startswith("/") or any(part.startswith(".") for part in parts) or "\\" in source.folder:
        return f"{source.folder} is no folder inside the documents folder."
    return ""
