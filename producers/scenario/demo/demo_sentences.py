"""An indicator of the demo's story in one Spanish sentence, from what its released events say.

Pure.

It names dates, places, things and crimes; no name, number or account of anybody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from producers.scenario.files.columns import MONTHS
from schemas import words

WEAPONS = {
    "PISTOL": "una pistola",
    "REVOLVER": "un revólver",
    "RIFLE": "un fusil",
    "SHOTGUN": "una escopeta",
    "SUBMACHINE_GUN": "una subametralladora",
}
CARS = {"car": "un automóvil", "pickup": "una camioneta", "truck": "un camión", "bus": "un bus"}
SEIZED = {
    "drug": "droga",
    "weapon": "un arma",
    "cash": "dinero",
    "ammunition": "munición",
    "mineral": "mineral",
    "vehicle": "un vehículo",
}

Indicator = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with what its event says."""

    role: str
    country: str
    type: str
    day: datetime | None
    crime: str
    payload: Mapping[str, Any]


def sentence(indicator: Indicator, pieces: Sequence[Piece]) -> str:
    """In Spanish, from what the evidence says.

    The rule's own sentence where not enough of it is released.
    """
    tell = TELLERS.get(indicator["rule"])
    text = (
        tell(indicator, pieces)
        if tell is not None and len(pieces) == len(indicator["evidence"])
        else None
    )
    return text or str(indicator["sentence"]["es"])


def _wanted(_one: Indicator, pieces: Sequence[Piece]) -> str | None:
    pair = _pair(pieces, "wanted", "crossing")
    if pair is None:
        return None
    notice, crossed = pair
    order = (
        "con orden de captura de"
        if notice.payload["category"] == "requisitoria"
        else "que tiene prohibido salir de"
    )
    return f"Una persona {order} {_name(notice)} {_crossed(crossed)}, {_after(notice, crossed)} de la orden."


def _stolen_plate(_one: Indicator, pieces: Sequence[Piece]) -> str | None:
    pair = _pair(pieces, "stolen", "crossing")
    if pair is None:
        return None
    theft, crossed = pair
    car = next(
        (vehicle for vehicle in theft.payload["vehicles"] if vehicle["involvement"] == "STOLEN"),
        None,
    )
    if car is None:
        return None
    what = " ".join(filter(None, (CARS.get(car["kind"], "un vehículo"), car["make"], car["model"])))
    return f"{_capital(what)}, {_agree(what, 'robada')} en {_name(theft)}{_on(theft)}, {_crossed(crossed)}, {_after(theft, crossed)}."


def _case(indicator: Indicator, pieces: Sequence[Piece]) -> str | None:
    if indicator["kind"] == "ammunition_lot":
        return _lot(pieces)
    subject = {
        "document": "La misma persona",
        "plate": "El mismo vehículo",
        "imei": "El mismo equipo celular",
        "phone": "El mismo teléfono",
    }
    texts = list(dict.fromkeys(f"en {_told(piece)}" for piece in pieces))
    return f"{subject[indicator['kind']]} figura {_list(texts)}{_between(pieces)}."


def _lot(pieces: Sequence[Piece]) -> str:
    weapon = next(item["weapon"] for item in pieces[0].payload["items"] if item["weapon"])
    seized = _list([f"{_name(piece)} ({_date(piece)})" for piece in pieces])
    return f"Munición de un mismo lote ({weapon['make']}, calibre {weapon['calibre']}) fue incautada en {seized}."


def _account(_one: Indicator, pieces: Sequence[Piece]) -> str:
    bank = _bank(pieces)
    countries = _list(sorted({_name(piece) for piece in pieces}))
    return (
        f"Una misma cuenta{f' ({bank})' if bank else ''} mueve dinero que {len(pieces)} reportes "
        f"de {countries} señalan por "
        f"{_list(sorted({_crime(piece) for piece in pieces}))}{_between(pieces)}."
    )


def _bank(pieces: Sequence[Piece]) -> str:
    """Of the account that all the reports have."""
    named = [
        {
            _digits(account["number"]): account["institution"] or ""
            for account in _accounts(piece.payload)
        }
        for piece in pieces
    ]
    common = set.intersection(*(set(item) for item in named))
    names = [item[number] for number in sorted(common) for item in named if item[number]]
    return min(
        names, key=str.isupper, default=""
    )  # as it is written with small letters, where somebody did


