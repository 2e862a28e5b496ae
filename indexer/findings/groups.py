"""Who has the tiltak, who has not, and when it came: read from the words just before its name."""

import re
from collections.abc import Iterator

from indexer.findings.lexicon import Mark, Role

_WITHOUT = re.compile(
    r"\b(?:(?:uten|utan|without)\s+(?:\w+\s+){0,2}|som\s+(?:ikke|ikkje)\s+(?:\w+\s+){0,3}|(?:who|that)\s+(?:did|had|do|were)\s+not\s+(?:\w+\s+){0,3})$",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:(?:med|with)\s+(?:\w+\s+){0,2}|(?:som|who|that)\s+(?:\w+\s+){1,3}|der\s+(?:det\s+)?)$", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:etter|siden|sidan|under|før|etter at|after|since|following|during|before|once|når|då|da)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"[\s-]?(?:elev|ungdom|famili|skol|skul|klass|deltak|deltag|grupp|barn|born|foreld|kommun|pupil|school|famil|group|youth|child|parent|participant)\w*",
    re.IGNORECASE,
)
_WAYS = ((_WITHOUT, Role.CONTROL, "group"), (_SINCE, Role.AFTER, "event"), (_WITH, Role.TREATED, "group"))


def around_tiltak(text: str, marks: tuple[Mark, ...]) -> Iterator[Mark]:
    """Marks for "uten mentor", "etter kurset", "ungdom med mentor", "elever som fikk opplegget", "LINK-elevene"."""
    for agent in (m for m in marks if m.role is Role.AGENT):
        if members := _MEMBERS.match(text, agent.end):
            yield Mark(Role.TREATED, "group", "", agent.start, members.end())
        before = text[max(0, agent.start - 60) : agent.start]
        for pattern, role, value in _WAYS:
            if found := pattern.search(before):
                yield Mark(role, value, "", agent.start - len(before) + found.start(), agent.end)
                break
