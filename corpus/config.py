"""The settings: read once from config.toml and the environment, frozen, passed in."""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType, get_type_hints
from zoneinfo import ZoneInfo

from corpus.errors import ConfigError
from corpus.model import Language

ENVIRONMENT_PREFIX = "HVAVIRKER_"
TIME_ZONE = "Europe/Oslo"

Count = NewType("Count", int)  # from 0; a plain int in a setting counts from 1


class PdfEngine(StrEnum):
    """Which engine reads PDF: pdfium with pdfminer as checker, or one of them alone."""

    AUTO = "auto"
    PDFMINER = "pdfminer"
    PDFIUM = "pdfium"


class LogFormat(StrEnum):
    """How events are logged: for a person, or a JSON object a line for a program."""

    TEXT = "text"
    JSON = "json"


class Switch(StrEnum):
    """Who makes a new index live: the run, within limits (auto) or always; or a person (ask)."""

    AUTO = "auto"
    ALWAYS = "always"
    ASK = "ask"


class Ocr(StrEnum):
    """Whether pages that are pictures are read: when Tesseract is there (auto), always, or never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class DocumentsConfig:
    """Where the documents are."""

    folder: Path = Path("corpus/samples/documents")


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """Where everything derived is kept (generations, extraction cache, ledger), and how much of it."""

    folder: Path = Path("var/index")
    keep_generations: int = 3


@dataclass(frozen=True, slots=True)
class PublishConfig:
    """How different from the live one a new index may be to be made live without a person.

    `few` of anything are always within. Percentages are of the live index: `gone` documents whose file was removed,
    `lost` documents whose file is there and gives none any more, `shrunk` documents that lost more than a tenth of
    their text, `flipped` findings with another verdict, `metadata` documents with other metadata. `golden` is a file
    of questions with what they must find; so many of them may `golden_fallen`.
    """

    switch: Switch = Switch.AUTO
    few: Count = Count(2)
    gone_percent: Count = Count(10)
    lost_percent: Count = Count(1)
    shrunk_percent: Count = Count(2)
    flipped_percent: Count = Count(5)
    metadata_percent: Count = Count(25)
    golden: Path | None = None
    golden_fallen: Count = Count(0)


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """How files are read, and the limits each one is read within. MB are 2**20 bytes."""

    engine: PdfEngine = PdfEngine.AUTO
    ocr: Ocr = Ocr.AUTO
    ocr_pages: int = 500
    workers: int = 2
    memory_mb: int = 1500
    cpu_seconds: int = 60
    wall_seconds: int = 120
    output_mb: int = 20
    pdf_mb: int = 200
    pdf_pages: int = 3000
    html_mb: int = 10
    text_mb: int = 20
    archive_members: int = 2000
    archive_mb: int = 150
    archive_ratio: int = 100


@dataclass(frozen=True, slots=True)
class HarvestConfig:
    """How documents are fetched from the addresses in `sources`. `agent` is what we call ourselves to their servers."""

    sources: Path = Path("sources.toml")
    agent: str = "hvavirker"
    pause_seconds: int = 2
    timeout_seconds: int = 30
    file_mb: int = 100
    most_files: int = 1000


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """How questions are answered. `as_of` is the day plan status is told for, None for today's."""

    page_size: int = 10
    query_characters: int = 500
    posting_cache_mb: int = 64
    as_of: date | None = None

    def today(self) -> date:
        """The day plan status is told for."""
        return self.as_of or datetime.now(ZoneInfo(TIME_ZONE)).date()


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How the site is served. `language` is the one a visitor without a choice gets; `trusted_proxy` the address of a
    proxy in front, whose word on where visitors come from is taken.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    language: Language = Language.NB
    trusted_proxy: str | None = None


@dataclass(frozen=True, slots=True)
class AdminConfig:
    """What people type is kept in `folder`: reports, the audit log, the password. `address` is where browsers find
    the site (https://hvavirker.example), needed for logging in by OIDC.
    """

    folder: Path = Path("var/admin")
    address: str | None = None
    secure_cookies: bool = True
    idle_minutes: int = 60
    session_hours: int = 12
    logins_per_hour: int = 10
    reports_per_hour: int = 10
    upload_mb: int = 250


