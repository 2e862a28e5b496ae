"""Which words tell a reader that a document is a sample?"""

from corpus.model import Language

NOTICES = {
    Language.NB: "Eksempeldokument skrevet for Hva virker. Innholdet er oppdiktet.",
    Language.NN: "Eksempeldokument skrive for Hva virker. Innhaldet er oppdikta.",
    Language.EN: "Sample document written for Hva virker. The content is invented.",
}
CONTENTS = {Language.NB: "Innhold", Language.NN: "Innhald", Language.EN: "Contents"}
NOTES = {Language.NB: "Noter", Language.NN: "Notar", Language.EN: "Notes"}
PAGE = {Language.NB: "Side", Language.NN: "Side", Language.EN: "Page"}
