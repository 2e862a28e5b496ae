"""The settings: read once from config.toml and the environment, frozen, passed in."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

from corpus.errors import ConfigError

ENVIRONMENT_PREFIX = "HVAVIRKER_"


class PdfEngine(StrEnum):
    """Which engine reads PDF: pdfium with pdfminer as checker, or one of them alone."""

    AUTO = "auto"
    PDFMINER = "pdfminer"
    PDFIUM = "pdfium"


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
class ExtractConfig:
    """How files are read, and the limits each one is read within. MB are 2**20 bytes."""

    engine: PdfEngine = PdfEngine.AUTO
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
class SearchConfig:
    """How questions are answered."""

    page_size: int = 10
    query_characters: int = 500
    posting_cache_mb: int = 64


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How the site is served. `language` is the one a visitor without a choice gets."""

    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting."""

    documents: DocumentsConfig = field(default_factory=DocumentsConfig)
    index: IndexConfig = field(default_factory=IndexConfig)
    extract: ExtractConfig = field(default_factory=ExtractConfig)
    search: SearchConfig = field(default_factory=SearchConfig)
    web: WebConfig = field(default_factory=WebConfig)


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
    _known(key, list(hints), f"key {section}.{key} in {where}")
    changed = replace(part, **{key: _converted(value, hints[key], f"{section}.{key} in {where}")})
    return replace(config, **{section: changed})


def _known(name: str, names: list[str], what: str) -> None:
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(names)}."
        raise ConfigError(f"Unknown {what}. {hint}", "Mend the name in config.toml or the environment.")


def _converted(value: object, kind: type, where: str) -> object:
    if kind is int and isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if kind is int and isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    if kind is str and isinstance(value, str):
        return value
    if isinstance(value, str) and issubclass(kind, StrEnum) and value in list(kind):
        return kind(value)
    raise ConfigError(f"Wrong value {value!r} for {where}: {_wanted(kind)} is needed.")


def _wanted(kind: type) -> str:
    if issubclass(kind, StrEnum):
        return "one of " + ", ".join(kind)
    return {int: "a whole number above 0", Path: "a folder"}.get(kind, "a text")


def _anchored(config: Config, root: Path) -> Config:
    return replace(
        config,
        documents=replace(config.documents, folder=root / config.documents.folder),
        index=replace(config.index, folder=root / config.index.folder),
    )
