"""Say in words by what two records agree or differ."""

from collections.abc import Mapping

from schemas.i18n import UserMessage, _

WORDS: Mapping[str, Mapping[str, UserMessage]] = {
    "given_names": {
        "two_same": _("two given names are the same"),
        "two_part": _("two given names are the same; one record has more of them"),
        "two_sound": _("two given names sound alike, or are short forms"),
        "two_near": _("two given names, one of them misspelt"),
        "two_initial": _("two given names, one of them as an initial"),
        "same": _("same given names"),
        "part": _("same given name; one record has more of them"),
        "part_later": _("the only given name of one record is a later one of the other"),
        "sound": _("given names that sound alike, or a short form"),
        "near": _("given names one letter apart"),
        "initial": _("given name with the same initial"),
        "one_differs": _("one given name differs"),
        "differ": _("different given names"),
    },
    "surnames": {
        "both_same": _("both surnames are the same"),
        "both_sound": _("both surnames sound alike"),
        "both_near": _("both surnames, one of them misspelt"),
        "both_crossed": _("the same surnames in another order"),
        "exchanged": _("given names and surnames stand in each other's place"),
        "one_same": _("same surname; the second one is missing"),
        "one_sound": _("a surname that sounds alike; the second one is missing"),
        "one_near": _("a surname one letter apart; the second one is missing"),
        "one_crossed": _("the only surname of one record is the second one of the other"),
        "married": _("a surname that is the husband's in the other record"),
        "one_differs": _("one surname differs"),
        "one_differs_crossed": _("one surname agrees, but stands at another place; one differs"),
        "differ": _("different surnames"),
    },
    "birth": {
        "same": _("same date of birth"),
        "filler": _("both born on 1 January of one year, which often means unknown"),
        "swapped": _("date of birth with day and month exchanged"),
        "digit": _("date of birth with one digit different"),
        "part": _("date of birth that agrees in part"),
        "month": _("same month of birth"),
        "year": _("same year of birth"),
        "other_day": _("same year of birth, another day"),
        "near": _("years of birth at most two apart"),
        "far": _("years of birth far apart"),
        "generation": _("a generation apart"),
    },
    "document": {
        "same": _("same document"),
        "likely": _("same document number; its country or type is not certain"),
        "digit": _("document number with one digit different"),
        "differ": _("two different national numbers of one country"),
        "other_number": _("another document of the same type"),
    },
    "sex": {"same": _("same sex"), "differ": _("different sex")},
    "nationality": {"same": _("same nationality"), "differ": _("different nationality")},
    "birth_place": {
        "same": _("same place of birth"),
        "part": _("place of birth that agrees in part"),
        "differ": _("different place of birth"),
    },
    "phone": {"same": _("same telephone"), "differ": _("different telephones")},
    "alias": {"same": _("same alias")},
    "type": {"same": _("same type of object"), "differ": _("different type of object")},
    "materials": {
        "same": _("same materials and techniques"),
        "part": _("some of the materials and techniques are the same"),
        "differ": _("different materials and techniques"),
    },
    "measures": {
        "all_exact": _("all measures are the same"),
        "one_exact": _("one measure is the same"),
        "near": _("measures that differ by less than a tenth"),
        "some_differ": _("some measures differ"),
        "differ": _("different measures"),
    },
    "inscriptions": {
        "same": _("same inscription"),
        "part": _("inscription that agrees in part"),
        "differ": _("different inscription"),
    },
    "culture": {"same": _("same culture or school"), "differ": _("another culture or school")},
    "century": {"same": _("same century"), "differ": _("another century")},
    "description": {
        "equal": _("described in the same rare words"),
        "strong": _("described in many of the same rare words"),
        "part": _("described in some of the same rare words"),
        "weak": _("described in few of the same words"),
        "differ": _("described in other words"),
    },
    "relatives": {
        "sibling": _("may be a brother or sister"),
        "parent": _("may be parent and child"),
        "namesake": _("may be another person of the same name"),
        "household": _("may be another person of the household"),
    },
}
"""By feature and level."""


def feature_words(name: str, level: str) -> UserMessage | None:
    """Return the words of a feature's level; None for a level of a newer model."""
    return WORDS.get(name, {}).get(level)
