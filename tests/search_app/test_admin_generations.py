"""Generations in the browser, over a real index: one live, one kept, one that waits."""

import shutil
from dataclasses import replace

import pytest

from corpus.config import PublishConfig, Switch
from corpus.model import Language
from indexer.clearance import Clearance, Clearances, concerns
from indexer.difference import Changed, Difference, Fallen, Flipped, Length, Lost, Moved, Size
from indexer.engines import open_generations
from indexer.engines.search_engine import VERSIONS
from indexer.launch import Launcher
from indexer.pipeline import run
from search_app.admin import switching
from search_app.present.concerns import in_words
from tests.search_app.keeping import WHO, config_in, keeper, text_of

LIST = "/admin/generasjoner"
MENTOR = "# Mentor for unge\n\nMentorordningen reduserte tilbakefall fra 41 til 27 prosent blant unge lovbrytere.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An index folder with three generations: the first kept, the second live, the third waits."""
    root = tmp_path_factory.mktemp("made")
    config = config_in(root)
    for number, switch in enumerate((Switch.ALWAYS, Switch.ALWAYS, Switch.ASK)):
        (config.documents.folder / f"mentor-{number}.md").write_text(f"{MENTOR}{number}\n", encoding="utf-8")
        run(replace(config, publish=PublishConfig(switch=switch)))
    return root


@pytest.fixture(scope="module")
def kept(made):
    return keeper(config_in(made))


@pytest.fixture(autouse=True)
def as_made(made, tmp_path):
    """Everything in the index folder is as it was made, whatever a test did."""
    shutil.copytree(made / "index", tmp_path / "index")
    yield
    shutil.rmtree(made / "index")
    shutil.copytree(tmp_path / "index", made / "index")


@pytest.fixture
def names(kept):
    return open_generations(kept.config).names()


def live(kept):
    return open_generations(kept.config).standing().live


def send(kept, name, code=303, **form):
    return kept.post(f"{LIST}/{name}", code, **{"sure": "1", "reason": "derfor", "live": live(kept), **form})


def test_the_list_says_which_answers_and_which_waits(kept, names):
    words = text_of(kept.get(LIST))
    rows = [words.index(f"{name} {state}") for name, state in zip(names, ("Tatt", "Gjeldende", "Venter"), strict=True)]
    assert rows == sorted(rows, reverse=True)


def test_the_one_that_waits_shows_why_and_the_difference(kept, names):
    page = kept.get(f"{LIST}/{names[2]}")
    words = text_of(page)
    assert "Derfor venter den: Innstillingene sier at et menneske skal avgjøre." in words
    assert "Dokumenter 2 3" in words
    assert "Nye dokumenter: 1 mentor-2.md" in words
    assert f"Mot generasjon {names[1]}" in words
    assert page.count("<form") == 4


def test_publish(kept, names):
    answer = send(kept, names[2], act="publish")
    assert answer.location == f"{LIST}?gjort=publish"
    assert "Generasjonen er gjort gjeldende." in kept.get(answer.location)
    assert live(kept) == names[2]
    told = kept.audit()[-1]
    assert (told.by, told.action, told.told["why"]) == (WHO, "generation-publish", "derfor")
    assert (told.told["before"], told.told["after"]) == ({"live": names[1]}, {"live": names[2]})
    assert "3 dokumenter" in text_of(kept.get("/admin/dokumenter"))


def test_discard(kept, names):
    send(kept, names[2], act="discard")
    assert open_generations(kept.config).names() == names[:2]
    assert live(kept) == names[1]
    kept.get(f"{LIST}/{names[2]}", 404)
    assert kept.audit()[-1].action == "generation-discard"


def test_roll_back(kept, names):
    send(kept, names[0], act="rollback")
    assert live(kept) == names[0]
    assert kept.audit()[-1].action == "generation-rollback"
    words = text_of(kept.get(LIST))
    assert f"Generasjon {names[1]} er rullet tilbake." in words
    assert text_of(kept.get(f"{LIST}/{names[1]}")).count("Avgjør") == 0


