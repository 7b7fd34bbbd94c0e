"""Accidental U(1) symmetries of a set of couplings, identified by name.

The solution space of the charge conditions is a vector space; which basis one gives it is a matter of
physics.  Here a family of candidates with names (baryon number, family lepton numbers, hypercharge, the
number of a decoupled dark field) is tried in order, each is kept when it lies in the space and is
independent of those before it, and what is left over is completed by anonymous generators S_1, S_2, ...

Key results
-----------
identify : a null space -> named generators
Generator, AccidentalSymmetries : the result types

References
----------
ADN, arXiv:1909.02021, section 2: U(1)_B, U(1)_e, U(1)_mu, U(1)_tau and U(1)_Y.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.couplings import ChargeCondition
from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.exact import as_rational, primitive
from anomalies.fields import FieldContent, Multiplet
from anomalies.groups import SimpleGroup, dimension, irrep
from anomalies.linear import Vector, rank, reduced_rows, solve

__all__ = ["AccidentalSymmetries", "Generator", "dark_fields", "identify"]

# The charge of a field in a family.
Charge: TypeAlias = Callable[[Multiplet, int], Fraction]

LEPTON_FAMILIES = ("e", "mu", "tau")

# When a linear condition ties generators together, the one of lowest number is solved for: baryon number
# first, which gives ADN's parametrisation; then anonymous generators; then lepton numbers; hypercharge last.
_ELIMINATION = {"B": 0, "S": 1, "L": 2, "Y": 3, "N": 4}


@dataclass(frozen=True, slots=True, repr=False)
class Generator(Printable):
    """One U(1) generator by its charges.

    Attributes
    ----------
    name : "B", "L_e", "Y", "N_nu1" (the number of a dark field), or "S_1" when it has no name.
    charges : (symbol, charge) for every charge symbol of the content.
    parameter : the symbol of its coefficient in a general linear combination.
    elimination : its place when parameters are solved for, lowest first.
    is_dark : whether it counts a dark field.
    """

    name: str
    charges: tuple[tuple[Symbol, Fraction], ...]
    parameter: Symbol
    elimination: tuple[int, int]
    is_dark: bool = False

    def charge(self, symbol: Symbol) -> Fraction:
        """Return the charge that replaces a symbol of the content."""
        for candidate, value in self.charges:
            if candidate == symbol:
                return value
        raise UnknownNameError(must_be("symbol", "a charge symbol of the content", symbol))

    @property
    def symbol(self) -> Symbol:
        """The sympy symbol T_name."""
        return Symbol(f"T_{self.name}")

    def _sympystr(self, printer: Any) -> str:
        return f"T_{self.name}"

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.symbol))


@dataclass(frozen=True, slots=True, repr=False)
class AccidentalSymmetries(Printable):
    """The accidental symmetries of a set of couplings.

    Attributes
    ----------
    generators : a basis, named ones first.
    conditions : the charge conditions they solve.
    rank : the rank of the conditions.
    """

    generators: tuple[Generator, ...]
    conditions: tuple[ChargeCondition, ...]
    rank: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the generators."""
        return tuple(generator.name for generator in self.generators)

    @property
    def dimension(self) -> int:
        """The number of independent accidental symmetries."""
        return len(self.generators)

    def __getitem__(self, name: str) -> Generator:
        for generator in self.generators:
            if generator.name == name:
                return generator
        raise UnknownNameError(must_be("name", "one of " + ", ".join(self.names), name))

    def _sympystr(self, printer: Any) -> str:
        return "span{" + ", ".join(self.names) + "}"

    def _latex(self, printer: Any) -> str:
        return r"\mathrm{span}\{" + ",\\, ".join(printer._print(g) for g in self.generators) + r"\}"


def dark_fields(content: FieldContent, factor: str) -> tuple[Multiplet, ...]:
    """Return the fields that are singlets of every gauge factor but the U(1) named `factor`."""
    return tuple(field for field in content.multiplets if _is_dark(content, factor, field))


