"""What was recognised: a name, and the transformation that takes the named charges to the given ones.

Key results
-----------
Match : charges of the Standard Model that are a named solution
SetMatch : charges of a pure U(1) that are a named set
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.exact import to_sympy
from anomalies.literature.named_solutions import FieldCharges, NamedFamily, NamedSet, NamedSolution

__all__ = [
    "B_MINUS_L",
    "FAMILIES",
    "HYPERCHARGE",
    "SHIFTS",
    "SPECIES",
    "Match",
    "Places",
    "SetMatch",
    "effort",
    "resized",
]

# For each field the order of its families, counted from 0.
Places: TypeAlias = tuple[tuple[str, tuple[int, ...]], ...]

HYPERCHARGE, B_MINUS_L = "hypercharge", "B-L"
SHIFTS: dict[str, dict[str, Fraction]] = {
    HYPERCHARGE: {
        "q": Fraction(1, 6),
        "u": Fraction(2, 3),
        "d": Fraction(-1, 3),
        "l": Fraction(-1, 2),
        "e": Fraction(-1),
        "nu": Fraction(0),
    },
    B_MINUS_L: {
        **dict.fromkeys(("q", "u", "d"), Fraction(1, 3)),
        **dict.fromkeys(("l", "e", "nu"), Fraction(-1)),
    },
}
FAMILIES = range(3)
SPECIES = ("q", "u", "d", "l", "e")


@dataclass(frozen=True, slots=True, repr=False)
class Match(Printable):
    """A named solution that given charges are, with the transformation that shows it.

    Attributes
    ----------
    named : the named solution, or the family of them.
    parameters : the parameters of the member of a family; none for a single solution.
    scale, hypercharge, b_minus_l : the numbers in X_f = scale N_p(f) + hypercharge Y + b_minus_l (B - L).
    places : for each field the order p, counted from 0; more right-handed states than N has get the charge 0
        from it.
    """

    named: NamedSolution | NamedFamily
    parameters: tuple[Fraction, ...]
    scale: Fraction
    hypercharge: Fraction
    b_minus_l: Fraction
    places: Places

    @property
    def charges(self) -> FieldCharges:
        """The transformation applied: the charges that were given."""
        return {
            field: tuple(
                self.scale * base[place] + sum(t * SHIFTS[name][field] for name, t in self._shifts)
                for place in places
            )
            for field, places in self.places
            for base in [self._base(field, len(places))]
        }

    def _base(self, field: str, size: int) -> tuple[Fraction, ...]:
        named = self.named
        charges = named.charges if isinstance(named, NamedSolution) else named.formula(self.parameters)
        return charges[field] if field in SPECIES else resized(charges.get(field, ()), size)

    @property
    def _shifts(self) -> tuple[tuple[str, Fraction], ...]:
        return (HYPERCHARGE, self.hypercharge), (B_MINUS_L, self.b_minus_l)

    @property
    def reordered(self) -> str:
        """What had to be put into another order: "nothing", whole "families", or "fields" one by one.

        Only the first two are the same model with other names for the families.  The right-handed states are
        not looked at, because nothing in the conditions ties them to a family.
        """
        orders = {places for field, places in self.places if field in SPECIES}
        if len(orders) > 1:
            return "fields"
        return "nothing" if orders == {tuple(FAMILIES)} else "families"

    def _sympystr(self, printer: Any) -> str:
        text = " + ".join(_terms(self, self.named.name, str, "{}*{}"))
        if self.parameters:
            text += f" at {', '.join(map(str, self.parameters))}"
        if self.reordered == "nothing":
            return text
        orders = {field: " ".join(str(place + 1) for place in places) for field, places in self.places}
        if self.reordered == "families":
            return f"{text}, families in the order {orders[SPECIES[0]]}"
        moved = [field for field, places in self.places if list(places) != sorted(places)]
        return f"{text}, in the order {', '.join(f'{field} {orders[field]}' for field in moved)}"

    def _latex(self, printer: Any) -> str:
        terms = _terms(self, _text(self.named.name), lambda x: str(printer._print(to_sympy(x))), r"{} \, {}")
        if not self.parameters:
            return " + ".join(terms)
        values = ", ".join(str(printer._print(to_sympy(value))) for value in self.parameters)
        return rf"{' + '.join(terms)} \;\text{{at}}\; \left({values}\right)"


def _terms(match: Match, name: str, number: Callable[[Fraction], str], template: str) -> Iterator[str]:
    """The sum scale N + hypercharge Y + b_minus_l (B - L), term by term."""
    summands = ((match.scale, f"[{name}]"), (match.hypercharge, "Y"), (match.b_minus_l, "(B - L)"))
    for factor, direction in summands:
        if factor:
            plain = factor.denominator == 1 and factor > 0
            shown = number(factor) if plain else f"({number(factor)})"
            yield direction if factor == 1 else template.format(shown, direction)


def _text(words: str) -> str:
    escaped = words.replace("_", r"\_")
    return rf"\text{{{escaped}}}"


@dataclass(frozen=True, slots=True, repr=False)
class SetMatch(Printable):
    """A named set that given charges z are: z_i = scale N_p(i), with p counted from 0."""

    named: NamedSet
    scale: Fraction
    places: tuple[int, ...]

    @property
    def charges(self) -> tuple[Fraction, ...]:
        """The transformation applied: the charges that were given."""
        return tuple(self.scale * self.named.charges[place] for place in self.places)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.scale}*{self.named.name}, in the order {' '.join(str(i + 1) for i in self.places)}"

    def _latex(self, printer: Any) -> str:
        charges = ", ".join(map(str, self.named.charges))
        return rf"{printer._print(to_sympy(self.scale))} \left({charges}\right)"


def effort(match: Match) -> tuple[int, bool]:
    """Return how much the transformation changes, by what it reorders, then by its sign."""
    return ("nothing", "families", "fields").index(match.reordered), match.scale < 0


def resized(states: Sequence[Fraction], size: int) -> tuple[Fraction, ...]:
    """Return right-handed states with zeros added at the end, or with zeros left out from the end on."""
    result = [*states, *[Fraction(0)] * (size - len(states))]
    for index in reversed(range(len(result))):
        if len(result) > size and not result[index]:
            del result[index]
    return tuple(result)