def test_a_file_says_that_its_generation_waits_or_was_rolled_back(kept, names):
    page = "/admin/fil?sti=mentor-2.md"
    assert f"Den er med i generasjon {names[2]}, som er bygget og venter på et menneske." in text_of(kept.get(page))
    assert f"Generasjon {names[2]} er bygget og venter" in text_of(kept.get("/admin"))
    send(kept, names[2], act="publish")
    assert "Den er indeksert og kan finnes på nettstedet." in text_of(kept.get(page))
    send(kept, names[1], act="rollback")
    assert f"Den er med i generasjon {names[2]}, som et menneske har rullet tilbake." in text_of(kept.get(page))
    (kept.config.index.folder / "live").write_bytes(b"x")
    assert "som ikke svarer nå" in text_of(kept.get(page))
    assert "it names no generation" in kept.get("/admin")


@pytest.mark.parametrize(
    ("place", "form", "says"),
    [
        (2, {"act": "publish", "reason": " "}, "Skriv en begrunnelse."),
        (2, {"act": "publish", "sure": ""}, "Kryss av for at du mener det."),
        (2, {"act": "publish", "live": "another"}, "En annen generasjon er gjort gjeldende"),
        (2, {"act": "rollback"}, "Dette kan ikke gjøres"),
        (1, {"act": "discard"}, "Dette kan ikke gjøres"),
        (0, {"act": "publish"}, "Dette kan ikke gjøres"),
        (0, {"act": "tull"}, "Dette kan ikke gjøres"),
    ],
)
def test_what_is_not_carried_out(kept, names, place, form, says):
    log = len(kept.audit())
    answer = send(kept, names[place], 409 if "live" in form else 400, **form)
    assert says in answer.get_data(as_text=True)
    assert (live(kept), open_generations(kept.config).names(), len(kept.audit())) == (names[1], names, log)


def test_nothing_is_switched_while_a_run_is_at_work(kept, names, monkeypatch):
    monkeypatch.setattr(Launcher, "at_work", lambda self: 1)
    assert "En indeksering pågår." in send(kept, names[2], 409, act="publish").get_data(as_text=True)


def test_one_that_answers_wrongly_is_not_made_live(kept, names, monkeypatch):
    monkeypatch.setattr(switching, "faults_in", lambda *_: ("It holds 1 documents.",))
    page = send(kept, names[2], 409, act="publish", reason="vil <b>ha</b>").get_data(as_text=True)
    assert "It holds 1 documents." in page
    assert "vil &lt;b&gt;ha&lt;/b&gt;" in page
    assert live(kept) == names[1]


def test_a_damaged_one_is_not_made_live(kept, names):
    folder = open_generations(kept.config).folder(names[2])
    (folder / "records.sqlite").write_bytes(b"x")
    page = send(kept, names[2], 500, act="publish").get_data(as_text=True)
    assert "records.sqlite is not as it was built" in page
    (folder / "manifest.json").write_bytes(b"x")
    assert "Ødelagt" in kept.get(LIST)
    assert "Ødelagt" in kept.get(f"{LIST}/{names[2]}")


def test_a_standing_that_cannot_be_read_is_told(kept, names):
    (kept.config.index.folder / "live").write_bytes(b"x")
    assert "it names no generation" in kept.get(LIST)
    assert "it names no generation" in kept.get(f"{LIST}/{names[0]}")


def test_the_whole_difference_in_words(kept, names):
    difference = Difference(
        Size(5, 50, 9),
        Size(4, 44, 8),
        gained=("ny.pdf",),
        gone=("borte.pdf",),
        lost=(Lost("tapt.pdf", "password"), Lost("rar.pdf", "")),
        moved=(Moved("a.pdf", "b.pdf"),),
        pages=(Length("c.pdf", 10, 4),),
        shrunk=(Length("c.pdf", 12000, 900),),
        flipped=(Flipped("d.pdf", 3, "Det <virker>.", "virker", "skadelig"),),
        metadata=(Changed("e.pdf", "themes", "", "tilbakefall, rus"), Changed("e.pdf", "title", "Før", "Etter")),
        golden=(Fallen("mentor for ungdom", "f.pdf"),),
    )
    Clearances(kept.config.index.folder).save(Clearance(names[2], names[1], difference, ("Because.",)))
    words = text_of(kept.get(f"{LIST}/{names[2]}"))
    for told in (
        "Dokumenter 5 4",
        "Filer som er der, men ikke gir noe dokument lenger: 2 tapt.pdf Filen krever passord.",
        "«mentor for ungdom» finner ikke lenger f.pdf",
        "d.pdf , side 3: Virker → Skadelig «Det &lt;virker&gt;.»",
        "c.pdf : fra 12 000 til 900 tegn".replace(" 0", "\xa00"),
        "Tema: ingenting → Tilbakefall",
        "Tittel: Før → Etter",
        "c.pdf : 10 → 4",
        "a.pdf → b.pdf",
        "Nye dokumenter: 1 ny.pdf",
    ):
        assert " ".join(told.split()) in words


