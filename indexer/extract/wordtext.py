"""What does one paragraph of a Word document say?

Deleted text, field codes, hidden text and the older copy of a drawing are out; insertions, links and field results
are in. Text boxes and note marks are told apart from the paragraph's own text.
"""

from dataclasses import dataclass, field
from typing import Any

from indexer.extract.wordstyles import NAMESPACES, child, value

MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_SURROGATES = 0xD800
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_SKIPPED = frozenset(("del", "moveFrom", "pPr", "rPr", "tblPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"))
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NAMES = {f"{{{ns}}}{name}": name for ns in NAMESPACES for name in (
    *_SKIPPED, *_MARKS, "t", "r", "p", "sym", "fldChar", "footnoteReference", "endnoteReference", "txbxContent"
)}  # fmt: skip
_NAMES |= {f"{{{ns}}}t": "t" for ns in MATH} | {f"{{{CHOICES}}}AlternateContent": "AlternateContent"}
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class Said:
    """The text of a paragraph, the notes it points to as (kind, id), and the text boxes that hang on it."""

    parts: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph as one string."""
        return "".join(self.parts)

    def read(self, element: Any) -> None:
        """Take in what an element and all below it say, in order."""
        name = _NAMES.get(element.tag)
        if name in _SKIPPED:
            return
        if name == "AlternateContent":
            self._choose(element)
        elif name == "txbxContent":
            self.boxes.append(element)
        elif name == "r" and _hidden(element):
            self._states(element)
        elif name in (None, "r", "p"):
            for one in element:
                self.read(one)
        else:
            self._leaf(name, element)

    def _choose(self, element: Any) -> None:
        for one in element:
            self.read(one)
            return

    def _states(self, run: Any) -> None:
        for one in run:
            if _NAMES.get(one.tag) == "fldChar":
                self._field(value(one, "fldCharType"))

    def _leaf(self, name: str, element: Any) -> None:
        if name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name.removesuffix("Reference"), value(element, "id")))
        elif all(self._fields):
            self.parts.append(_character(element) if name == "sym" else _MARKS.get(name) or element.text or "")

    def _field(self, state: str) -> None:
        """A field's code stands between "begin" and "separate", its result between "separate" and "end"."""
        if state == "begin":
            self._fields.append(False)
        elif self._fields and state == "separate":
            self._fields[-1] = True
        elif self._fields and state == "end":
            self._fields.pop()


def _hidden(run: Any) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and value(vanish) not in _OFF


def _character(element: Any) -> str:
    """A symbol; those of symbol fonts stand in the private use area, above the surrogates, and say nothing as text."""
    try:
        code = int(value(element, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if code < _SURROGATES else ""
