"""Where words stand, written in few bytes, is read back as it was."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines import packing
from indexer.engines.lexicon import Lexicon
from indexer.engines.packing import PackedPostings, blocks, pack, places
from indexer.engines.rows import Rows, RowWriter, read_rows
from indexer.schema import Field

Row = dict[Field, list[int]]
OTHERS = [f"ord{number}nr" for number in range(40)]
WORDS = ("vold", "volden", "MOT", "mot", "åpen", "rus", "rusa", "kveld", "kvelden", "klubb", *OTHERS)
ROW = st.dictionaries(st.sampled_from(list(Field)), st.lists(st.integers(0, len(WORDS) - 1), max_size=12))
LEXICON = Lexicon.of(dict.fromkeys(WORDS, 1), {"mot": 1})


class Kept:
    """What an index keeps, in memory."""

    def __init__(self, rows: Rows, order: Sequence[int]) -> None:
        self._held = [dict(pack(rows, np.array(order, np.int32), *block)) for block in blocks(len(rows.document))]

    def read(self, shelves: Iterable[int]) -> list[tuple[int, int, bytes]]:
        return [(each, at, held[each]) for each in shelves for at, held in enumerate(self._held) if each in held]


def written(folder: Path, made: list[Row]) -> Rows:
    writer = RowWriter(folder)
    for row in made:
        writer.add(0, row)
    writer.close()
    return read_rows(folder)


def found(made: list[Row], folder: Path, asked: list[int]) -> dict[tuple[int, Field, int], float]:
    rows = written(folder, made)
    order = places(LEXICON)
    got = PackedPostings(Kept(rows, order.tolist()), LEXICON).read(np.array(asked, np.int32))
    items = zip(got.word.tolist(), got.field.tolist(), got.rows.tolist(), got.counts.tolist(), strict=True)
    pairs = [((asked[word], list(Field)[field], row), count) for word, field, row, count in items]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def expected(made: list[Row], asked: list[int]) -> dict[tuple[int, Field, int], float]:
    every = Counter((word, field, at) for at, row in enumerate(made) for field, held in row.items() for word in held)
    return {key: float(count) for key, count in every.items() if key[0] in asked}


@settings(max_examples=60)
@given(made=st.lists(ROW, min_size=1, max_size=30), asked=st.sets(st.integers(0, len(WORDS) - 1)))
def test_every_word_is_found_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, made: list[Row], asked: set[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "ROWS_A_BLOCK", 7)
        some = sorted(asked, key=hash)
        assert found(made, tmp_path_factory.mktemp("rows"), some) == expected(made, some)


@pytest.mark.parametrize("times", [1, 255, 256, 70_000])
def test_a_word_may_stand_any_number_of_times(tmp_path: Path, times: int) -> None:
    made = [{Field.BODY: [0] * times + [1]}, {Field.BODY: [1]}]
    assert found(made, tmp_path, [0, 1]) == expected(made, [0, 1])


def test_the_ends_of_a_block(tmp_path: Path) -> None:
    size = packing.ROWS_A_BLOCK
    made: list[Row] = [{} for _ in range(size + 2)]
    for at in (0, size - 1, size, size + 1):
        made[at] = {Field.TITLE: [3], Field.BODY: [3]}
    assert found(made, tmp_path, [3]) == expected(made, [3])


def test_each_word_has_a_place_of_its_own_beside_its_other_forms() -> None:
    order = places(LEXICON).tolist()
    assert sorted(order) == list(range(len(WORDS)))
    for word, form in (("vold", "volden"), ("kveld", "kvelden")):
        assert abs(order[WORDS.index(word)] - order[WORDS.index(form)]) == 1
