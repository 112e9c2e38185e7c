"""What the records say in words: one story each, its crime by ICCS and a way of doing it.

In Spanish, as the officers write.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`crime`: ICCS code, as schemas/codes/crime.json has it; `title` of an incident; `text`.

    How it was done, or why it was reported.
    """

    crime: str
    title: str
    text: str


STORIES: dict[str, Words] = {
    "car-theft": Words(
        "05021", "Hurto de automotor", "Vehículo estacionado, forzado por la puerta del conductor"
    ),
    "car-robbery": Words(
        "0401", "Robo de vehículo a mano armada", "Interceptado en la vía por dos motocicletas"
    ),
    "car-found": Words("05021", "Automotor recuperado", "Hallado abandonado; devuelto a su dueño"),
    "extortion": Words(
        "02051",
        "Extorsión telefónica",
        "Llamadas y mensajes que exigen pagos semanales («vacunas») a comerciantes",
    ),
    "rustling": Words(
        "05025", "Abigeato", "Ganado cargado de noche en un camión, por trocha, hacia la frontera"
    ),
    "robbery": Words("0401", "Robo agravado", "Asalto a un local comercial"),
    "murder": Words("0101", "Homicidio", "Disparos desde una motocicleta"),
    "mining": Words(
        "10043",
        "Minería ilegal de oro",
        "Dragas y mercurio en el cauce; el oro sale por tierra y se declara en otro país",
    ),
    "migrants": Words(
        "08051", "Tráfico de migrantes", "Grupos llevados por trochas de noche, con cobro por tramo"
    ),
    "trafficking": Words(
        "0204",
        "Trata de personas",
        "Ofertas de trabajo falsas en redes sociales; retención de documentos",
    ),
    "drugs": Words("06012", "Tráfico de drogas", "Camión con doble fondo"),
    "arms": Words("09012", "Tráfico de armas", "Armas por piezas en encomiendas"),
    "laundering": Words(
        "07041",
        "Lavado de activos",
        "Depósitos fraccionados por debajo del umbral y retiro el mismo día",
    ),
    "gold-money": Words(
        "07041",
        "Lavado de activos de la minería ilegal",
        "Pagos por oro sin origen declarado a una comercializadora reciente",
    ),
    "remittances": Words(
        "07041",
        "Remesas sin relación conocida",
        "Muchos remitentes, un solo beneficiario, giros del mismo valor",
    ),
    "contraband": Words(
        "08041", "Contrabando", "Mercadería sin guía en vehículos pequeños («hormiga»)"
    ),
    "fugitive": Words("0101", "Requisitoria", "Orden de captura vigente"),
    "travel-ban": Words(
        "07041", "Impedimento de salida", "Orden de un juez mientras dura el proceso"
    ),
    "record": Words("0401", "Antecedentes", "Condena cumplida"),
    "missing": Words(
        "0204", "Persona desaparecida", "Vista por última vez en el terminal terrestre"
    ),
    "trace": Words("09012", "Rastreo de arma", "Se pide el último tenedor legal conocido"),
    "travel": Words("08041", "Tránsito", ""),
}
GROUPS = (
    "Los Caminantes",
    "La Ruta del Sur",
    "Los del Puente",
    "Banda El Cóndor",
    "Los Trocheros",
    "Clan del Altiplano",
    "Los Mineros del Madre",
    "La Línea Verde",
)  # made up
