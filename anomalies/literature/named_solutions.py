"""Charge assignments that have a name, each verified when it is looked up.

The keys are the names that physicists use.  A source is an arXiv number, with an equation where the paper
numbers one; charges that are older than the arXiv, or common property, say so.  An entry holds the `Solution`
itself, whose constructor refuses charges that violate any condition; the charges of a pure U(1) are refused
unless both power sums vanish.  So an entry with a misprint cannot be looked up.

Up to permutations within each species some entries coincide: L_e - L_mu and L_mu - L_tau, or B_3 - L_2 and
(B - L)_3.  They are different models, because mass eigenstates tell the families apart.

Key results
-----------
NAMED_SOLUTIONS : charges of the Standard Model with right-handed states, by name
NAMED_SETS : chiral sets of a pure U(1), by name
NAMED_FAMILIES : families of charges in which every member is a solution
by_field : the charges of a solution, field by field
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from anomalies.errors import ArgumentError, NotASolutionError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, as_rationals, to_sympy
from anomalies.library import standard_model
from anomalies.literature.dark_examples import DARK_EXAMPLES
from anomalies.solutions import Charges, Solution, parse_charges

__all__ = [
    "ACCIDENTAL",
    "NAMED_FAMILIES",
    "NAMED_SETS",
    "NAMED_SOLUTIONS",
    "VECTOR_LIKE",
    "FieldCharges",
    "NamedFamily",
    "NamedSet",
    "NamedSolution",
    "VerifiedOnLoad",
    "by_field",
    "require_power_sums",
]

N = TypeVar("N")

# The charges of all families of q, u, d, l, e and of the right-handed states nu.
FieldCharges: TypeAlias = dict[str, tuple[Fraction, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class VerifiedOnLoad(Mapping[str, N], Generic[N]):
    """A table by name whose entries are built, and thereby verified, when they are looked up.

    Looking at the names alone verifies nothing and costs nothing.
    """

    names: tuple[str, ...]
    load: Callable[[str], N]

    def __getitem__(self, name: str) -> N:
        """Return an entry, verified."""
        if name not in self.names:
            raise UnknownNameError(must_be("name", "one of " + ", ".join(self.names), name))
        return self.load(name)

    def __contains__(self, name: object) -> bool:
        """Return whether there is an entry of that name."""
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self.names)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.names)


# ---------------------------------------------------------------- charges with a name


@dataclass(frozen=True, slots=True)
class NamedSolution:
    """A solution with its name, its source, and what it is.

    Charges of scalars enter no condition; they are left at zero.
    """

    name: str
    source: str
    statement: str
    solution: Solution

    @property
    def charges(self) -> FieldCharges:
        """The charges field by field, nu last; no charges for nu where there is none."""
        return by_field(self.solution)


def by_field(charges: Charges) -> FieldCharges:
    """Return the charges of the chiral fermions of a content, one tuple for each field.

    >>> [str(charge) for charge in by_field(NAMED_SOLUTIONS["B_3 - L_2"].solution)["q"]]
    ['0', '0', '1/3']
    """
    values = {symbol: to_sympy(value) for symbol, value in charges.values}
    content = charges.content
    place = content.place_of(content.open_factors[0])
    return {
        field.name: tuple(as_rational(charge.xreplace(values)) for charge in field.charges[place])
        for field in content.multiplets
        if field.chirality.sign
    }


_FAMILY_LEPTON_NUMBERS = (
    "R. Foot, Mod. Phys. Lett. A 6 (1991) 527; X.-G. He, G.C. Joshi, H. Lew, R.R. Volkas, \
Phys. Rev. D 44 (1991) 2118"
)
_BARYONS = "q=1/3, u=1/3, d=1/3"
_B_MINUS_L = f"{_BARYONS}, l=-1, e=-1"
_NAMES = ("e", "mu", "tau")


def _differences() -> Iterator[tuple[str, str, str, int, str]]:
    for i, j in ((1, 2), (1, 3), (2, 3)):
        name = f"L_{_NAMES[i - 1]} - L_{_NAMES[j - 1]}"
        charges = f"l{i}=1, e{i}=1, l{j}=-1, e{j}=-1"
        yield (
            name,
            _FAMILY_LEPTON_NUMBERS,
            "The difference of two lepton numbers is free of anomalies without any new fermion.",
            0,
            charges,
        )
        yield (
            f"{name} with nu_R",
            "standard",
            f"{name}, with two right-handed neutrinos that have their lepton numbers: a vector-like pair.",
            3,
            f"{charges}, nu{i}=1, nu{j}=-1",
        )


def _baryon_minus_one_lepton() -> Iterator[tuple[str, str, str, int, str]]:
    for i, name in enumerate(_NAMES, 1):
        yield (
            f"B - 3 L_{name}",
            "arXiv:hep-ph/9709474" if name == "tau" else "as arXiv:hep-ph/9709474, for another family",
            f"With one right-handed neutrino, that of the {name}, B - 3 L_{name} is free of anomalies.",
            1,
            f"{_BARYONS}, l{i}=-3, e{i}=-3, nu=-3",
        )


# name, source, statement, right-handed states, charges
_SOLUTIONS: tuple[tuple[str, str, str, int, str], ...] = (
    (
        "Y",
        "standard",
        "Hypercharge itself, in the normalisation Q = T3 + Y.",
        0,
        "q=1/6, u=2/3, d=-1/3, l=-1/2, e=-1",
    ),
    ("B - L", "standard", "With three right-handed neutrinos.", 3, f"{_B_MINUS_L}, nu=-1"),
    *_differences(),
    *_baryon_minus_one_lepton(),
    (
        "B - L with (5, -4, -4)",
        "arXiv:0706.0473",
        "B - L with integers as charges of three right-handed states that are not all -1.",
        3,
        f"{_B_MINUS_L}, nu1=5, nu2=-4, nu3=-4",
    ),
    (
        "B - L with four states",
        "arXiv:1607.04029",
        "B - L with four chiral singlets of fractional charge in the place of right-handed neutrinos.",
        4,
        f"{_B_MINUS_L}, nu1=-4/3, nu2=-1/3, nu3=-2/3, nu4=-2/3",
    ),
    (
        "(B - L)_3",
        "arXiv:1705.03858",
        "B - L of the third family alone, with its right-handed neutrino.",
        3,
        "q3=1/3, u3=1/3, d3=1/3, l3=-1, e3=-1, nu3=-1",
    ),
    (
        "B_3 - L_2",
        "arXiv:2009.02197; times 3, as B_3 - 3 L_mu, arXiv:1705.00915",
        "Third-family baryon number minus second-family lepton number, with a right-handed neutrino.",
        3,
        "q3=1/3, u3=1/3, d3=1/3, l2=-1, e2=-1, nu2=-1",
    ),
    (
        "Y_3",
        "arXiv:1809.01158",
        "Third Family Hypercharge Model: the third family carries its hypercharge, the others nothing.",
        0,
        "q3=1/6, u3=2/3, d3=-1/3, l3=-1/2, e3=-1",
    ),
    (
        "deformed Y_3",
        "arXiv:1905.10327",
        "The Third Family Hypercharge Model with charges of the second family's leptons as well.",
        0,
        "q3=1/6, u3=2/3, d3=-1/3, l2=5/6, e2=2/3, l3=-4/3, e3=-5/3",
    ),
)


@cache
def _solution(name: str) -> NamedSolution:
    for known, source, statement, states, text in _SOLUTIONS:
        if known == name:
            content = standard_model(3, states)
            return NamedSolution(name, source, statement, Solution(content, parse_charges(content, text)))
    source, a, n, a_Y = next(entry[1:] for entry in _ADN if entry[0] == name)
    charges = _accidental((*a, a_Y, *n))
    statement = f"Charges (2.8) of ADN at a = {_shown(a)}, a_Y = {a_Y}, with dark charges {_shown(n)}."
    return NamedSolution(name, f"arXiv:1909.02021, {source}", statement, _as_solution(charges))


def _shown(values: Sequence[Fraction]) -> str:
    return f"({', '.join(map(str, values))})"


_BENCHMARK = (Fraction(59, 100), Fraction(1), Fraction(0))

# name, place in the paper, lepton charges, dark charges, a_Y
_ADN: tuple[tuple[str, str, tuple[Fraction, ...], tuple[Fraction, ...], Fraction], ...] = (
    ("ADN (A.3)", "(A.3) with (2.7)", _BENCHMARK, _BENCHMARK, Fraction(87, 100)),
    *(
        (f"ADN {example.name}", example.source.removeprefix("ADN "), example.a, example.n, Fraction(0))
        for example in DARK_EXAMPLES
    ),
)


def _as_solution(charges: FieldCharges) -> Solution:
    """Charges by field as a solution of the Standard Model with as many nu as it needs."""
    content = standard_model(3, len(charges["nu"]))
    values = dict.fromkeys(content.charge_symbols, Fraction(0))
    place = content.place_of(content.open_factors[0])
    for name, entries in charges.items():
        if entries:
            values |= dict(zip(content.multiplet(name).charges[place], entries, strict=True))
    return Solution(content, values)


NAMED_SOLUTIONS: VerifiedOnLoad[NamedSolution] = VerifiedOnLoad(
    (*(entry[0] for entry in _SOLUTIONS), *(entry[0] for entry in _ADN)), _solution
)


# ---------------------------------------------------------------- pure U(1)


@dataclass(frozen=True, slots=True)
class NamedSet:
    """Integer charges of left-handed fermions with sum z = sum z^3 = 0; the constructor checks.

    Raises
    ------
    NotASolutionError
        If one of the two sums is not zero.

    Examples
    --------
    >>> NamedSet("wrong", "nowhere", "", (1, 2, -4))
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'charges' must have the sums z = z^3 = 0, not -1 and -55.
    """

    name: str
    source: str
    statement: str
    charges: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check both power sums, in Python integers."""
        charges = tuple(as_integer(charge, f"charges[{i}]") for i, charge in enumerate(self.charges))
        require_power_sums(charges)
        object.__setattr__(self, "charges", charges)


