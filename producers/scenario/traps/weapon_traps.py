"""Weapons that resemble each other and are not the same, and records that need care.

Written apart from the matcher.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from producers.scenario.recording.noise import partial, typo
from producers.scenario.recording.officers import Officers
from producers.scenario.stories.plots import PlotStep
from producers.scenario.stories.record import SEIZURE, WEAPON, Tale
from producers.scenario.world.chance import pick
from producers.scenario.world.weapons import Weapon

PLACEHOLDERS = ("UNKNOWN", "NONE", "S/N", "0000", "SIN NUMERO", "DESCONOCIDO", "N/A", "NO TIENE")
OBLITERATED = ("LIMADO", "BORRADO", "OBLITERADO", "ILEGIBLE", "")
# whose serial, on whose weapon: numbers longer than the other maker's own, so that they are
# nobody's there.
OTHER_MAKES = (
    ("TAURUS", "GLOCK", "PISTOL"),
    ("TAURUS", "S&W", "REVOLVER"),
    ("NORINCO", "BERSA", "PISTOL"),
    ("REMINGTON", "MOSSBERG", "SHOTGUN"),
)
# make, type, other type and its model: all made in 9x19, so that only the type distinguishes them
OTHER_TYPES = (
    ("TAURUS", "PISTOL", "REVOLVER", "905"),
    ("S&W", "PISTOL", "REVOLVER", "940"),
    ("RUGER", "PISTOL", "RIFLE", "PC CARBINE"),
)
OTHER_CALIBRES = (
    ("NORINCO", "RIFLE", "308", "762x39"),
    ("TAURUS", "PISTOL", "9x19", "45acp"),
    ("BERSA", "PISTOL", "9x19", "380"),
    ("REMINGTON", "RIFLE", "308", "556"),
)
LOST_OR_REGISTERED = ("REGISTERED", "STOLEN", "LOST", "SEIZED")
LEGAL = (
    PlotStep(0, "REGISTERED", (500, 4000)),
    PlotStep(0, "EXPORTED", (60, 300)),
    PlotStep(1, "IMPORTED", (20, 55)),
    PlotStep(1, "REGISTERED", (0, 15)),
)


@dataclass(slots=True)
class Traps:
    """Each method lays one trap, ending on `day`, and records the truth about it."""

    officers: Officers

    def lay(self, name: str, day: int) -> Tale:
        """The trap called `name` (a key of KINDS)."""
        return KINDS[name](self, day)

    def _pair(self, name: str, weapon: Weapon, other: Weapon, day: int) -> Tale:
        """`one` lost, registered or seized in a country, `other` seized in the next."""
        officers, rng = self.officers, self.officers.rng
        start, end = officers.map.route(rng)
        before = day - 5 - int(rng.random() * 200)
        first = officers.record(
            weapon, pick(rng, LOST_OR_REGISTERED), officers.map.town(start, rng), before, light=True
        )
        form = SEIZURE if rng.random() < 0.4 else WEAPON
        second = officers.record(
            other, "SEIZED", officers.map.arrival(end, start, rng), day, form, light=True
        )
        return Tale(name, [first, second], True)

    def other_make(self, day: int) -> Tale:
        """The same serial on another make."""
        whose, on, kind = pick(self.officers.rng, OTHER_MAKES)
        return self._foreign("same-serial-other-make", whose, on, kind, day)

    def smi(self, day: int) -> Tale:
        """Two makes with similar names: SMI is not S&W."""
        return self._foreign("smi-is-not-s&w", "S&W", "SMI", "REVOLVER", day)

    def _foreign(self, name: str, whose: str, on: str, kind: str, day: int) -> Tale:
        armoury, rng = self.officers.armoury, self.officers.rng
        weapon = armoury.of(rng, [whose], kind)
        model = pick(rng, [m for m in armoury.models if m.make.name == on and m.type == kind])
        other = Weapon(model.make, kind, model.model, weapon.calibre, weapon.serial, weapon.pattern)
        return self._pair(name, weapon, other, day)

    def other_type(self, day: int) -> Tale:
        """The same serial and make, another type."""
        armoury, rng = self.officers.armoury, self.officers.rng
        make, kind, other_kind, model = pick(rng, OTHER_TYPES)
        weapon = replace(armoury.of(rng, [make], kind), calibre=armoury.calibres["9x19"])
        return self._pair(
            "same-serial-other-type", weapon, replace(weapon, type=other_kind, model=model), day
        )

    def other_calibre(self, day: int) -> Tale:
        """The same serial, make and type, calibres that do not go together."""
        armoury, rng = self.officers.armoury, self.officers.rng
        make, kind, calibre, other = pick(rng, OTHER_CALIBRES)
        weapon = replace(armoury.of(rng, [make], kind), calibre=armoury.calibres[calibre])
        return self._pair(
            "same-serial-other-calibre",
            weapon,
            replace(weapon, calibre=armoury.calibres[other]),
            day,
        )

    def consecutive(self, day: int) -> Tale:
        """The next number of the same make and type."""
        weapon = self._common()
        place = max(i for i in weapon.pattern.variable if weapon.serial[i].isdigit())
        digit = int(weapon.serial[place])
        return self._pair(
            "consecutive-serials",
            weapon,
            _with(weapon, place, str(digit + 1 if digit < 9 else 8)),
            day,
        )

    def other_letter(self, day: int) -> Tale:
        """The same number with another letter before or behind."""
        rng = self.officers.rng
        weapon = self.officers.armoury.of(rng, ["TAURUS", "S&W", "INDUMIL", "WALTHER", "ROSSI"])
        places = [i for i in weapon.pattern.variable if weapon.serial[i].isalpha()]
        place = pick(rng, places)
        return self._pair(
            "same-number-other-letter",
            weapon,
            _with(
                weapon,
                place,
                pick(rng, [c for c in weapon.pattern.alphabet(place) if c != weapon.serial[place]]),
            ),
            day,
        )

    def obliterated(self, day: int) -> Tale:
        """Filed off on both: the same make, type and calibre say nothing."""
        text = pick(self.officers.rng, OBLITERATED)
        return self._worded("obliterated", "obliterated", text, day)

    def placeholder(self, day: int) -> Tale:
        """UNKNOWN, S/N, 0000 on both."""
        return self._worded(
            "placeholder", "placeholder", pick(self.officers.rng, PLACEHOLDERS), day
        )

    def _worded(self, name: str, noise: str, text: str, day: int) -> Tale:
        weapon = self._common()
        tale = self._pair(name, weapon, self._fellow(weapon), day)
        for record in tale.records:
            record.serial, record.noise = text, [noise]
        return tale

    def illegible(self, day: int) -> Tale:
        """One weapon indeed, but three illegible positions are too many."""
        weapon = self._common()
        tale = self._pair("three-illegible", weapon, weapon, day)
        tale.records[1].serial, tale.records[1].noise = (
            partial(weapon, self.officers.rng, 3),
            ["illegible"],
        )
        return tale

    def legal_trade(self, day: int) -> Tale:
        """Registered and exported here, imported and registered there: nothing to report."""
        rng, officers = self.officers.rng, self.officers
        countries = officers.map.route(rng)
        weapon = officers.armoury.issue(countries[0], rng)
        records = [
            officers.record(
                weapon,
                step.status,
                officers.map.town(countries[step.who], rng),
                day - int(rng.uniform(*step.back)),
                light=True,
            )
            for step in LEGAL
        ]
        return Tale("legal-trade", records, True)

    def corrected_away(self, day: int) -> Tale:
        """Reported with another weapon's serial; the correction gives its own."""
        weapon = self._common()
        tale = self._pair("corrected-away", weapon, self._fellow(weapon), day)
        tale.records[1].corrected_from(serial=weapon.serial)
        return tale

    def corrected_to(self, day: int) -> Tale:
        """Reported with a wrong serial; the correction gives the right one, and the match appears."""
        weapon = self._common()
        tale = self._pair("corrected-to", weapon, weapon, day)
        tale.records[1].corrected_from(serial=typo(weapon, self.officers.rng))
        return tale

    def _common(self) -> Weapon:
        return self.officers.armoury.of(
            self.officers.rng, ["TAURUS", "BERSA", "ROSSI", "S&W", "GLOCK", "LLAMA", "INDUMIL"]
        )

    def _fellow(self, weapon: Weapon) -> Weapon:
        """Another weapon of the same make, type and calibre."""
        return replace(
            self.officers.armoury.of(self.officers.rng, [weapon.make.name], weapon.type),
            calibre=weapon.calibre,
        )


def _with(weapon: Weapon, place: int, mark: str) -> Weapon:
    return replace(weapon, serial=weapon.serial[:place] + mark + weapon.serial[place + 1 :])


KINDS: Mapping[str, Callable[[Traps, int], Tale]] = {
    "same-serial-other-make": Traps.other_make,
    "same-serial-other-type": Traps.other_type,
    "same-serial-other-calibre": Traps.other_calibre,
    "smi-is-not-s&w": Traps.smi,
    "consecutive-serials": Traps.consecutive,
    "same-number-other-letter": Traps.other_letter,
    "obliterated": Traps.obliterated,
    "placeholder": Traps.placeholder,
    "three-illegible": Traps.illegible,
    "legal-trade": Traps.legal_trade,
    "corrected-away": Traps.corrected_away,
    "corrected-to": Traps.corrected_to,
}
