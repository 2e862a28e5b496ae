"""Which short runs of letters is a word made of? They let a misspelt or differently inflected word find its like."""

SIZE = 4


def grams(word: str) -> tuple[str, ...]:
    """The different runs of four letters of a word with its ends marked: vold → ^vol vold old$."""
    marked = f"^{word}$"
    return tuple(dict.fromkeys(marked[start : start + SIZE] for start in range(max(len(marked) - SIZE + 1, 1))))