def _is_dark(content: FieldContent, factor: str, field: Multiplet) -> bool:
    known = [
        charges
        for group, charges in zip(content.group.abelian_factors, field.charges, strict=True)
        if group.name != factor
    ]
    return field.multiplicity == 1 and all(charge == 0 for charges in known for charge in charges)


def identify(content: FieldContent, factor: str, space: Sequence[Vector]) -> tuple[Generator, ...]:
    """Return a basis of a space of charge assignments, named where a name applies.

    Parameters
    ----------
    content : the field content.
    factor : the U(1) whose charge symbols are the coordinates, in the order of `content.symbols_of`.
    space : a basis of the space of solutions.
    """
    symbols = content.symbols_of(factor)
    found: list[tuple[str, Vector]] = []
    for name, values in _candidates(content, factor):
        extended = _extend(values, symbols, space)
        if extended is not None and rank([*(v for _, v in found), extended]) > len(found):
            found.append((name, extended))
    dark = _dark_numbers(content, factor, space, [v for _, v in found])
    anonymous = _complete(space, [*(v for _, v in found), *(v for _, v in dark)])
    return tuple(
        [_generator(name, vector, symbols, place) for place, (name, vector) in enumerate(found)]
        + [_dark_generator(symbol, vector, symbols) for symbol, vector in dark]
        + [_generator(f"S_{n}", vector, symbols, n) for n, vector in enumerate(anonymous, 1)]
    )


def _generator(name: str, vector: Vector, symbols: Sequence[Symbol], place: int) -> Generator:
    kind = name[0] if name[0] in _ELIMINATION else "S"
    parameter = name.removeprefix("L_") if kind == "L" else name
    # Among the lepton numbers the last family is solved for first.
    order = (_ELIMINATION[kind], -place if kind == "L" else place)
    return Generator(name, tuple(zip(symbols, vector, strict=True)), Symbol(f"a_{parameter}"), order)


def _dark_generator(symbol: Symbol, vector: Vector, symbols: Sequence[Symbol]) -> Generator:
    name = symbol.name.removeprefix("Q_")
    charges = tuple(zip(symbols, vector, strict=True))
    return Generator(f"N_{name}", charges, symbol, (_ELIMINATION["N"], symbols.index(symbol)), is_dark=True)


def _candidates(content: FieldContent, factor: str) -> Iterator[tuple[str, dict[Symbol, Fraction]]]:
    """Named charge assignments, as far as their definition fixes them, in order of preference."""
    colour = next((g for g in content.group.simple_factors if g.series == "A" and g.rank == 2), None)
    yield from _family_numbers(content, factor, "L", _lepton_sign(content, factor, colour), Fraction(1))
    if colour is not None:
        quark = _quark_sign(content, colour)
        yield from _family_numbers(content, factor, "B", quark, Fraction(1, 3))
    for index, group in enumerate(content.group.abelian_factors):
        if group.name not in content.open_factors:
            yield group.name, _assign(content, factor, _known_charge(index))


def _known_charge(index: int) -> Charge:
    return lambda field, family: as_rational(field.charges[index][family])


def _quark_sign(content: FieldContent, colour: SimpleGroup) -> Callable[[Multiplet], int]:
    place = content.group.simple_factors.index(colour)
    triplet, antitriplet = irrep(colour, "3"), irrep(colour, "3bar")
    signs = {triplet: 1, antitriplet: -1}
    return lambda field: signs.get(field.irreps[place], 0) if field.chirality.is_fermion else 0


def _lepton_sign(
    content: FieldContent, factor: str, colour: SimpleGroup | None
) -> Callable[[Multiplet], int]:
    place = None if colour is None else content.group.simple_factors.index(colour)

    def sign(field: Multiplet) -> int:
        coloured = place is not None and dimension(field.irreps[place]) > 1
        visible = not coloured and not _is_dark(content, factor, field)
        return int(visible and field.chirality.is_fermion)

    return sign


