"""Say what the features of a finding are called. Pure."""

from __future__ import annotations

from schemas.i18n import UserMessage, _, pgettext

FEATURES = {  # of the rules' weights; another one is shown by its name
    "certain": pgettext("weight", "certain"),
    "possible": pgettext("weight", "possible"),
    "calibre": _("calibre"),
    "recorded": _("recorded"),
    "lost": _("lost"),
    "seized": _("seized"),
    "registered": _("registered"),
    "exported": _("exported"),
    "case": _("in a case"),
    "reported": _("reported"),
    "wanted": _("wanted"),
    "crossing": _("border crossing"),
    "stolen": _("stolen"),
    "recovered": _("recovered"),
    "asked": _("trace requested"),
    "known": _("known"),
    "found": _("found"),
    "listed": _("on a list"),
    "met": _("in a record"),
}


def feature_message(name: str) -> UserMessage:
    """Say what a weight stands for; its name where nothing more is known."""
    return FEATURES.get(name) or UserMessage("{name}", (("name", name),))
