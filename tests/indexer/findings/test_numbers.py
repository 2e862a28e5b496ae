"""Numbers set against each other."""

import pytest

from corpus.model import Language
from indexer.findings.numbers import group_contrast, time_contrast
from indexer.findings.scene import set_scene

GROUPS = [
    ("Blant deltakerne ble 31 prosent siktet, mot 44 prosent i kontrollgruppen.", -1),
    ("I kontrollgruppen ble 44 prosent siktet, mot 31 prosent av deltakerne.", -1),
    ("Av deltakerne ble to av tre siktet, mot halvparten i kontrollgruppen.", 1),
    ("Deltakerne hadde 2,1 lovbrudd i snitt, mot 3,0 hos de andre.", -1),
    ("Etter 24 måneder var 88 av de 214 deltakerne siktet, mot 567 av 1 070 i kontrollgruppen.", -1),
    ("19 prosent av deltakerne og 19,2 prosent i kontrollgruppen ble siktet.", 0),
    ("Of the participants 12 per cent offended, against 20 per cent of the control group.", -1),
    ("Deltakerne gikk i 7. klasse, mot 8. klasse i kontrollgruppen.", None),
    ("Deltakerne ble fulgt fra 2015, mot 2018 i kontrollgruppen.", None),
    ("Av elevene ble 31 prosent siktet, mot 44 prosent året før.", None),
    ("Deltakerne fikk 5 timer, mot 3 dager i kontrollgruppen.", None),
    ("Deltakerne: 3 av 0, mot 4 av 5 i kontrollgruppen.", None),
]


@pytest.mark.parametrize(("text", "direction"), GROUPS)
def test_two_groups(text: str, direction: int | None) -> None:
    language = Language.EN if text.startswith("Of") else Language.NB
    contrast = group_contrast(set_scene(text, language))
    assert (contrast.direction if contrast else None) == direction


TIMES = [
    ("Andelen gikk fra 24 til 15 prosent.", -1),
    ("The share went from 15 per cent to 24.", 1),
    ("Prosjektet varte fra 2015 til 2018.", None),
    ("Ingen tall her.", None),
]


@pytest.mark.parametrize(("text", "direction"), TIMES)
def test_two_times(text: str, direction: int | None) -> None:
    contrast = time_contrast(set_scene(text, Language.NB))
    assert (contrast.direction if contrast else None) == direction
