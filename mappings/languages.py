"""Languages as readers know them, and as ISO 639-2 writes them, in the codes of MODS and MARC (`chi`, `ger`).

A record holds languages as BCP 47 tags. ISO 639-2 knows only some of them: a language of ISO 639-3 has no code here
rather than a wrong one.
"""

from functools import lru_cache

import langcodes

_THREE_LETTERS_ONLY = (
    "ace ach ada ady afa afh ain akk ale alg alt ang anp apa arc arn arp art arw ast ath aus awa bad bai bal ban bas "
    "bat bej bem ber bho bik bin bla bnt bra btk bua bug byn cad cai car cau ceb cel chb chg chk chm chn cho chp chr "
    "chy cmc cnr cop cpe cpf cpp crh crp csb cus dak dar day del den dgr din doi dra dsb dua dum dyu efi egy eka elx "
    "enm ewo fan fat fil fiu fon frm fro frr frs fur gaa gay gba gem gez gil gmh goh gon gor got grb grc gsw gwi hai "
    "haw hil him hit hmn hsb hup iba ijo ilo inc ine inh ira iro jbo jpr jrb kaa kab kac kam kar kaw kbd kha khi kho "
    "kmb kok kos kpe krc krl kro kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man map mas "
    "mdf mdr men mga mic min mis mkh mnc mni mno moh mos mul mun mus mwl mwr myn myv nah nai nap nds new nia nic niu "
    "nog non nqo nso nub nwc nym nyn nyo nzi osa ota oto paa pag pal pam pap pau peo phi phn pon pra pro raj rap rar "
    "roa rom rup sad sah sai sal sam sas sat scn sco sel sem sga sgn shn sid sio sit sla sma smi smj smn sms snk sog "
    "son srn srr ssa suk sus sux syc syr tai tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tup tut tvl tyv udm "
    "uga umb und vai vot wak wal war was wen xal yao yap ypk zap zbl zen zgh znd zun zxx zza"
)
"""The codes of ISO 639-2 for languages that ISO 639-1 has no two letters for (Debian iso-codes 4.15)."""

_CODES = frozenset(_THREE_LETTERS_ONLY.split())


@lru_cache(maxsize=4096)
def iso639_2b(tag: str) -> str | None:
    """Return the ISO 639-2/B code of a BCP 47 tag's language, or None if that standard has none for it.

    Args:
        tag: a canonical BCP 47 tag, such as `zh`, `sr-Latn` or `yue`.
    """
    language = tag.split("-", 1)[0]
    if len(language) == 2:
        return langcodes.Language.get(language).to_alpha3(variant="B")
    return language if language in _CODES else None


def plain_code(tag: str) -> str | None:
    """Return the ISO 639-2/B code of a tag if it says all that the tag says: not of `sr-Latn`, which names a script."""
    return None if "-" in tag else iso639_2b(tag)


@lru_cache(maxsize=4096)
def language_name(tag: str) -> str:
    """Return the English name of a language tag: `zh` is Chinese."""
    return langcodes.Language.get(tag).display_name()
