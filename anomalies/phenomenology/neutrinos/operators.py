r"""All operators that give neutrinos and dark states a mass, up to a dimension.

Such an operator is a Lorentz scalar of two fermions without derivatives, times scalars with a vacuum
expectation value: H, H^c, and Standard Model singlets chi, chi^*.  Up to Hermitian conjugation there are
three pairs of fermions,

    dark    (nu_R^c-bar)_i nu_R^j     l-bar_i nu_R^j    dirac     light    (l_i^c-bar) l_j

and l-bar l, l nu_R, nu_R-bar nu_R are no Lorentz scalars.  Hypercharge and SU(2) then demand
#H - #H^c = 0, 1, -2; with the smallest numbers the families of operators are

    nu nu chi...  (dimension 3 + k),   l-bar H nu chi...  (4 + k),   l l H^c H^c chi...  (5 + k)

with k singlets.  All others contain a further factor H^c H.

Key results
-----------
operator_shapes : the operators as far as the Standard Model decides, with the number of invariants of each
neutrino_operators : all operators for given charges and scalars

An operator is called a *product* if some of its scalars already make an invariant of their own, |chi|^2 or
H^c H or chi_1 chi_2^*...: it fills no entry of a mass matrix that one of lower dimension does not fill.

References
----------
ADN, arXiv:1909.02021: (A.1), (A.2), (A.6), (A.8), the last with H^c for H: l_i H l_j H has hypercharge -2.
S. Weinberg, Phys. Rev. Lett. 43 (1979) 1566.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product
from math import comb
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.couplings import Coupling, Factor, parse_coupling
from anomalies.dark_masses import Insertion
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_integer, as_rational, common_denominator
from anomalies.fields import FieldContent, multiplet
from anomalies.groups import SU, Irrep, conjugate, dimension, irrep
from anomalies.library import standard_model
from anomalies.phenomenology.neutrinos.sector import NeutrinoSector, as_sector
from anomalies.weights import count_singlets

__all__ = ["BLOCKS", "NeutrinoOperator", "OperatorShape", "neutrino_operators", "operator_shapes"]

_Pair: TypeAlias = tuple[int, int]
_Signed: TypeAlias = tuple[Insertion, Fraction]

# The two fermions of each block of the mass matrix, and whether each enters as it is (+1) or conjugated (-1).
BLOCKS = MappingProxyType(
    {
        "dark": (("nu", 1), ("nu", 1)),
        "dirac": (("l", -1), ("nu", 1)),
        "light": (("l", 1), ("l", 1)),
    }
)
_CHIRALITY = {"l": "L", "nu": "R"}
_FERMIONS = 3  # the dimension of two fermion fields
_LARGEST_DIMENSION = 20
_MOST_PRODUCTS = 1_000_000  # of scalars, to go through: some seconds


@dataclass(frozen=True, slots=True, repr=False)
class OperatorShape(Printable):
    """An operator without its families and with its singlet scalars all called chi.

    Attributes
    ----------
    block : "dark", "dirac" or "light".
    higgs, conjugate_higgs : how often H and H^c occur.
    singlets : the number of scalars that are Standard Model singlets.
    invariants : the number of independent invariants, for equal and for different families.
    """

    block: str
    higgs: int
    conjugate_higgs: int
    singlets: int
    invariants: tuple[int, int]

    @property
    def dimension(self) -> int:
        """The mass dimension."""
        return _FERMIONS + self.higgs + self.conjugate_higgs + self.singlets

    @property
    def coupling(self) -> Coupling:
        """The operator with one singlet chi for all, read and checked by `anomalies.parse_coupling`."""
        scalars = ["H"] * self.higgs + ["H^c"] * self.conjugate_higgs + ["chi"] * self.singlets
        names = (
            f"{name}{'' if sign > 0 else 'bar'}_{_CHIRALITY[name]}^{index}"
            for (name, sign), index in zip(BLOCKS[self.block], "ij", strict=True)
        )
        return parse_coupling(_content(), " ".join((*names, *scalars)))

    def _sympystr(self, printer: Any) -> str:
        return str(printer._print(self.coupling))

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.coupling))


@cache
def _content() -> FieldContent:
    base = standard_model(universal=("q", "u", "d"))
    return base.with_fields(multiplet(base.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar"))


def operator_shapes(max_dimension: int = 6) -> tuple[OperatorShape, ...]:
    """Return every operator that Lorentz invariance, SU(3), SU(2) and hypercharge allow, up to a dimension.

    The invariants are counted with statistics: the indices of identical scalars are symmetric, and so are
    those of equal fermions, because their Lorentz scalar is antisymmetric in spin.  For l_i l_i H^c H^c this
    leaves one of the two SU(2) invariants of four doublets.

    Parameters
    ----------
    max_dimension : from 3 to 20.

    Returns
    -------
    The shapes by dimension, those with a factor H^c H included.

    Raises
    ------
    ArgumentError
        If `max_dimension` is no integer from 3 to 20.

    Examples
    --------
    >>> [shape for shape in operator_shapes(4)]
    [nu_R^i nu_R^j, nu_R^i nu_R^j chi, lbar_L^i nu_R^j H]
    >>> [shape for shape in operator_shapes() if shape.block == "light"]
    [l_L^i l_L^j H^c H^c, l_L^i l_L^j H^c H^c chi]
    """
    largest = as_integer(max_dimension, "max_dimension", _FERMIONS)
    if largest > _LARGEST_DIMENSION:
        raise ArgumentError(must_be("max_dimension", f"at most {_LARGEST_DIMENSION}", max_dimension))
    return _operator_shapes(largest - _FERMIONS)


@cache
def _operator_shapes(most: int) -> tuple[OperatorShape, ...]:
    """Return the shapes with at most that many scalars."""
    found = []
    for block in BLOCKS:
        for higgs, conjugates in product(range(most + 1), repeat=2):
            if higgs + conjugates > most or _hypercharge(block, higgs, conjugates) != 0:
                continue
            invariants = (
                _count_invariants(block, higgs, conjugates, equal=True),
                _count_invariants(block, higgs, conjugates, equal=False),
            )
            if any(invariants):
                found += [
                    OperatorShape(block, higgs, conjugates, singlets, invariants)
                    for singlets in range(most - higgs - conjugates + 1)
                ]
    return tuple(sorted(found, key=lambda shape: (shape.dimension, shape.singlets + shape.higgs)))


def _hypercharge(block: str, higgs: int, conjugates: int) -> Fraction:
    content = _content()
    place = content.place_of("Y")

    def charge(name: str) -> Fraction:
        return as_rational(content.multiplet(name).charges[place][0])

    fermions = sum((sign * charge(name) for name, sign in BLOCKS[block]), Fraction(0))
    return fermions + (higgs - conjugates) * charge("H")


def _count_invariants(block: str, higgs: int, conjugates: int, *, equal: bool) -> int:
    """Return the number of invariants of the simple factors, for equal or different families."""
    content = _content()
    total = 1
    for index in range(len(content.group.simple_factors)):
        first, second = (
            field if sign > 0 else conjugate(field)
            for field, sign in ((content.multiplet(name).irreps[index], sign) for name, sign in BLOCKS[block])
        )
        doublet = content.multiplet("H").irreps[index]
        # Equal fermions have the same name and the same sign; a lepton and a dark state are never equal.
        fermions = (
            [_symmetric_power(first, 2)]
            if equal and BLOCKS[block][0] == BLOCKS[block][1]
            else [first, second]
        )
        scalars = [_symmetric_power(doublet, higgs), _symmetric_power(conjugate(doublet), conjugates)]
        total *= count_singlets([*fermions, *scalars])
    return total


def _symmetric_power(factor: Irrep, power: int) -> Irrep:
    # The symmetric powers of a doublet are the irreps of SU(2); those of a singlet are singlets.
    if factor.group == SU(2) and dimension(factor) == 2:
        return irrep(SU(2), power + 1)
    return factor


@dataclass(frozen=True, slots=True, repr=False)
class NeutrinoOperator(Printable):
    """One gauge-invariant operator.

    Attributes
    ----------
    shape : what the Standard Model sees of it.
    families : the families or dark states (i, j), from 1; i <= j but in the block "dirac".
    scalars : its singlet scalars.
    is_product : whether some of its scalars make an invariant of their own.
    """

    shape: OperatorShape
    families: _Pair
    scalars: tuple[Insertion, ...]
    is_product: bool

    @property
    def block(self) -> str:
        """The block of the mass matrix that it contributes to: "dark", "dirac" or "light"."""
        return self.shape.block

    @property
    def dimension(self) -> int:
        """The mass dimension."""
        return self.shape.dimension

    @property
    def vevs(self) -> tuple[str, ...]:
        """The scalars with their multiplicity and without bars: what the mass is proportional to."""
        return ("H",) * (self.shape.higgs + self.shape.conjugate_higgs) + tuple(s.name for s in self.scalars)

    def as_json(self) -> dict[str, Any]:
        """Return text, block, families, dimension and whether it is a product."""
        return {
            "operator": str(self),
            "block": self.block,
            "families": list(self.families),
            "dimension": self.dimension,
            "is_product": self.is_product,
        }

    @property
    def factors(self) -> tuple[Factor | Insertion, ...]:
        """The fields of the operator in order: two fermions, Higgs doublets, singlet scalars."""
        content = _content()
        fermions = (
            Factor(content.multiplet(name), _CHIRALITY[name], bar=sign < 0, family=family)
            for (name, sign), family in zip(BLOCKS[self.block], self.families, strict=True)
        )
        higgs = Factor(content.multiplet("H"), "")
        doublets = [higgs] * self.shape.higgs
        doublets += [replace(higgs, charge_conjugate=True)] * self.shape.conjugate_higgs
        return (*fermions, *doublets, *self.scalars)

    def _sympystr(self, printer: Any) -> str:
        return " ".join(printer._print(factor) for factor in self.factors)

    def _latex(self, printer: Any) -> str:
        return r"\, ".join(printer._print(factor) for factor in self.factors)


def neutrino_operators(
    sector: NeutrinoSector, max_dimension: int = 6, *, products: bool = False
) -> tuple[NeutrinoOperator, ...]:
    """Return all gauge-invariant operators of these kinds up to a dimension, each once.

    Every operator of `operator_shapes` with every choice of families and of scalars and conjugates whose
    total U(1)_X charge, with the charges of l and H from the gauging generator, is zero.

    Parameters
    ----------
    sector : the charges and the scalars.
    max_dimension : from 3 to 20.
    products : whether products with an invariant of scalars, such as |chi|^2 or H^c H, are listed too.

    Returns
    -------
    The operators by dimension, then block, families and scalars.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If `sector` is none, or `max_dimension` out of range, or so large that more than a million products of
        scalars would have to be compared.

    Source: ADN (A.1), (A.2), (A.6), (A.8).

    Examples
    --------
    >>> from anomalies.phenomenology.neutrinos import neutrino_sector
    >>> benchmark = neutrino_sector(["59/100", 1, 0, "87/100"], ["59/100", 1, 0], {"Phi": 1})
    >>> [operator for operator in neutrino_operators(benchmark, 4) if operator.block == "dark"]
    [nu_R^3 nu_R^3, nu_R^2 nu_R^3 Phi^*]
    """
    shapes = operator_shapes(as_integer(max_dimension, "max_dimension", _FERMIONS))
    signed = [
        (Insertion(name, conjugate), -charge if conjugate else charge)
        for name, charge in as_sector(sector).scalars
        for conjugate in (False, True)
    ]
    largest = max(shape.singlets for shape in shapes)
    if comb(len(signed) + largest, largest) > _MOST_PRODUCTS:
        raise ArgumentError(
            f"Argument 'max_dimension' must be smaller: {len(sector.scalars)} scalars have more than "
            f"{_MOST_PRODUCTS} products of up to {largest}."
        )
    by_charge = [_by_charge(signed, count, products=products) for count in range(largest + 1)]
    charges = sector.field_charges()
    return tuple(
        NeutrinoOperator(shape, families, scalars, is_product or bool(shape.higgs and shape.conjugate_higgs))
        for shape in shapes
        if products or not (shape.higgs and shape.conjugate_higgs)
        for families, charge in _fermion_charges(shape, charges)
        for scalars, is_product in by_charge[shape.singlets].get(-charge, ())
    )


def _fermion_charges(
    shape: OperatorShape, charges: dict[str, tuple[Fraction, ...]]
) -> Iterator[tuple[_Pair, Fraction]]:
    """The charge of an operator without its singlets, for each pair of families that has an invariant."""
    (left, left_sign), (right, right_sign) = BLOCKS[shape.block]
    higgs = (shape.higgs - shape.conjugate_higgs) * charges["H"][0]
    for i, x in enumerate(charges[left], 1):
        for j, y in enumerate(charges[right], 1):
            ordered = (left, left_sign) != (right, right_sign) or i <= j
            if ordered and shape.invariants[i != j]:
                yield (i, j), left_sign * x + right_sign * y + higgs


def _by_charge(
    signed: list[_Signed], count: int, *, products: bool
) -> dict[Fraction, list[tuple[tuple[Insertion, ...], bool]]]:
    """Return all products of `count` scalars by charge, and whether some of them are neutral together."""
    denominator = common_denominator(charge for _, charge in signed)
    integers = [(insertion, int(charge * denominator)) for insertion, charge in signed]
    found: dict[int, list[tuple[tuple[Insertion, ...], bool]]] = {}
    for chosen in combinations_with_replacement(integers, count):
        charges = [charge for _, charge in chosen]
        is_product = _has_neutral_part(charges)
        if products or not is_product:
            insertions = tuple(insertion for insertion, _ in chosen)
            found.setdefault(sum(charges), []).append((insertions, is_product))
    return {Fraction(total, denominator): listed for total, listed in found.items()}


def _has_neutral_part(charges: list[int]) -> bool:
    """Whether some of these charges, at least one, add up to zero."""
    reached: set[int] = set()
    for charge in charges:
        reached |= {charge, *(total + charge for total in reached)}
        if 0 in reached:
            return True
    return False
