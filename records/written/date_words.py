"""The words that dates are written with, in the languages that archives here write: without case, without dots."""

_MONTHS = (
    "january jan januar jänner janvier janv enero ene январь января янв",
    "february feb februar feber février févr fév febrero февраль февраля фев февр",
    "march mar märz mär mars marzo март марта мар",
    "april apr avril avr abril abr апрель апреля апр",
    "may mai mayo май мая",
    "june jun juni juin junio июнь июня июн",
    "july jul juli juillet juil julio июль июля июл",
    "august aug août agosto ago август августа авг",
    "september sep sept septembre septiembre setiembre сентябрь сентября сен сент",
    "october oct oktober okt octobre octubre октябрь октября окт",
    "november nov novembre noviembre ноябрь ноября ноя нояб",
    "december dec dezember dez décembre déc diciembre dic декабрь декабря дек",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
"""A month's name to its number: English, German, French, Spanish, Russian."""

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""A season to its number in EDTF (ISO 8601-2:2019, 4.8)."""

WEEKDAYS = frozenset({
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
})  # fmt: skip

FILLERS = frozenset({"the", "of", "de", "del", "г", "года", "год"})
"""Words within a date that say nothing of it: "the 2nd of March", "2 de marzo de 1965", "2 марта 1965 г."."""

UNDATED = frozenset({
    *("undated", "not dated", "no date", "without date", "nd", "n d", "sd", "s d", "sine dato", "date unknown"),
    *("unknown date", "unknown", "date not known", "undetermined", "uuuu", "na", "n/a", "?"),
    *("ohne datum", "undatiert", "od", "o d", "oj", "o j", "sans date", "non daté", "sin fecha", "s f", "sf"),
    *("без даты", "не датировано", "б д", "бд", "б/д"),
})  # fmt: skip
"""What stands for a date where there is none."""

ABOUT = (
    *("approximately", "approximate", "approx", "circa", "around", "about", "ca", "c", "etwa", "um", "vers"),
    *("environ", "env", "hacia", "около", "ок"),
)  # fmt: skip
"""Words before a date that is approximate."""

PERHAPS = ("probably", "prob", "possibly", "poss", "perhaps", "vermutlich", "wohl", "peut-être")
"""Words before a date that is uncertain."""

BEFORE = ("before", "not after", "no later than", "not later than", "prior to", "vor", "avant", "antes de", "до")
"""Words before the end of a range whose beginning is open."""

AFTER = ("after", "not before", "no earlier than", "not earlier than", "since", "nach", "après", "después de", "после")
"""Words before the beginning of a range whose end is open."""
