"""Anomaly coefficients: from a field content to exact polynomials, keyed by their triangle.

For Weyl fermions psi of sign chi (+1 left, -1 right) in irreps R with U(1) charges Q, the triangle
coefficients are

    G^3              sum chi * A(R_G) * dim(rest)
    G^2 U(1)_a       sum chi * I(R_G) * dim(rest) * Q_a
    U(1)_a U(1)_b U(1)_c   sum chi * dim(all) * Q_a Q_b Q_c
    grav^2 U(1)_a    sum chi * dim(all) * Q_a

with I = 2T the Dynkin index (1 for the fundamental of SU(N)) and A the cubic coefficient (1 for the
fundamental).  G^3 exists for SU(N >= 3) and SO(6) only; G_1^2 G_2, G_1 U(1)^2 and grav^2 G vanish
identically because simple generators are traceless.  Witten's anomaly of SU(2) and Sp(2N) is a parity,
the number sum I(R_G) * dim(rest) of both chiralities modulo 2.

Key results
-----------
anomaly_conditions : every one of them, for any `FieldContent`
AnomalyConditions.involving : the six conditions of U(1)_X in SM x U(1)_X, ADN (2.2)-(2.5)

References
----------
ADN, arXiv:1909.02021, section 2.  E. Witten, Phys. Lett. B 117 (1982) 324.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Any, Literal, TypeAlias, get_args

from sympy import Add, Expr, Integer, Mul, Poly, Symbol, expand
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.exact import as_rational, primitive, substitute_all, to_sympy
from anomalies.fields import FieldContent, Multiplet, as_content
from anomalies.groups import (
    GaugeGroup,
    cubic_coefficient,
    dimension,
    dynkin_index,
    has_cubic_anomaly,
    has_witten_anomaly,
    witten_parity,
)
from anomalies.tables import Table

__all__ = ["AnomalyConditions", "Normalisation", "Triangle", "anomaly_conditions", "witten_parities"]

Normalisation: TypeAlias = Literal["derived", "primitive"]

GRAVITY = "grav"
_POWER = re.compile(r"(?P<name>[^\s^]+?)(?:\^(?P<power>[123]))?")


@dataclass(frozen=True, slots=True, repr=False)
class Triangle(Printable):
    """The three legs of a triangle diagram, by the names of the gauge factors; "grav" for gravity.

    >>> Triangle(("SU(3)", "SU(3)", "X"))
    SU(3)^2 X
    """

    legs: tuple[str, str, str]

    @property
    def powers(self) -> tuple[tuple[str, int], ...]:
        """The distinct legs with their multiplicities, in order."""
        return tuple(Counter(self.legs).items())

    def _sympystr(self, printer: Any) -> str:
        return " ".join(name + (f"^{power}" if power > 1 else "") for name, power in self.powers)

    def _latex(self, printer: Any) -> str:
        return r"\, ".join(
            _latex_leg(name) + (f"^{{{power}}}" if power > 1 else "") for name, power in self.powers
        )


def _latex_leg(name: str) -> str:
    if name == GRAVITY:
        return r"\mathrm{grav}"
    return name if "(" in name or "_" in name else f"U(1)_{{{name}}}"


@dataclass(frozen=True, slots=True, repr=False)
class AnomalyConditions(Mapping[Triangle, Expr], Printable):
    """Anomaly coefficients by triangle, each of which has to vanish.

    A mapping from `Triangle` (or its name, "SU(3)^2 X", legs in any order) to a sympy polynomial.

    Attributes
    ----------
    triangles, polynomials : the pairs, in the order of the gauge factors.
    witten : (factor, parity) for every factor with a global anomaly; 0 is anomaly-free.
    normalisation : "derived" (the sums of this module's docstring) or "primitive" (each scaled by a
        positive rational to coprime integer coefficients).
    """

    triangles: tuple[Triangle, ...]
    polynomials: tuple[Expr, ...]
    witten: tuple[tuple[str, int], ...] = ()
    normalisation: Normalisation = "derived"

    def __getitem__(self, key: Triangle | str) -> Expr:
        triangle = key if isinstance(key, Triangle) else self.triangle(key)
        if triangle not in self.triangles:
            raise _unknown_triangle(key, self.triangles)
        return self.polynomials[self.triangles.index(triangle)]

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the coefficient of a triangle, or `default` if there is no such triangle."""
        try:
            return self[key]
        except UnknownNameError:
            return default

    def __iter__(self) -> Iterator[Triangle]:
        return iter(self.triangles)

    def __len__(self) -> int:
        return len(self.triangles)

    def triangle(self, name: str) -> Triangle:
        """Return the triangle of that name; legs may come in any order, U(1)_X is the same as X."""
        if not isinstance(name, str):
            raise _unknown_triangle(name, self.triangles)
        legs = sorted(_parse_legs(name, self.triangles))
        for triangle in self.triangles:
            if sorted(triangle.legs) == legs:
                return triangle
        raise _unknown_triangle(name, self.triangles)

    @property
    def is_anomaly_free(self) -> bool:
        """True when every coefficient is identically zero and every parity is even."""
        return all(value == 0 for value in self.polynomials) and not any(odd for _, odd in self.witten)

    def select(self, wanted: Callable[[Triangle, Expr], bool]) -> AnomalyConditions:
        """Return the triangles for which `wanted(triangle, polynomial)` is true, without global anomalies."""
        kept = [(triangle, value) for triangle, value in self.items() if wanted(triangle, value)]
        return AnomalyConditions(
            tuple(triangle for triangle, _ in kept),
            tuple(value for _, value in kept),
            normalisation=self.normalisation,
        )

    def involving(self, factor: str) -> AnomalyConditions:
        """Return the conditions whose triangle has at least one leg of that gauge factor."""
        if factor not in {leg for triangle in self.triangles for leg in triangle.legs}:
            raise UnknownNameError(must_be("factor", "a factor of the gauge group", factor))
        return self.select(lambda triangle, _: factor in triangle.legs)

    def of_degree(self, degree: int) -> AnomalyConditions:
        """Return the conditions that are not identically zero and have that total degree."""
        return self.select(lambda _, value: value != 0 and _degree(value) == degree)

    def subs(self, values: Mapping[Symbol, Any]) -> AnomalyConditions:
        """Return the conditions with charges substituted, simultaneously, and expanded."""
        replaced = substitute_all(self.polynomials, values)
        return AnomalyConditions(self.triangles, replaced, self.witten, self.normalisation)

    def table(self) -> Table:
        """Return triangle and coefficient as a table, the global anomalies last."""
        rows: list[tuple[Any, ...]] = list(self.items())
        rows += [(f"Witten {factor}", f"{parity} mod 2") for factor, parity in self.witten]
        return Table(("Triangle", "Coefficient"), tuple(rows))

    def as_json(self) -> dict[str, Any]:
        """Return coefficients and parities by name; polynomials and rationals as strings."""
        return {
            "normalisation": self.normalisation,
            "conditions": {str(triangle): str(value) for triangle, value in self.items()},
            "witten": dict(self.witten),
        }

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))

    def _sympystr(self, printer: Any) -> str:
        return self.table().text()

    def _pretty(self, printer: Any) -> Any:
        return printer._print(self.table())


