"""What does an office document say of itself?"""

import re
from typing import Any

from corpus.model import DocInfo
from indexer.extract.days import day

_BETWEEN = re.compile(r"\s*[;\n]\s*")
_TITLE, _LANGUAGE = ("title",), ("language",)
_AUTHORS = ("initial-creator", "creator")  # of an ODT, `creator` is who saved it last
_CREATED = ("created", "creation-date", "date")


def core_docinfo(tree: Any) -> DocInfo:
    """DocInfo from docProps/core.xml of a DOCX or meta.xml of an ODT; empty when there is none."""
    if tree is None:
        return DocInfo()
    values: dict[str, str] = {}
    for element in tree.iter():
        if isinstance(element.tag, str) and element.text and element.text.strip():
            values.setdefault(element.tag.rpartition("}")[2], " ".join(element.text.split()))
    authors = tuple(name for name in _BETWEEN.split(_first(values, _AUTHORS)) if name)
    return DocInfo(_first(values, _TITLE), authors, "", day(_first(values, _CREATED)), _first(values, _LANGUAGE))


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if name in values), "")
