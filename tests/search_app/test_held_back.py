"""A document with a page held back: the page says so, its original is not handed out."""

from dataclasses import replace

from corpus.errors import Reason
from corpus.model import Notice, PageStatus
from indexer.personal import without
from search_app import create_app
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries


def test_the_page_says_that_it_is_held_back_and_the_original_is_not_given(config, vocabulary):
    mentor, *others = (entry.record() for entry in entries())
    notices = (Notice(Reason.PERSONAL_DATA, 'fødselsnummer (1); released = ["2:abc"] shows the page', 2),)
    held = replace(
        mentor, document=replace(mentor.document, notices=notices), pages=without(mentor.pages, {2}), findings=()
    )
    address = f"/dok/{mentor.document.id}"
    client = create_app(config, FakeEngine([held, *others], vocabulary)).test_client()
    assert held.pages[1].status is PageStatus.HELD
    assert "Siden er holdt tilbake" in client.get(f"{address}/side/2").get_data(as_text=True)
    assert "Originalen vises ikke" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/original").status_code == 404
    whole = create_app(config, FakeEngine([mentor, *others], vocabulary)).test_client()
    with whole.get(f"{address}/original") as response:
        assert response.status_code == 200
