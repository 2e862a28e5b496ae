"""Forms of one word in bokmål and nynorsk: each line is one word, found by any of its forms."""

from itertools import combinations

import pytest

from indexer.analysis import Splitter, word_keys
from indexer.analysis.nynorsk import canonical

NOTHING = Splitter({})

ONE_WORD = """
forebygge forebygger forebygde førebyggje førebyggjer førebyggja
forebyggende førebyggjande førebyggande
forebygging forebyggingen forebygginga førebygging førebygginga
kommune kommunen kommuner kommunene kommunar kommunane
skole skolen skoler skolene skule skulen skular skulane
vold volden vald valden
voldelig voldelige valdeleg valdelege
tjeneste tjenesten tjenester tjenestene teneste tenesta tenester tenestene
ungdom ungdommen ungdommer ungdommene ungdomar ungdomane
elev eleven elever elevene elevar elevane
lærer læreren lærere lærerne lærar læraren lærarar lærarane
forsker forskere forskerne forskar forskarar forskarane
innbygger innbyggere innbyggerne innbyggjar innbyggjarar innbyggjarane
løsning løsningen løsninger løsningene løysing løysinga løysingar løysingane
utfordring utfordringer utfordringar utfordringane
evaluering evalueringen evalueringa evalueringar
undersøkelse undersøkelsen undersøkelser undersøking undersøkinga undersøkingar
opplevelse opplevelsen opplevelser oppleving opplevinga opplevingar
ledelse ledelsen leiing leiinga
leder lederen ledere lederne leiar leiaren leiarar leiarane
veileder veiledere rettleiar rettleiarar
veiledning veiledningen rettleiing rettleiinga
mulighet muligheten muligheter mulighetene moglegheit moglegheita moglegheiter
offentlig offentlige offentleg offentlege
viktig viktige viktigere viktigst viktigste viktigare viktigast viktigaste
tidlig tidlige tidligere tidligst tidleg tidlege tidlegare tidlegast
vanlig vanligste vanleg vanlegaste
hjem hjemmet heim heimen
vei veien veier veg vegen vegar vegane
hovedmål hovudmål
innhold innholdet innhald innhaldet
opphold oppholdet opphald opphaldet
tilbud tilbudet tilbudene tilbod tilbodet tilboda
forbud forbudet forbod forbodet
lovbrudd lovbruddet lovbruddene lovbrot lovbrotet lovbrota
frafall frafallet fråfall fråfallet
samarbeid samarbeidet
sammenheng sammenhengen sammenhenger samanheng samanhengen samanhengar
påvirke påvirker påvirket påverke påverkar påverka
virkemiddel virkemidlet verkemiddel
virksomhet virksomheten virksomheter verksemd verksemda verksemder
sykdom sykdommen sjukdom sjukdommen
sykehus sykehuset sykehusene sjukehus sjukehuset sjukehusa
selvmord selvmordet sjølvmord sjølvmordet
vitenskap vitenskapen vitskap vitskapen
navn navnet navnene namn namnet namna
kilde kilder kildene kjelde kjelder kjeldene
økning økningen auking aukinga
arbeidsløs arbeidsløse arbeidslaus arbeidslause
følge følger følgje følgjer fylgje
søke søker søkte søkje søkjer
bygge bygger byggje byggjer
oppgave oppgaven oppgaver oppgåve oppgåva oppgåver
utgave utgaven utgåve utgåva
myndighet myndigheter myndighetene styresmakt styresmakter styresmaktene
anbefaling anbefalinger anbefalingene tilråding tilrådingar tilrådingane
bevegelse bevegelsen bevegelser rørsle rørsla rørsler
begrep begrepet begrepene omgrep omgrepet omgrepa
høyskole høyskolen høgskole høgskule høgskulen
mentor mentoren mentorer mentorar mentorane
program programmet programmer programma
mobbing mobbingen mobbinga
tiltak tiltaket tiltakene tiltaka
plan planen planer planene planar planane
ungdomsskole ungdomsskolen ungdomsskule ungdomsskulen
barnehage barnehagen barnehager barnehagane
kriminalitet kriminaliteten kriminalitetens
rusmiddel rusmidlet rusmidler rusmidla
overgrep overgrepet overgrepene overgrepa
trygghet tryggheten tryggleik tryggleiken
selv sjøl sjølv
skjerming skjermingen skjerminga
oppfølging oppfølgingen oppfølginga oppfølgingar
handling handlingen handlinger handlingar handlingane
effekt effekten effekter effektene effektar effektane
rettighet rettigheten rettigheter
årsak årsaken årsaker årsaka årsakene
familie familien familier familiar familiane
foreldre foreldrene foreldra
jente jenter jentene jenta
gutt gutten gutter guttene gut gutar gutane
hendelse hendelsen hendelser hending hendingar
melding meldingen meldinger melding meldinga meldingar
resultat resultatet resultater resultatene resultata
nettverk nettverket nettverkene nettverka
ansvar ansvaret
ansatt ansatte tilsett tilsette
voksen voksne vaksen vaksne
utenfor utanfor
sammen saman
måned måneder månad månader
uke uker veke veker
språk språket språka
innvandrer innvandrere innvandrar innvandrarar
flyktning flyktninger flyktningar flyktningane
bolig boliger bustad bustader
fengsel fengselet fengslet
straff straffen straffa straffer
dom dommen dommer
gjeng gjengen gjenger gjengar gjengane
kniv kniven kniver knivar
lov loven lover lovar
lokalsamfunn lokalsamfunnet lokalsamfunna
erfaring erfaringen erfaringer erfaringar røynsle røynsler
forskjell forskjellen forskjeller skilnad skilnaden skilnader
arbeidsmarked arbeidsmarkedet
undervisning undervisningen undervisninga
universitet universitetet universiteter
identitet identiteten
aktivitet aktiviteten aktiviteter aktivitetar aktivitetene
senter senteret
seminar seminaret
by byen byer byar byane
år året årene åra
"""  # fmt: skip
LINES = [line.split() for line in ONE_WORD.split("\n") if line]

APART = """
mann mani
politi politikk
rett ratt
vold volum
lov løv
skole skade
barn bærn
mål mal
plan plass
sak sekk
stønad støtte
aksel skulder
fyrste første
tyder betyr
trygghet sikkerhet
nytta brukte
effekt effektiv
handling handel
forsker forskrift
ansvar svar
politi politisk
"""


def stem(word: str) -> str:
    return word_keys(word, NOTHING).stem


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert sum(map(len, LINES)) >= 400


@pytest.mark.parametrize("forms", LINES, ids=lambda forms: forms[0])
def test_all_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    odd = {one: stem(one) for one in forms if stem(one) != stem(forms[0])}
    assert not odd, f"{forms[0]} is {stem(forms[0])}"


@pytest.mark.parametrize("pair", [line.split() for line in APART.split("\n") if line], ids=" ".join)
def test_different_words_have_different_stems(pair: list[str]) -> None:
    assert all(stem(one) != stem(other) for one, other in combinations(pair, 2))


@pytest.mark.parametrize(
    ("word", "same"),
    [("australia", "australia"), ("stadig", "stadig"), ("gjerne", "gjerne"), ("leie", "leie"), ("kvalitet", "kvalitet"),
     ("kvinne", "kvinne"), ("trasé", "trase"), ("høve", "forhold"), ("ikkje", "ikke")],
)  # fmt: skip
def test_what_the_common_spelling_is(word: str, same: str) -> None:
    assert canonical(word) == same