def _family_numbers(
    content: FieldContent, factor: str, letter: str, sign: Callable[[Multiplet], int], unit: Fraction
) -> Iterator[tuple[str, dict[Symbol, Fraction]]]:
    """Numbers of one family, then of two families together, ..., and the total number."""
    families = max((field.families for field in content.multiplets if sign(field)), default=0)
    for size in range(1, families + 1):
        for chosen in combinations(range(families), size):
            name = "+".join(f"{letter}_{_family_label(letter, index)}" for index in chosen)
            yield (
                letter if size == families else name,
                _assign(content, factor, _number_in_families(sign, unit, chosen)),
            )


def _number_in_families(sign: Callable[[Multiplet], int], unit: Fraction, chosen: Sequence[int]) -> Charge:
    return lambda field, family: sign(field) * unit * int(family in chosen or field.families == 1)


def _family_label(letter: str, index: int) -> str:
    names = LEPTON_FAMILIES if letter == "L" else ()
    return names[index] if index < len(names) else str(index + 1)


def _assign(content: FieldContent, factor: str, charge: Charge) -> dict[Symbol, Fraction]:
    """Evaluate a charge on the visible fields; families that share a symbol must agree, else nothing."""
    place = content.place_of(factor)
    result: dict[Symbol, Fraction] = {}
    for field in content.multiplets:
        if _is_dark(content, factor, field):
            continue
        for family, symbol in enumerate(field.charges[place]):
            if not symbol.is_Symbol:
                raise ArgumentError(
                    must_be(
                        "content", f"one whose U(1)_{factor} charges are symbols", f"{field.name}: {symbol}"
                    )
                )
            value = charge(field, family)
            if result.setdefault(symbol, value) != value:
                return {}
    return result


def _extend(
    values: dict[Symbol, Fraction], symbols: Sequence[Symbol], space: Sequence[Vector]
) -> Vector | None:
    """Complete a partial assignment by charges of the dark fields: zero if possible, else as forced."""
    if not any(values.values()):
        return None
    known = [index for index, symbol in enumerate(symbols) if symbol in values]
    for coordinates in (range(len(symbols)), known):
        target = [values.get(symbols[index], Fraction(0)) for index in coordinates]
        combination = solve([[vector[index] for index in coordinates] for vector in space], target)
        if combination is not None:
            return tuple(
                sum((c * v[index] for c, v in zip(combination, space, strict=True)), Fraction(0))
                for index in range(len(symbols))
            )
    return None


def _dark_numbers(
    content: FieldContent, factor: str, space: Sequence[Vector], found: Sequence[Vector]
) -> list[tuple[Symbol, Vector]]:
    """One generator for each dark charge that is still free, 1 on it and 0 on the other free ones."""
    symbols = content.symbols_of(factor)
    place = content.place_of(factor)
    dark = [
        symbols.index(charge)
        for field in dark_fields(content, factor)
        for charge in field.charges[place]
        if charge.is_Symbol
    ]
    visible = [index for index in range(len(symbols)) if index not in dark]
    reduced, pivots = reduced_rows(list(space), [*dark, *visible])
    result: list[tuple[Symbol, Vector]] = []
    for row, pivot in zip(reduced, pivots, strict=True):
        independent = rank([*found, *(v for _, v in result), row]) > len(found) + len(result)
        if pivot in dark and independent:
            result.append((symbols[pivot], row))
    return result


def _complete(space: Sequence[Vector], found: Sequence[Vector]) -> list[Vector]:
    """Primitive vectors that complete `found` to a basis of the space."""
    result: list[Vector] = []
    for vector in reduced_rows(list(space))[0]:
        if rank([*found, *result, vector]) > len(found) + len(result):
            result.append(tuple(Fraction(entry) for entry in primitive(vector)))
    return result
