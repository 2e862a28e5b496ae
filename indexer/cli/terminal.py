"""Terminal: how do answers and errors look to the person at the keyboard?"""

import json
import sys
import unicodedata
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from corpus.errors import HvaVirkerError


def plain(text: str) -> str:
    """The text on one line, without characters that steer a terminal: names and quotes come from strangers."""
    return "".join(" " if character.isspace() else character for character in text if _shows(character))


def _shows(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def say(*parts: str | tuple[str, str]) -> None:
    """One line on standard output; a part is a text, or a text with its style."""
    line = Text()
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        line.append(plain(text), style)
    _console().print(line, soft_wrap=True)


def tell(message: str) -> None:
    """One line on standard error."""
    print(plain(message), file=sys.stderr)


def tell_error(error: HvaVirkerError) -> None:
    """One line: what happened, and what to do."""
    tell(" ".join(part for part in (f"hvavirker: {error}", error.remedy) if part))


def say_json(value: Mapping[str, object]) -> None:
    """A value as indented JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)
