"""What the four registries of lawful weapons export: permits, trade, destruction.

Their tables are made by hand in spreadsheets: titles above, totals below, a header of two rows,
dates in words. The mappings scenario-*.toml read them.
"""

from producers.scenario.files import columns as c

_KINDS = c.kind("PISTOLA", "REVOLVER", "FUSIL", "ESCOPETA", "SUBAMETRALLADORA")
_STATES = c.state("PARCIAL", "BORRADO", "SIN SERIE")

CO_REGISTRY = c.Form(
    "armas",
    "csv",
    "scenario-co-dccae-armas",
    (
        ("PERMISO", c.reference),
        (
            "NOVEDAD",
            c.status(
                REGISTERED="PERMISO VIGENTE",
                EXPORTED="EXPORTADA",
                IMPORTED="IMPORTADA",
                DESTROYED="FUNDIDA",
            ),
        ),
        ("CLASE", _KINDS),
        ("MARCA", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("No. SERIE", c.serial),
        ("ESTADO SERIE", _STATES),
        ("FECHA", c.one_of(c.day_in_words, c.backward("/"), c.day_and_short_month("-"))),
        ("COD DANE", c.code),
        ("MUNICIPIO", c.town),
    ),
    c.numbered("P{:08}"),
    encoding="latin-1",
    separator=";",
    timed=False,
    frame=c.Frame(
        titles=("MINISTERIO DE DEFENSA NACIONAL", "RELACIÓN DE ARMAS Y NOVEDADES 2018"),
        total="TOTAL REGISTROS",
    ),
)
EC_REGISTRY = c.Form(
    "armas",
    "xlsx",
    "scenario-ec-ccffaa-armas",
    (
        ("N° PERMISO", c.reference),
        (
            "NOVEDAD",
            c.status(
                REGISTERED="PERMISO DE TENENCIA",
                EXPORTED="EXPORTACIÓN",
                IMPORTED="IMPORTACIÓN",
                DESTROYED="DESTRUCCIÓN",
            ),
        ),
        ("TIPO", _KINDS),
        ("MARCA", c.make),
        ("MODELO", c.model),
        ("CALIBRE", c.calibre),
        ("SERIE", c.serial),
        ("ESTADO SERIE", _STATES),
        ("FECHA", c.one_of(c.backward("/"), c.day_and_short_month("-"))),
        ("PROVINCIA", c.code),
        ("CANTÓN", c.town),
    ),
    c.numbered("CA-2018-{:07}"),
    timed=False,
    frame=c.Frame(
        titles=("COMANDO CONJUNTO DE LAS FUERZAS ARMADAS", "Control de armas, año 2018"),
        total="TOTAL",
        note="Fuente: Sistema de control de armas",
    ),
)
PE_REGISTRY = c.Form(
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
        ("FECHA", c.one_of(c.backward("/"), c.day_in_words)),
    ),
    c.numbered("2018-{:08}-SUCAMEC"),
    encoding="latin-1",
    timed=False,
)
BO_REGISTRY = c.Form(
    "armas",
    "csv",
    "scenario-bo-reafuc-armas",
    (
        ("MATRICULA", c.reference),
        (
            "SITUACION",
            c.status(
                REGISTERED="MATRICULADA",
                EXPORTED="EXPORTADA",
                IMPORTED="INTERNADA",
                DESTROYED="DESTRUIDA",
            ),
        ),
        ("ARMA/TIPO", _KINDS),
        ("ARMA/MARCA", c.make),
        ("ARMA/MODELO", c.model),
        ("ARMA/CALIBRE", c.calibre),
        ("ARMA/SERIE", c.serial),
        ("ARMA/ESTADO SERIE", _STATES),
        ("FECHA", c.one_of(c.day_and_short_month("-"), c.backward("/"))),
        ("LUGAR/DEPTO", c.code),
        ("LUGAR/MUNICIPIO", c.title),
    ),
    c.numbered("REAFUC-{:08}"),
    separator=";",
    timed=False,
    frame=c.Frame(two_rows=True, total="TOTAL"),
)
