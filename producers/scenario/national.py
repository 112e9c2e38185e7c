"""How each country's system exports: its files, columns, words, dates, units and codes. The mappings scenario-*.toml read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from producers.scenario import columns as c
from producers.scenario.record import SEIZURE, WEAPON


@dataclass(frozen=True, slots=True)
class Node:
    """A country's system."""

    name: str
    country: str
    authority: str
    forms: Mapping[str, c.Form]


CO_WEAPONS = c.Form(
    "armas",
    "json",
    "scenario-co-ponal-armas",
    (
        ("numero_noticia", c.reference),
        (
            "estado",
            c.status(
                REGISTERED="REGISTRADA",
                EXPORTED="EXPORTADA",
                IMPORTED="IMPORTADA",
                LOST="PERDIDA",
                STOLEN="HURTADA",
                TRAFFICKED="TRAFICADA",
                SEIZED="INCAUTADA",
                DESTROYED="DESTRUIDA",
            ),
        ),
        ("clase_de_arma", c.kind("PISTOLA", "REVOLVER", "FUSIL", "ESCOPETA", "SUBAMETRALLADORA")),
        ("marca", c.make),
        ("modelo", c.model),
        ("calibre", c.calibre),
        ("numero_serie", c.serial),
        ("estado_serie", c.state("PARCIAL", "BORRADO", "SIN SERIE")),
        ("fecha", lambda r: f"{c.iso(r)}T{c.clock(r)}:00.000"),
        ("c_digo_dane", c.code),
        ("municipio", lambda r: f"{r.place.municipality} (CT)" if r.place.code.endswith("001000") else r.place.municipality),
        ("sitio", c.post("PUESTO FRONTERIZO")),
    ),
    c.nunc(60),
)
CO_SEIZURES = c.Form(
    "incautaciones",
    "csv",
    "scenario-co-ponal-incautaciones",
    (
        ("NUNC", c.reference),
        ("FECHA", c.iso),
        ("HORA", c.clock),
        ("COD_DANE", c.code),
        ("MUNICIPIO", c.town),
        ("SITIO", c.post("PUESTO FRONTERIZO")),
        ("ELEMENTO", c.what("ESTUPEFACIENTE", "ARMA DE FUEGO", "DINERO")),
        ("SUSTANCIA", c.substance("COCAINA", "BASE DE COCA", "MARIHUANA")),
        ("CANTIDAD", c.amount_co),
        ("UNIDAD", c.unit_co),
        ("CLASE_ARMA", c.kind("PISTOLA", "REVOLVER", "FUSIL", "ESCOPETA", "SUBAMETRALLADORA")),
        ("MARCA", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("SERIE", c.serial),
    ),
    c.nunc(61),
)
EC_WEAPONS = c.Form(
    "armas",
    "csv",
    "scenario-ec-policia-armas",
    (
        ("Parte", c.reference),
        ("Fecha", c.backward("/")),
        ("Hora", c.clock),
        (
            "Novedad",
            c.status(
                REGISTERED="Registrada",
                EXPORTED="Exportada",
                IMPORTED="Importada",
                LOST="Extraviada",
                STOLEN="Robada",
                TRAFFICKED="Traficada",
                SEIZED="Decomisada",
                DESTROYED="Destruida",
            ),
        ),
        ("Tipo", c.kind("Pistola", "Revólver", "Fusil", "Escopeta", "Subametralladora")),
        ("Marca", c.make),
        ("Modelo", c.model),
        ("Calibre", c.calibre),
        ("Serie", c.serial),
        ("Estado serie", c.state("Parcial", "Limada", "Sin serie")),
        ("Provincia", c.code),
        ("Cantón", c.title),
        ("Lugar", c.post("Control migratorio")),
        ("Latitud", c.degrees(True, ",")),
        ("Longitud", c.degrees(False, ",")),
    ),
    c.numbered("PN-2018-{:07}"),
    separator=";",
)
EC_SEIZURES = c.Form(
    "decomisos",
    "csv",
    "scenario-ec-policia-decomisos",
    (
        ("Parte", c.reference),
        ("Fecha", c.backward("/")),
        ("Provincia", c.code),
        ("Cantón", c.title),
        ("Lugar", c.post("Control migratorio")),
        ("Indicio", c.what("Droga", "Arma de fuego", "Dinero")),
        ("Sustancia", c.substance("Clorhidrato de cocaína", "Pasta base de cocaína", "Marihuana")),
        ("Peso kg", c.kilograms(",")),
        ("Valor USD", c.cash(1, ",")),
        ("Tipo", c.kind("Pistola", "Revólver", "Fusil", "Escopeta", "Subametralladora")),
        ("Marca", c.make),
        ("Modelo", c.model),
        ("Calibre", c.calibre),
        ("Serie", c.serial),
    ),
    c.numbered("DEC-2018-{:07}"),
    separator=";",
)
PE_WEAPONS = c.Form(
    "armas",
    "csv",
    "scenario-pe-sucamec-armas",
    (
        ("EXPEDIENTE", c.reference),
        (
            "SITUACIÓN",
            c.status(
                REGISTERED="VIGENTE",
                EXPORTED="EXPORTADA",
                IMPORTED="INTERNADA",
                LOST="PERDIDA",
                STOLEN="ROBADA",
                TRAFFICKED="TRÁFICO ILÍCITO",
                SEIZED="INCAUTADA",
                DESTROYED="DESTRUIDA",
            ),
        ),
        ("TIPO_ARMA", c.kind("PISTOLA", "REVÓLVER", "FUSIL", "ESCOPETA", "SUBFUSIL")),
        ("FABRICANTE", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("NRO_SERIE", c.serial),
        ("OBSERVACIÓN", c.state("SERIE ILEGIBLE EN PARTE", "SERIE LIMADA", "SIN NÚMERO")),
        ("UBIGEO", c.code),
        ("DISTRITO", c.town),
        ("FECHA", c.backward("/")),
    ),
    c.numbered("2018-{:08}-SUCAMEC"),
    encoding="latin-1",
)
PE_SEIZURES = c.Form(
    "incautaciones",
    "csv",
    "scenario-pe-sucamec-incautaciones",
    (
        ("ACTA", c.reference),
        ("FECHA_HORA", lambda r: f"{'.'.join(reversed(c.day(r.day)))} {c.clock(r)}"),
        ("UBIGEO", c.code),
        ("DISTRITO", c.town),
        ("PUESTO", c.post("Complejo fronterizo")),
        ("ESPECIE", c.what("DROGA", "ARMA", "DINERO")),
        ("DROGA", c.substance("CLORHIDRATO DE COCAÍNA", "PBC", "CANNABIS SATIVA")),
        ("PESO_KG", c.kilograms(".")),
        ("MONTO_SOLES", c.cash(3.3)),
        ("TIPO_ARMA", c.kind("PISTOLA", "REVÓLVER", "FUSIL", "ESCOPETA", "SUBFUSIL")),
        ("FABRICANTE", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("NRO_SERIE", c.serial),
    ),
    c.numbered("ACTA-2018-{:07}"),
)
BO_WEAPONS = c.Form(
    "weapons",
    "jsonl",
    "scenario-bo-felcn-weapons",
    (
        ("case", c.reference),
        (
            "status",
            c.status(
                REGISTERED="registered",
                EXPORTED="exported",
                IMPORTED="imported",
                LOST="lost",
                STOLEN="stolen",
                TRAFFICKED="trafficked",
                SEIZED="confiscated",
                DESTROYED="destroyed",
            ),
        ),
        ("type", c.kind("pistol", "revolver", "rifle", "shotgun", "submachine gun")),
        ("manufacturer", c.make),
        ("model", c.model),
        ("caliber", c.calibre),
        ("serial_no", c.serial),
        ("serial_condition", c.state("partial", "defaced", "none")),
        ("date", lambda r: f"{c.iso(r)} {c.clock(r)}"),
        ("department", c.code),
        ("municipality", c.title),
        ("checkpoint", c.post("Checkpoint")),
        ("lat", c.degrees(True)),
        ("lon", c.degrees(False)),
    ),
    c.numbered("FELCN-W-{:07}/2018"),
)
BO_SEIZURES = c.Form(
    "secuestros",
    "csv",
    "scenario-bo-felcn-secuestros",
    (
        ("NRO_CASO", c.reference),
        ("FECHA", c.backward("-")),
        ("DEPTO", c.code),
        ("MUNICIPIO", c.title),
        ("TRANCA", c.post("Tranca")),
        ("RUBRO", c.what("SUSTANCIA", "ARMA", "DINERO")),
        ("SUSTANCIA", c.substance("CLORHIDRATO", "BASE", "MARIHUANA")),
        ("GRAMOS", lambda r: str(int(r.quantity)) if r.what == "drug" else ""),
        ("BOLIVIANOS", c.cash(6.9)),
        ("ARMA", c.kind("PISTOLA", "REVOLVER", "FUSIL", "ESCOPETA", "SUBAMETRALLADORA")),
        ("MARCA", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("SERIE", c.serial),
    ),
    c.numbered("FELCN-S-{:07}/2018"),
    separator="\t",
)

NODES = (
    Node("co-ponal", "CO", "PONAL", {WEAPON: CO_WEAPONS, SEIZURE: CO_SEIZURES}),
    Node("ec-policia", "EC", "POLICIA", {WEAPON: EC_WEAPONS, SEIZURE: EC_SEIZURES}),
    Node("pe-sucamec", "PE", "SUCAMEC", {WEAPON: PE_WEAPONS, SEIZURE: PE_SEIZURES}),
    Node("bo-felcn", "BO", "FELCN", {WEAPON: BO_WEAPONS, SEIZURE: BO_SEIZURES}),
)