def _unknown_triangle(key: object, known: Sequence[Triangle]) -> UnknownNameError:
    return UnknownNameError(must_be("triangle", "one of " + ", ".join(map(str, known)), str(key)))


def _parse_legs(name: str, known: Sequence[Triangle]) -> list[str]:
    legs: list[str] = []
    for token in name.replace("*", " ").replace("×", " ").split():
        match = _POWER.fullmatch(token)
        if not match:
            raise _unknown_triangle(name, known)
        leg = match["name"].removeprefix("U(1)_")
        legs += [GRAVITY if leg == "gravity" else leg] * int(match["power"] or 1)
    return legs


def _degree(polynomial: Expr) -> int:
    symbols = sorted(polynomial.free_symbols, key=str)
    return int(Poly(polynomial, *symbols).total_degree()) if symbols else 0


def anomaly_conditions(content: FieldContent, normalisation: Normalisation = "derived") -> AnomalyConditions:
    r"""Return every perturbative and global gauge anomaly of a field content.

    Parameters
    ----------
    content : any `FieldContent`; charges may be numbers or polynomials.
    normalisation : "derived" for the traces themselves, with the Dynkin index normalised to 1 for the
        fundamental of SU(N); "primitive" for coprime integer coefficients.

    Returns
    -------
    AnomalyConditions : triangles G^3, G^2 U(1), all U(1)_a U(1)_b U(1)_c and grav^2 U(1); and the Witten
        parity of SU(2) and Sp(2N).

    Source: ADN (2.2), (2.3), (2.5) for the Standard Model with U(1)_X.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> conditions = anomaly_conditions(standard_model(families=1))
    >>> conditions["Y X^2"]
    Q_d**2 + Q_e**2 - Q_l**2 + Q_q**2 - 2*Q_u**2
    >>> conditions["SU(3)^2 Y"], conditions["Y^3"]
    (0, 0)
    >>> anomaly_conditions(standard_model(families=1), "primitive")["Y^2 X"]
    -2*Q_d - 6*Q_e + 3*Q_l + Q_q - 8*Q_u
    """
    as_content(content)
    if any(factor.name in (GRAVITY, "gravity") for factor in content.group.abelian_factors):
        raise ArgumentError(must_be("content", "one without a U(1) named after gravity", str(content.group)))
    if normalisation not in get_args(Normalisation):
        raise ArgumentError(must_be("normalisation", "'derived' or 'primitive'", normalisation))
    return _derived(content, normalisation)