def require_power_sums(charges: Sequence[Fraction | int]) -> None:
    """Refuse charges unless sum z = sum z^3 = 0."""
    first, third = sum(charges), sum(charge**3 for charge in charges)
    if first or third:
        raise NotASolutionError(
            f"Argument 'charges' must have the sums z = z^3 = 0, not {first} and {third}."
        )


_TABLE_I = "arXiv:1905.13729, Table I"
_SIX = "A primitive chiral set of six charges, the largest at most 12."
_FIVE = "A chiral set of five charges: three lepton charges and minus two dark charges."

# name, source, statement, charges
_SETS = (
    ("(5, -4, -4, 1, 1, 1)", _TABLE_I, _SIX, (5, -4, -4, 1, 1, 1)),
    ("(6, -5, -5, 3, 2, -1)", _TABLE_I, _SIX, (6, -5, -5, 3, 2, -1)),
    ("(11, -9, -9, 4, 4, -1)", _TABLE_I, _SIX, (11, -9, -9, 4, 4, -1)),
    ("(11, -9, -9, 5, 1, 1)", _TABLE_I, _SIX, (11, -9, -9, 5, 1, 1)),
    ("(11, -10, -8, 5, 4, -2)", _TABLE_I, _SIX, (11, -10, -8, 5, 4, -2)),
    ("(12, -11, -10, 8, 6, -5)", _TABLE_I, _SIX, (12, -11, -10, 8, 6, -5)),
    ("(7, 8, -9, -1, -5)", "arXiv:1909.02021, footnote 29", _FIVE, (7, 8, -9, -1, -5)),
    ("(9, -2, -10, -4, 7)", "arXiv:1909.02021, footnote 29", _FIVE, (9, -2, -10, -4, 7)),
)