def _accounts(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from payload.get("accounts") or ()
    for transaction in payload.get("transactions") or ():
        for side in ("from", "to"):
            if transaction[side] and transaction[side]["account"]:
                yield transaction[side]["account"]


def _stolen_weapon(_one: Indicator, pieces: Sequence[Piece]) -> str | None:
    pair = _pair(pieces, "lost", "seized")
    if pair is None:
        return None
    lost, seized = pair
    how = "robada" if lost.payload["status"] == "STOLEN" else "perdida"
    weapon = _weapon(lost)
    text = f"{_agree(weapon, 'incautada')} en {_where(seized)}"
    return f"{_capital(weapon)}, {_agree(weapon, how)} en {_name(lost)}{_on(lost)}, fue {text}, {_after(lost, seized)}."


def _registered_weapon(_one: Indicator, pieces: Sequence[Piece]) -> str | None:
    pair = _pair(pieces, "registered", "seized")
    if pair is None:
        return None
    registered, seized = pair
    weapon = _weapon(registered)
    since = f" desde {registered.day.year}" if registered.day else ""
    text = f"{_agree(weapon, 'incautada')} en {_where(seized)}{_on(seized)}"
    return f"{_capital(weapon)} con registro legal en {_name(registered)}{since} fue {text}."


def _traced(_one: Indicator, pieces: Sequence[Piece]) -> str | None:
    query = next((piece for piece in pieces if piece.role == "asked"), None)
    known = [
        piece
        for piece in pieces
        if piece.role == "known" and query and piece.country != query.country
    ]
    if query is None or not known:
        return None
    answered = any(piece.type == "trace_result" for piece in known)
    weapon = _weapon(query)
    end = "y respondió quién fue su último tenedor legal" if answered else "y aún no ha respondido"
    it = "la" if weapon.startswith("una ") else "lo"
    return f"{_name(query)} preguntó{_on(query)} de quién fue {weapon}: {_name(known[0])} {it} tiene en sus registros {end}."


def _known_weapon(_one: Indicator, pieces: Sequence[Piece]) -> str:
    weapon = _weapon(pieces[0])
    text = _list(
        list(
            dict.fromkeys(
                f"{_name(piece)} ({words.value('weapon_status', _status(piece), 'es').lower()})"
                for piece in pieces
            )
        )
    )
    return f"{_capital(weapon)} consta a la vez en {text}."


TELLERS: Mapping[str, Callable[[Indicator, Sequence[Piece]], str | None]] = {
    "wanted-person-at-crossing": _wanted,
    "stolen-plate-at-crossing": _stolen_plate,
    "thing-in-two-countries": _case,
    "phone-in-two-countries": _case,
    "account-in-two-countries": _account,
    "stolen-weapon-seized-abroad": _stolen_weapon,
    "registered-weapon-seized-abroad": _registered_weapon,
    "weapon-traced": _traced,
    "weapon-in-two-countries": _known_weapon,
}


def _pair(pieces: Sequence[Piece], first: str, second: str) -> tuple[Piece, Piece] | None:
    """The first two of these roles and of different countries."""
    return next(
        (
            (a, b)
            for a in pieces
            if a.role == first
            for b in pieces
            if b.role == second and b.country != a.country
        ),
        None,
    )


def _told(piece: Piece) -> str:
    """Where the thing turned up."""
    country, payload = _name(piece), piece.payload
    if piece.type == "person_notice":
        return (
            f"una orden de captura de {country}"
            if payload["category"] == "requisitoria"
            else f"los antecedentes de {country}"
        )
    if piece.type == "seizure":
        return f"una incautación de {_list([SEIZED.get(item['what'], 'bienes') for item in payload['items']])} en {country}"
    kinds = {
        "crime_incident": "un caso",
        "suspicious_flow": "un reporte financiero",
        "threat_report": "un informe de amenaza",
    }
    return f"{kinds.get(piece.type, 'un registro')} de {_crime(piece)} en {country}"


def _crossed(piece: Piece) -> str:
    where = f" por {piece.payload['crossing']}" if piece.payload.get("crossing") else ""
    verb = "entró a" if piece.payload["direction"] == "ENTRY" else "salió de"
    return f"{verb} {_name(piece)}{where}{_on(piece)}"


def _where(piece: Piece) -> str:
    place = piece.payload.get("place") or piece.payload.get("found") or {}
    town = place.get("municipality")
    return f"{town} ({_name(piece)})" if town else _name(piece)


def _weapon(piece: Piece) -> str:
    items = piece.payload.get("items") or [piece.payload]
    entry = next(item["weapon"] for item in items if item.get("weapon"))
    return " ".join(
        filter(None, (WEAPONS.get(entry["type"], "un arma"), entry["make"], entry["model"]))
    )


def _status(piece: Piece) -> str:
    return str(piece.payload.get("status", "SEIZED"))


def _crime(piece: Piece) -> str:
    return words.value("crime", piece.crime, "es").lower()


def _name(piece: Piece) -> str:
    return words.value("country", piece.country, "es")


def _agree(noun: str, participle: str) -> str:
    return participle if noun.startswith("una ") else f"{participle[:-1]}o"


def _date(piece: Piece) -> str:
    return (
        "sin fecha"
        if piece.day is None
        else f"{piece.day.day} de {MONTHS[piece.day.month - 1]} de {piece.day.year}"
    )


def _on(piece: Piece) -> str:
    return "" if piece.day is None else f" el {_date(piece)}"


def _after(first: Piece, second: Piece) -> str:
    if first.day is None or second.day is None:
        return "en fecha no anotada"
    days = (second.day.date() - first.day.date()).days
    return {0: "el mismo día", 1: "un día después"}.get(days, f"{days} días después")


def _between(pieces: Sequence[Piece]) -> str:
    days = [piece.day for piece in pieces if piece.day is not None]
    apart = (max(days).date() - min(days).date()).days if len(days) > 1 else 0
    return f", con {apart} días entre lo primero y lo último" if apart > 1 else ""


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isalnum()).lstrip("0")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} y {parts[-1]}"
