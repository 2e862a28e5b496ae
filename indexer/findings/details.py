"""For whom, where and how many: what a sentence states of the study beside its result."""

import re
from collections.abc import Mapping

# Words of a nationality or a country, by ISO 3166-1 alpha-2; beginnings of words.
_COUNTRIES: Mapping[str, str] = {
    "NO": r"norge|noreg|norsk|norske|norway|norwegian",
    "SE": r"sverige|svensk|sweden|swedish",
    "DK": r"danmark|dansk|denmark|danish",
    "FI": r"finland|finsk|finnish",
    "IS": r"islandsk|icelandic",
    "GB": r"storbritannia|england|engelsk|britisk|skotsk|skottland|wales|britain|british|english|scottish|scotland|uk",
    "US": r"usa|amerikansk|american|united states|washington state",
    "NL": r"nederland|nederlandsk|dutch|netherlands",
    "DE": r"tyskland|tysk|germany|german",
    "CA": r"canada|kanadisk|canadian",
    "AU": r"australia|australsk|australian",
    "IE": r"irland|irsk|ireland|irish",
}
_WORDS = {
    code: re.compile(rf"(?<!\w)(?:{words})(?:e|ar|er|a|en|s)?(?!\w)", re.IGNORECASE)
    for code, words in _COUNTRIES.items()
}
_LETTER_N = re.compile(r"\b[nN]\s*=\s*(\d{1,3}(?:[ \u00a0.,]\d{3})+|\d+)")
_MEMBERS = (
    r"ungdommer|ungdommene|ungdomar|ungdomane|elever|elevar|elevene|elevane|deltakere|deltakarar|deltakerne"
    r"|deltakarane|barn|born|familier|familiar"
    r"|foreldre|personer|personar|unge|jenter|gutter|gutar|skoler|skular|klasser|klassar|kommuner|kommunar"
    r"|domfelte|innsatte|par|respondenter"
    r"|young people|youths|pupils|students|participants|families|children|parents|persons|schools"
    r"|municipalities|offenders|prisoners|girls|boys"
)
_COUNTED = re.compile(
    rf"(?<![\w,.%])(\d{{1,3}}(?:[ \u00a0]\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+|\d+)\s+(?:\w+\s+)?(?:{_MEMBERS})\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 5


def country(text: str) -> str | None:
    """The country a sentence names, ISO 3166-1 alpha-2; None where it names none or several."""
    found = [code for code, pattern in _WORDS.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def sample_size(text: str) -> int | None:
    """How many persons, schools or areas were studied, as the sentence states: "n = 212", "blant 1 200 elever"."""
    found = _LETTER_N.search(text) or next((m for m in _COUNTED.finditer(text) if not _YEAR.fullmatch(m[1])), None)
    size = int(re.sub(r"\D", "", found[1])) if found else 0
    return size if size >= _FEWEST else None