@dataclass(frozen=True, slots=True)
class OidcConfig:
    """Logging in with an account elsewhere. `users` are the values of `claim` that may; nobody when empty."""

    issuer: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    scope: str = "openid email profile"
    claim: str = "email"
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogConfig:
    """What is logged on standard error by commands that go on (serve, watch) and by runs."""

    format: LogFormat = LogFormat.TEXT
    requests: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting."""

    documents: DocumentsConfig = field(default_factory=DocumentsConfig)
    index: IndexConfig = field(default_factory=IndexConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    extract: ExtractConfig = field(default_factory=ExtractConfig)
    harvest: HarvestConfig = field(default_factory=HarvestConfig)
    search: SearchConfig = field(default_factory=SearchConfig)
    web: WebConfig = field(default_factory=WebConfig)
    admin: AdminConfig = field(default_factory=AdminConfig)
    oidc: OidcConfig = field(default_factory=OidcConfig)
    log: LogConfig = field(default_factory=LogConfig)


def load_config(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read settings: defaults, then the file (none if `path` is None), then HVAVIRKER_SECTION_KEY.

    Folders in the file are relative to the file. Raises ConfigError naming the wrong key or value.
    """
    config = Config()
    if path is not None:
        config = _anchored(_from_table(config, _read(path), str(path)), path.resolve().parent)
    return _from_environment(config, environment)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"Cannot read {path}: {error.strerror}", "Give the right file with --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}", "Mend the line named.") from error


def _from_table(config: Config, table: Mapping[str, Any], where: str) -> Config:
    for section, settings in table.items():
        _known(section, [f.name for f in fields(config)], f"section [{section}] in {where}")
        if not isinstance(settings, dict):
            raise ConfigError(f"{section} in {where} must be a section [{section}]")
        for key, value in settings.items():
            config = _with(config, section, key, value, where)
    return config


def _from_environment(config: Config, environment: Mapping[str, str]) -> Config:
    for name, value in sorted(environment.items()):
        if name.startswith(ENVIRONMENT_PREFIX):
            section, _, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition("_")
            _known(section, [f.name for f in fields(config)], f"environment variable {name}")
            config = _with(config, section, key, value, f"environment variable {name}")
    return config


def _with(config: Config, section: str, key: str, value: object, where: str) -> Config:
    part = getattr(config, section)
    hints = get_type_hints(type(part))
    elsewhere = [f"{f.name}.{key}" for f in fields(config) if key in get_type_hints(type(getattr(config, f.name)))]
    _known(key, list(hints), f"key {section}.{key} in {where}", elsewhere)
    changed = replace(part, **{key: _converted(value, hints[key], f"{section}.{key} in {where}")})
    return replace(config, **{section: changed})


def _known(name: str, names: Sequence[str], what: str, elsewhere: Sequence[str] = ()) -> None:
    if name not in names:
        near = elsewhere or difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(names)}."
        raise ConfigError(f"Unknown {what}. {hint}", "Mend the name in config.toml or the environment.")


def _converted(value: object, kind: type, where: str) -> object:
    try:
        converted = _CONVERTERS[kind](value) if kind in _CONVERTERS else _code(value, kind)
    except (TypeError, ValueError, KeyError) as error:
        raise ConfigError(
            f"Wrong value {value!r} for {where}: {_wanted(kind)} is needed.",
            "Mend it in config.toml or the environment.",
        ) from error
    return converted


def _number(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise TypeError
    return number


def _count(value: object) -> int:
    return 0 if value in (0, "0") and not isinstance(value, bool) else _number(value)


def _file_or_none(value: object) -> Path | None:
    return None if value == "" else _folder(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError
    return value


def _text_or_none(value: object) -> str | None:
    return None if value == "" else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        raise TypeError
    return tuple(_text(part).strip() for part in parts if part)


def _yes_or_no(value: object) -> bool:
    words = {"true": True, "false": False}
    return value if isinstance(value, bool) else words[_text(value).lower()]


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise TypeError
    return date.fromisoformat(value) if value else None


def _folder(value: object) -> Path:
    return Path(_text(value)).expanduser()


def _code(value: object, kind: type) -> object:
    return kind(_text(value))


_CONVERTERS: Mapping[object, Callable[[object], object]] = {
    int: _number,
    Count: _count,
    Path | None: _file_or_none,
    str: _text,
    bool: _yes_or_no,
    str | None: _text_or_none,
    tuple[str, ...]: _texts,
    Path: _folder,
    date | None: _day,
}


def _wanted(kind: type) -> str:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(kind)
    wanted: Mapping[object, str] = {
        int: "a whole number above 0",
        Count: "a whole number from 0",
        Path | None: "a file, or nothing",
        str: "a text",
        Path: "a folder",
        bool: "true or false",
        str | None: "a text, or nothing",
        tuple[str, ...]: "a list of texts",
    }
    return wanted.get(kind, "a day as 2026-01-31, or nothing")


def _anchored(config: Config, root: Path) -> Config:
    return replace(
        config,
        documents=replace(config.documents, folder=root / config.documents.folder),
        index=replace(config.index, folder=root / config.index.folder),
        publish=replace(config.publish, golden=config.publish.golden and root / config.publish.golden),
        harvest=replace(config.harvest, sources=root / config.harvest.sources),
        admin=replace(config.admin, folder=root / config.admin.folder),
    )
