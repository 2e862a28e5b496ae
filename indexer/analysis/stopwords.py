"""Which words of a question say nothing of what is asked for?

Function words and question words in bokmål, nynorsk and English. They are indexed like all words and
only left out of a query that also holds other words.
"""

from functools import cache

_BOKMAAL = """
alle alt altså andre annen annet at av bare begge ble blei bli blir blitt både da de deg dem den denne der dere deres
derfor det dette di din disse ditt du dog ei eller en enn er et ett etter for fordi fra få får før går ha hadde han
hans har hel hele helst hennes her hos hun hva hvem hver hverandre hvert hvilke hvilken hvilket hvis hvor hvordan
hvorfor hvorvidt i ikke imot ingen innen inntil ja jeg jo kan kom kunne man mange med meg mellom men mens mer mest min
mine mitt mot mye må måtte ned nei noe noen nå når og også om opp oss over på samme sa seg selv ser si siden sin sine
sist sitt skal skulle slik som så sånn til um under ut uten var vi vil ville vår være vært vårt via ved å heter het
finnes fins gjør gjøre gjort gjelder gjennom blant ift ifm
"""
_NYNORSK = """
ikkje eg me dykk dei ho kva kven kvar kvart kor korleis kvifor kvarandre nokon nokre noko nokor mykje meir berre då no
òg frå utan innan sidan medan vere vera vore vart blei verte vert vorte gjere gjera gjer gjort kjem eit ei ein eitt
hjå sjølv korkje anten difor heiter heitte finst finnast dykkar hennar deira honom henne dess desse ditt dine enno kvi
kunna skulle somme somt sia sjå slik so vort vil ville kvilken kvilke kvilket anna annan andre hans hennes ha hadde
har hev heile
"""
_ENGLISH = """
a about after all also an and any are as at be been being but by can could did do does during each for from had has
have he her him his how i if in into is it its me more most my no nor not of on or our out over own she should so some
such than that the their them then there these they this those through to too under up very was we were what when
where which while who whom why will with would you your
"""


def is_stop_word(word: str) -> bool:
    """Whether a word in small letters is a function word or a question word in any of the three languages."""
    return word in _all()


@cache
def _all() -> frozenset[str]:
    return frozenset((_BOKMAAL + _NYNORSK + _ENGLISH).split())