@lru_cache(maxsize=128)
def _derived(content: FieldContent, normalisation: Normalisation) -> AnomalyConditions:
    """Derive the conditions; kept, because each solution of a search asks for those of its content."""
    coefficients = {triangle: _coefficient(triangle, content) for triangle in _triangles(content.group)}
    if normalisation == "primitive":
        coefficients = {triangle: _primitive(value) for triangle, value in coefficients.items()}
    return AnomalyConditions(
        tuple(coefficients), tuple(coefficients.values()), witten_parities(content), normalisation
    )


def _triangles(group: GaugeGroup) -> Iterator[Triangle]:
    simple = [factor.name for factor in group.simple_factors]
    abelian = [factor.name for factor in group.abelian_factors]
    yield from (Triangle((f.name,) * 3) for f in group.simple_factors if has_cubic_anomaly(f))
    yield from (Triangle((name, name, u)) for u in abelian for name in simple)
    yield from (Triangle((GRAVITY, GRAVITY, u)) for u in abelian)
    yield from (Triangle(legs) for legs in combinations_with_replacement(abelian, 3))


def _coefficient(triangle: Triangle, content: FieldContent) -> Expr:
    terms = []
    for field in content.multiplets:
        weight = field.chirality.sign and field.chirality.sign * _weight(triangle, content.group, field)
        if weight:
            charges = [charges for _, charges in _abelian_legs(triangle, content.group, field)]
            terms += [Mul(Integer(weight), *factors) for factors in zip(*charges, strict=True)] or [
                Integer(weight * field.families)
            ]
    return expand(Add(*terms))


def _weight(triangle: Triangle, group: GaugeGroup, field: Multiplet) -> int:
    """The non-abelian factor of one family: I(R) dim(rest), A(R) dim(rest), or the dimension."""
    for factor, representation in zip(group.simple_factors, field.irreps, strict=True):
        power = triangle.legs.count(factor.name)
        if power:
            value = dynkin_index(representation) if power == 2 else cubic_coefficient(representation)
            return value * field.multiplicity // dimension(representation)
    return field.multiplicity


def _abelian_legs(
    triangle: Triangle, group: GaugeGroup, field: Multiplet
) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    for factor, charges in zip(group.abelian_factors, field.charges, strict=True):
        for _ in range(triangle.legs.count(factor.name)):
            yield factor.name, charges


def _primitive(polynomial: Expr) -> Expr:
    if polynomial == 0:
        return polynomial
    terms = polynomial.as_coefficients_dict()
    coefficients = [as_rational(value, "coefficient") for value in terms.values()]
    scale = Fraction(primitive(coefficients)[0]) / coefficients[0]
    return expand(polynomial * to_sympy(scale))


def witten_parities(content: FieldContent) -> tuple[tuple[str, int], ...]:
    """Return (factor, parity) for each SU(2) and Sp(2N) factor: 1 means Witten's anomaly is present.

    Both chiralities count alike, because the representations that matter are pseudoreal.

    >>> from anomalies import standard_model
    >>> witten_parities(standard_model())
    (('SU(2)', 0),)
    """
    return tuple(
        (factor.name, sum(_witten_count(field, index) for field in content.multiplets) % 2)
        for index, factor in enumerate(content.group.simple_factors)
        if has_witten_anomaly(factor)
    )


def _witten_count(field: Multiplet, index: int) -> int:
    representation = field.irreps[index]
    copies = field.multiplicity // dimension(representation) * field.families
    return abs(field.chirality.sign) * witten_parity(representation) * copies