@cache
def _set(name: str) -> NamedSet:
    return NamedSet(*next(entry for entry in _SETS if entry[0] == name))


NAMED_SETS: VerifiedOnLoad[NamedSet] = VerifiedOnLoad(tuple(entry[0] for entry in _SETS), _set)


# ---------------------------------------------------------------- families


@dataclass(frozen=True, slots=True)
class NamedFamily:
    """A family of charges of the Standard Model in which every member is a solution.

    Attributes
    ----------
    name, source, statement : as for a named solution; the statement names the parameters in their order.
    formula : the charges, field by field, from the parameters.
    """

    name: str
    source: str
    statement: str
    formula: Callable[[Sequence[Fraction]], FieldCharges]

    def solution(self, *values: RationalLike) -> Solution:
        """Return the member at given parameters, verified.

        Raises
        ------
        ArgumentError
            If the number of parameters is wrong.
        NotASolutionError
            If they violate the condition that the statement names.

        Examples
        --------
        >>> NAMED_FAMILIES["vector-like families"].solution(0, 0, 1, 0, -3, 0).conditions.is_anomaly_free
        True
        """
        return _as_solution(self.formula(as_rationals(values, "values")))


def _accidental(values: Sequence[Fraction]) -> FieldCharges:
    """ADN (2.4) at a_e, a_mu, a_tau, a_Y, and dark charges."""
    if len(values) < 4:
        raise ArgumentError(f"Argument 'values' must have at least 4 entries, not {len(values)}.")
    a, a_Y = values[:3], values[3]
    quarks = -sum(a, Fraction(0)) / 9
    return {
        "q": (quarks + a_Y / 6,) * 3,
        "u": (quarks + 2 * a_Y / 3,) * 3,
        "d": (quarks - a_Y / 3,) * 3,
        "l": tuple(x - a_Y / 2 for x in a),
        "e": tuple(x - a_Y for x in a),
        "nu": tuple(values[4:]),
    }


def _vector_like(values: Sequence[Fraction]) -> FieldCharges:
    """Every family with one charge for its quarks and one for its leptons, nu_R included."""
    if len(values) != 6:
        raise ArgumentError(f"Argument 'values' must have 6 entries, not {len(values)}.")
    quarks, leptons = tuple(values[:3]), tuple(values[3:])
    return {"q": quarks, "u": quarks, "d": quarks, "l": leptons, "e": leptons, "nu": leptons}


ACCIDENTAL = NamedFamily(
    "gauged accidental symmetries",
    "arXiv:1909.02021, (1.2), (2.8)",
    "T_X = sum a_i L_i - (sum a_i)/3 B + a_Y Y.  Parameters a_e, a_mu, a_tau, a_Y, and charges n of "
    "right-handed dark states with sum n = sum a and sum n^3 = sum a^3, such as (2.7), n = a.",
    _accidental,
)
VECTOR_LIKE = NamedFamily(
    "vector-like families",
    "arXiv:1611.05017; arXiv:1705.05643",
    "With three right-handed neutrinos.  Parameters n_1, n_2, n_3, the charges of the quarks of each family, "
    "and m_1, m_2, m_3, those of its leptons, with 3 (n_1 + n_2 + n_3) + m_1 + m_2 + m_3 = 0.",
    _vector_like,
)

NAMED_FAMILIES: Mapping[str, NamedFamily] = MappingProxyType(
    {family.name: family for family in (ACCIDENTAL, VECTOR_LIKE)}
)
