"""The theme's colours as they are, for files that leave the site without its style sheet."""

import re
from collections.abc import Mapping

from corpus.model import Verdict
from search_app.assets import FOLDER

THEME = FOLDER / "vendor" / "designsystemet" / "theme.css"
FILLS = {
    Verdict.VIRKER: "success-base-default",
    Verdict.LOVENDE: "success-surface-tinted",
    Verdict.BLANDET: "warning-surface-tinted",
    Verdict.INGEN_EFFEKT: "neutral-surface-active",
    Verdict.SKADELIG: "danger-base-default",
    Verdict.IKKE_EVALUERT: "neutral-background-default",
}
LINES = {
    Verdict.VIRKER: "success-base-default",
    Verdict.LOVENDE: "success-border-default",
    Verdict.BLANDET: "warning-border-default",
    Verdict.INGEN_EFFEKT: "neutral-border-default",
    Verdict.SKADELIG: "danger-base-default",
    Verdict.IKKE_EVALUERT: "neutral-border-default",
}
SIGNS = {
    Verdict.VIRKER: "success-base-contrast-default",
    Verdict.LOVENDE: "success-text-subtle",
    Verdict.BLANDET: "warning-text-subtle",
    Verdict.INGEN_EFFEKT: "neutral-text-default",
    Verdict.SKADELIG: "danger-base-contrast-default",
    Verdict.IKKE_EVALUERT: "neutral-text-subtle",
}
OTHERS = {
    "text": "neutral-text-default",
    "ink": "accent-text-default",
    "rule": "neutral-border-subtle",
    "ring": "brand2-base-default",
    "paper": "neutral-background-default",
}


def light_colours() -> Mapping[str, str]:
    """The light theme's colours: "fill.virker", "line.virker", "sign.virker" …, text, ink, rule, ring, paper."""
    theme = THEME.read_text(encoding="utf-8")
    names = {
        f"{kind}.{v}": token
        for kind, of in (("fill", FILLS), ("line", LINES), ("sign", SIGNS))
        for v, token in of.items()
    }
    return {name: _colour(token, theme) for name, token in (names | OTHERS).items()}


def _colour(token: str, theme: str) -> str:
    found = re.search(rf"--ds-color-{re.escape(token)}:\s*(#[0-9a-fA-F]{{3,8}})", theme)
    if found is None:
        raise LookupError(f"the theme has no colour {token}")
    return found[1]