@pytest.mark.parametrize("language", Language)
def test_every_concern_has_words(language, app):
    files = tuple(f"{n}.pdf" for n in range(9))
    beyond = Difference(
        Size(9, 9, 9),
        Size(),
        gone=files,
        lost=tuple(Lost(file, "") for file in files),
        shrunk=tuple(Length(file, 9, 1) for file in files),
        flipped=tuple(Flipped(file, 1, "x", "virker", "skadelig") for file in files),
        metadata=tuple(Changed(file, "title", "a", "b") for file in files),
        golden=(Fallen("x", "1.pdf"),),
    )
    voice = app.extensions["hvavirker"].voice(language)
    told = [
        *concerns(beyond, PublishConfig(), ""),
        *concerns(None, PublishConfig(switch=Switch.ASK), ""),
        *concerns(None, PublishConfig(), "000001"),
    ]
    assert len(told) == 8
    words = [in_words(each, voice) for each in told]
    assert all(words)
    assert "9. " in words[0]
    assert "000001" in words[-1]
    assert in_words("It holds 1 documents.", voice) is None
    assert in_words("9 odd things; 2 are within the limits.", voice) is None


def test_nothing_kept_of_a_generation(kept, names):
    (kept.config.index.folder / "clearances" / f"{names[0]}.json").unlink()
    assert "Det fantes ingenting å sammenligne med." in kept.get(f"{LIST}/{names[0]}")


@pytest.mark.parametrize("name", ["000009-20261122T000000Z", "..", "lock"])
def test_a_generation_that_is_not_there(kept, name):
    kept.get(f"{LIST}/{name}", 404)
    send(kept, name, 404, act="publish")


def test_a_base_without_any_index(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "Ingen indeks er bygget ennå." in keeper(config_in(tmp_path / "empty")).get(LIST)


def test_only_a_form_of_ours_switches(kept, names):
    answer = kept.client.post(f"{LIST}/{names[2]}", data={"act": "publish", "sure": "1", "reason": "x", "csrf": "x"})
    assert answer.status_code == 403
    assert live(kept) == names[1]


def test_after_an_upgrade_the_pages_say_what_to_do_and_nothing_old_is_offered(made, names, monkeypatch):
    monkeypatch.setitem(VERSIONS, "schema", VERSIONS["schema"] + 1)
    upgraded = keeper(config_in(made))
    for address in ("/admin", "/admin/filer"):
        words = text_of(upgraded.get(address))
        assert "Programmet er oppgradert, og indeksen er laget av en annen utgave. Den er ikke ødelagt" in words
        assert "Noe er galt" not in words
        assert "Ingen indeks" not in words
    for address in ("/admin/indeksering", "/admin/opplasting", "/admin/logg"):
        assert upgraded.client.get(address).status_code == 200
    words = text_of(upgraded.get(LIST))
    assert f"{names[1]} Gjeldende Laget av en annen utgave" in words
    assert words.count("Laget av en annen utgave") == 3
    for name in names:
        assert 'name="act"' not in upgraded.get(f"{LIST}/{name}")
        assert "kan ikke gjøres" in text_of(send(upgraded, name, 400, act="publish").text)


def test_what_could_not_be_compared_is_told(kept, names):
    Clearances(kept.config.index.folder).save(Clearance(names[2], names[1]))
    words = text_of(kept.get(f"{LIST}/{names[2]}"))
    assert f"Generasjon {names[1]} var gjeldende, men kan ikke leses, og ingenting er notert om den." in words
