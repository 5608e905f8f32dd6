"""Writes ``examples/articles.csv``: a hundred short articles made by rule from a seed, for the notebooks.

No text of anybody else is used; people, places and outlets are invented. The same seed gives the same file:

    python examples/make_articles.py
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

PATH = Path(__file__).with_name("articles.csv")

WOMEN = [
    "Anne Berger",
    "Hélène Vasseur",
    "Inès Caradec",
    "Claire Aubry",
    "Fatou Diallo",
    "Louise Kermadec",
    "Nadia Roussel",
]
MEN = [
    "Jean Petit",
    "Paul Roux",
    "Karim Benali",
    "Luc Morvan",
    "Marc Delattre",
    "Yann Le Goff",
    "Pierre Garnier",
    "Hugo Lambert",
    "Thomas Weber",
    "Alain Fournier",
    "Bruno Marchal",
]
ROLES = {
    "f": ["la maire", "la présidente du club", "la directrice du lycée", "la députée", "l'architecte"],
    "m": ["le maire", "le président du club", "le directeur du port", "le député", "l'architecte"],
}
PLACES = ["Lens", "Brest", "Dole", "Vannes", "Tulle", "Albi"]
THINGS = ["la piscine", "le pont", "la gare", "le marché couvert", "la bibliothèque", "le stade"]
CLAIMS = [
    "les travaux dureront deux ans",
    "le budget sera tenu",
    "rien n'est encore décidé",
    "les habitants seront consultés",
    "la facture a doublé",
    "le chantier reprendra en mars",
]
SAYINGS = [
    "Nous avons tenu parole",
    "C'est une bonne nouvelle pour la ville",
    "Personne ne nous a écoutés",
    "Il faut regarder les chiffres en face",
    "Nous n'avons plus le temps d'attendre",
    "Je n'ai jamais vu un tel retard",
]
SCENES = [
    "La réunion a duré trois heures.",
    "Une centaine de personnes étaient présentes.",
    "Le dossier est ouvert depuis cinq ans.",
    "Le vote aura lieu lundi.",
]


def article(draw: random.Random, outlet: str) -> str:
    """One article of three or four paragraphs."""
    share = 0.45 if outlet == "Le Phare" else 0.25
    place, thing = draw.choice(PLACES), draw.choice(THINGS)
    people: list[tuple[str, str]] = []
    while len(people) < 2:
        gender = "f" if draw.random() < share else "m"
        person = (draw.choice(WOMEN if gender == "f" else MEN), gender)
        if person not in people:
            people.append(person)
    (first, g1), (second, g2) = people
    role = draw.choice(ROLES[g1])
    claims, sayings = draw.sample(CLAIMS, 3), draw.sample(SAYINGS, 2)
    pronoun = "elle" if g1 == "f" else "lui"
    title = "Mme" if g2 == "f" else "M."
    surname = second.split(" ", 1)[1]
    paragraphs = [
        f"À {place}, {role}, {first}, a annoncé mardi que {thing} fermerait pour l'hiver. {draw.choice(SCENES)}",
        f"« {sayings[0]} », a déclaré {first}. Selon {pronoun}, {claims[0]}.",
        f"{second} n'est pas de cet avis. « {sayings[1]} », a répondu {title} {surname}, qui affirme que {claims[1]}.",
    ]
    if draw.random() < 0.5:
        paragraphs.append(f"{draw.choice(SCENES)} D'après un rapport de la région, {claims[2]}.")
    return "\n\n".join(paragraphs)


def main() -> None:
    """Write the file."""
    draw = random.Random(7)
    with PATH.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "outlet", "date", "text"])
        for number in range(100):
            outlet = draw.choice(["Le Phare", "La Dépêche du Port"])
            day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            writer.writerow([f"art-{number:03}", outlet, day, article(draw, outlet)])


if __name__ == "__main__":
    main()
