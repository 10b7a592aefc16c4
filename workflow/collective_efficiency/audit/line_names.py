"""What the name of a row or column says of its numbers, in the languages of Latin America and Europe, and some more.

Names are compared in plain Latin letters, so that an accent more or less, or another script, is no matter.
"""

import re
from functools import cache

from anyascii import anyascii


def _words(*languages: str) -> frozenset[str]:
    return frozenset(word for words in languages for word in words.split())


_SUMMARY_WORDS = _words(
    "total totals totalled grandtotal subtotal subtotals sum sums average averages avg mean overall",  # English
    "totales subtotales suma sumas sumatoria promedio promedios prom",  # Spanish
    "totais subtotais soma somas somatorio",  # Portuguese
    "totaux somme sommes moyenne moyennes moy",  # French
    "gesamt insgesamt gesamtsumme summe summen zwischensumme zusammen durchschnitt mittelwert mittel",  # German
    "totale totali somma complessivo",  # Italian
    "totaal subtotaal som gemiddelde summa totalt genomsnitt gennemsnit gjennomsnitt medelvarde",  # Dutch, Nordic
    "razem lacznie srednia celkem soucet prumer toplam ortalama",  # Polish, Czech, Turkish
    "itogo vsego srednee heji zongji pingjun",  # Russian, Chinese
)
_SUMMARY_WORDS_AT_FIRST = _words("all todos todas tous toutes alle tutti tutte ensemble tot")
_SUMMARY_WORDS_ALONE = _words("media medias medie means")
_SIGNS = ("Σ", "∑", "Ø", "x̄")
_OF_ALL = _words(  # beside which `media` is a mean
    "general geral global aritmetica ponderada simple simples anual nacional sectorial setorial sector setor",
    "sectores setores del de do da dos das la el los las",
)
_SHARE_WORDS = _words(
    "pct perc percent percentage percentages percents cent share shares proportion proportions",
    "porcentaje porcentajes porcentual ciento porcentagem porcento percentual cento participacion participacao",
    "pourcentage pourcentages prozent prozente anteil anteile percentuale quota quote aandeel procent",
)


@cache
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name in small plain letters.

    >>> plain_words("Média_geral (2004)")
    ('media', 'geral')
    """
    return tuple(re.findall("[a-z]+", anyascii(name).lower()))


def is_summary_name(name: str) -> bool:
    """Whether a name says that a row or column is a total or a mean.

    Words that mean other things, too, count only where no other thing is named (the media, market access).

    >>> names = ("Gesamt", "Grand total", "Média geral", "All clusters", "media_access", "overalls", "labour_market")
    >>> [is_summary_name(name) for name in names]
    [True, True, True, True, False, False, False]
    """
    words = plain_words(name)
    if not words or name.strip() in _SIGNS:
        return name.strip() in _SIGNS
    alone = set(words) - _OF_ALL
    return bool(
        _SUMMARY_WORDS & set(words) or words[0] in _SUMMARY_WORDS_AT_FIRST or (alone and alone <= _SUMMARY_WORDS_ALONE)
    )


def is_share_name(name: str) -> bool:
    """Whether a name says that the numbers are shares of a whole.

    >>> [is_share_name(name) for name in ("Market share", "% of exports", "pct", "Participação", "shareholders")]
    [True, True, True, True, False]
    """
    return "%" in name or bool(_SHARE_WORDS & set(plain_words(name)))
