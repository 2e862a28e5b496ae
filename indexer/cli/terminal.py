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
    return "".join(" " if character.isspace() else character for character in _valid(text) if _shows(character))


def _valid(text: str) -> str:
    """The text without half characters: a file name may be any bytes, and so may what a file says of itself."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _shows(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf")


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
    happened = str(error)
    stop = "" if happened.endswith((".", "?", "!")) else "."
    tell(f"hvavirker: {happened}{stop} {error.remedy}".rstrip())


def say_json(value: Mapping[str, object]) -> None:
    """A value as indented JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)
