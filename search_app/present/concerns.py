"""Why an index waits for a person, in the words of a page. What only the program has words for stays as it says it."""

import re

from search_app.voice import Voice

_COUNTED = re.compile(r"(\d+) (.+); (\d+) are within the limits\.")
_ROLLED_BACK = re.compile(r"Generation (\S+) was rolled back by a person, .+")
_ASKED = "The settings ask for a person ([publish] switch)."
_KINDS = {
    "documents whose file was removed": "gone",
    "documents whose file is there and gives none now": "lost",
    "documents that lost over a tenth of their text": "shrunk",
    "findings with another verdict": "flipped",
    "documents with other metadata": "metadata",
    "golden questions that find less than before": "golden",
}
KINDS = tuple(_KINDS.values())


def in_words(concern: str, voice: Voice) -> str | None:
    """A concern as a person reads it, or None when it has no words here."""
    if counted := _COUNTED.fullmatch(concern):
        kind = _KINDS.get(counted[2])
        numbers = {"n": voice.number(int(counted[1])), "most": voice.number(int(counted[3]))}
        return voice.t("concern.counted", what=voice.t(f"differs.{kind}"), **numbers) if kind else None
    if rolled_back := _ROLLED_BACK.fullmatch(concern):
        return voice.t("concern.rolled_back", name=rolled_back[1])
    return voice.t("concern.asked") if concern == _ASKED else None
