r"""Masses of the electroweak gauge bosons, from the covariant derivatives of any scalars.

A component with weak isospin T3, hypercharge Y and charge Q_X couples to the bosons (B, W3, X, ...) by

    D = d - i (g' Y B + g T3 W3 + g_X Q_X X + ...),

with a minus sign in front, so that a fermion has the interaction + g T3 fbar gamma f W3.  The coefficients
are its coupling vector k.  The vacuum value <phi> = v / sqrt(2) of a complex scalar gives the mass matrix
M^2 = sum v^2 k k^T in L = (1/2) A^T M^2 A.  Only electrically neutral components, Y = -T3, may have one: then
k . (g, g', 0, ...) = g g' (Y + T3) = 0, which is the massless photon.

No kinetic mixing of the U(1) factors is included (ADN, footnote 16).

Key results
-----------
coupling_vector : how a component of a field couples to each neutral boson
neutral_masses : the mass matrix of the neutral bosons, the Z-X block of it, and m_W
adn_masses : (3.14), for the charges in (a_e, a_mu, a_tau, a_Y)

References
----------
ADN, arXiv:1909.02021, (3.12)-(3.14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from operator import add
from typing import Any

from sympy import ImmutableMatrix, Integer, Symbol, expand, sqrt
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, RepresentationError, UnknownNameError, must_be
from anomalies.exact import as_expression, as_integer, as_rational, to_sympy
from anomalies.fields import Chirality, FieldContent, Multiplet, as_content
from anomalies.phenomenology.points import framework_content
from anomalies.phenomenology.symbols import g, g_prime, g_X, v, v_Phi

__all__ = [
    "HYPERCHARGE",
    "NeutralMasses",
    "adn_masses",
    "coupling_vector",
    "isospins",
    "neutral_masses",
    "neutral_rotation",
    "weak_place",
]

HYPERCHARGE = "Y"
_KNOWN_COUPLINGS = {HYPERCHARGE: g_prime, "X": g_X}


@dataclass(frozen=True, slots=True, repr=False)
class NeutralMasses(Printable):
    """The mass matrix of the neutral gauge bosons, in L = (1/2) A^T M^2 A.

    Attributes
    ----------
    bosons : their symbols B, W3, X, ..., in the order of the rows.
    couplings : the gauge coupling of each, g', g, g_X, ...
    matrix : M^2; symmetric.
    z_block : M^2 between Z0 = (g W3 - g' B)/sqrt(g^2 + g'^2) and X, ...: the photon is split off.
    m_W_squared : the squared mass of the W.
    """

    bosons: tuple[Symbol, ...]
    couplings: tuple[Any, ...]
    matrix: Any
    z_block: Any
    m_W_squared: Any

    @property
    def photon(self) -> Any:
        """The massless combination, normalised: (g, g', 0, ...)/sqrt(g^2 + g'^2)."""
        hypercharge, weak, *others = self.couplings
        length = sqrt(weak**2 + hypercharge**2)
        return ImmutableMatrix([weak / length, hypercharge / length, *(Integer(0) for _ in others)])

    @property
    def weak_rotation(self) -> Any:
        """The orthogonal matrix with the columns photon, Z0, X, ...: (3.15) at alpha_z = 0."""
        return _weak_rotation(self.couplings)

    @property
    def rho_before_mixing(self) -> Any:
        """m_W^2 / (m_Z0^2 cos^2 theta_w): what the choice of scalars alone makes of rho, 1 for doublets.

        Raises `ArgumentError` if only singlets have a vacuum value.
        """
        hypercharge, weak, *_ = self.couplings
        if self.z_block[0, 0] == 0:
            raise ArgumentError("Argument 'vacuum' must give the Z a mass: no weak multiplet has a value.")
        return (self.m_W_squared * (weak**2 + hypercharge**2) / (weak**2 * self.z_block[0, 0])).cancel()

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.matrix))

    def _sympystr(self, printer: Any) -> str:
        return str(printer._print(self.matrix))


def _weak_rotation(couplings: tuple[Any, ...]) -> Any:
    hypercharge, weak, *others = couplings
    length = sqrt(weak**2 + hypercharge**2)
    rotation = ImmutableMatrix.eye(2 + len(others)).as_mutable()
    rotation[0, 0] = rotation[1, 1] = weak / length
    rotation[1, 0] = hypercharge / length
    rotation[0, 1] = -hypercharge / length
    return rotation.as_immutable()


def neutral_rotation(content: FieldContent, *, couplings: Mapping[str, Any] | None = None) -> Any:
    """Return the orthogonal matrix of (B, W3, X, ...) = O (A, Z0, X, ...), whatever the vacuum values are.

    >>> neutral_rotation(framework_content())[:, 0].T
    Matrix([[g/sqrt(g**2 + g'**2), g'/sqrt(g**2 + g'**2), 0]])
    """
    return _weak_rotation(_strengths(as_content(content), couplings or {}))


@dataclass(frozen=True, slots=True)
class _Vacuum:
    """A component with a vacuum value."""

    isospin: Fraction
    casimir: Fraction
    coupling: tuple[Any, ...]
    value: Any


def weak_place(content: FieldContent) -> int:
    """Return the index of the weak SU(2) among the simple factors of the gauge group.

    Raises `RepresentationError` unless there is exactly one SU(2).

    >>> weak_place(framework_content())
    1
    """
    simple = as_content(content).group.simple_factors
    places = [i for i, factor in enumerate(simple) if (factor.series, factor.rank) == ("A", 1)]
    if len(places) != 1:
        raise RepresentationError(
            must_be("content", "a content with exactly one SU(2) factor", str(content.group))
        )
    return places[0]


def isospins(content: FieldContent, field: Multiplet) -> tuple[Fraction, ...]:
    """Return T3 of each component of a field, the largest first.

    >>> [str(T3) for T3 in isospins(framework_content(), framework_content().multiplet("H"))]
    ['1/2', '-1/2']
    """
    highest = field.irreps[weak_place(content)].labels[0]
    return tuple(Fraction(weight, 2) for weight in range(highest, -highest - 1, -2))


def coupling_vector(
    content: FieldContent,
    name: str,
    T3: object,
    *,
    family: int = 1,
    couplings: Mapping[str, Any] | None = None,
) -> tuple[Any, ...]:
    """Return the couplings (g' Y, g T3, g_X Q_X, ...) of a component to the neutral bosons B, W3, X, ...

    Parameters
    ----------
    content : the fields, with their charges as numbers or symbols.
    name : the field.
    T3 : the weak isospin of the component, such as "1/2".
    family : from 1.
    couplings : the gauge couplings by the name of the factor, {"SU(2)": ..., "Y": ..., "X": ...}; those that
        are left out are the symbols g, g', g_X, and g_Z for a U(1)_Z.

    Raises
    ------
    ArgumentError : the field has no such component or family, or a coupling has no factor.
    UnknownNameError : there is no such field, or no U(1)_Y.

    Source: ADN (3.13), (5.10).

    Examples
    --------
    >>> coupling_vector(framework_content(normalised=False), "l", "-1/2", family=1)
    (-g'/2, -g/2, g_X*(-a_Y/2 + a_e))
    """
    as_content(content)
    field = content.multiplet(name)
    isospin = as_rational(T3, "T3")
    if isospin not in isospins(content, field):
        known = ", ".join(map(str, isospins(content, field)))
        raise ArgumentError(must_be("T3", f"one of {known} for {name}", str(isospin)))
    if not 1 <= as_integer(family, "family") <= field.families:
        raise ArgumentError(must_be("family", f"from 1 to {field.families} for {name}", family))
    strengths = _strengths(content, couplings or {})
    charges = [field.charges[content.place_of(factor)][int(family) - 1] for factor in _factors(content)]
    hyper, *others = (
        strength * charge for strength, charge in zip((strengths[0], *strengths[2:]), charges, strict=True)
    )
    return (hyper, strengths[1] * to_sympy(isospin), *others)


def _factors(content: FieldContent) -> tuple[str, ...]:
    """The U(1) factors, hypercharge first."""
    content.place_of(HYPERCHARGE)
    names = [factor.name for factor in content.group.abelian_factors]
    return (HYPERCHARGE, *(name for name in names if name != HYPERCHARGE))


def _strengths(content: FieldContent, given: Mapping[str, Any]) -> tuple[Any, ...]:
    """The gauge couplings of B, W3, X, ..."""
    weak = content.group.simple_factors[weak_place(content)].name
    hypercharge, *others = _factors(content)
    known = (hypercharge, weak, *others)
    for name in given:
        if name not in known:
            raise UnknownNameError(must_be("couplings", f"keyed by factors among {', '.join(known)}", name))
    for name, value in given.items():
        if value == 0:
            raise ArgumentError(must_be(f"couplings[{name}]", "different from zero", value))
    default = {weak: g} | _KNOWN_COUPLINGS
    return tuple(
        as_expression(given[name], f"couplings[{name}]")
        if name in given
        else default.get(name, Symbol(f"g_{name}", positive=True))
        for name in known
    )


def neutral_masses(
    content: FieldContent,
    vacuum: Mapping[Any, Any],
    *,
    couplings: Mapping[str, Any] | None = None,
) -> NeutralMasses:
    """Return the mass matrix of the neutral gauge bosons, and m_W, for any scalars and vacuum values.

        M^2 = sum v^2 k k^T,     m_W^2 = (g^2 / 2) sum v^2 (j (j + 1) - T3^2)

    Parameters
    ----------
    content : the fields; its gauge group must have one SU(2) and a U(1)_Y.
    vacuum : the real vacuum values v, with <phi> = v/sqrt(2): keyed by the name of a scalar, for its
        electrically neutral component, or by (name, T3).  For a real field, with L = (D phi)^2 / 2, write
        <phi> = v.  Any unit of energy.
    couplings : as for `coupling_vector`.

    Raises
    ------
    ArgumentError : a field is not a scalar, is coloured, or has no such neutral component.
    UnknownNameError : there is no such field, or no U(1)_Y.
    RepresentationError : the gauge group does not have exactly one SU(2).

    Source: ADN (3.12)-(3.14).

    Examples
    --------
    A Higgs doublet and a triplet with a vacuum value in its neutral component:

    >>> from anomalies import multiplet, standard_model
    >>> sm = standard_model(extra=None)
    >>> triplet = multiplet(sm.group, "T", ("1", "3"), {"Y": "1"}, chirality="scalar")
    >>> masses = neutral_masses(sm.with_fields(triplet), {"H": v, "T": Symbol("w")})
    >>> masses.m_W_squared, masses.rho_before_mixing
    (g**2*v**2/4 + g**2*w**2/2, (v**2 + 2*w**2)/(v**2 + 4*w**2))
    """
    strengths = _strengths(as_content(content), couplings or {})
    components = tuple(
        _component(content, name, isospin, value, couplings) for name, isospin, value in _read_vacuum(vacuum)
    )
    hypercharge, weak, *_ = strengths
    z_strength = sqrt(weak**2 + hypercharge**2)
    # On a neutral component (g T3 W3 + g' Y B) is sqrt(g^2 + g'^2) T3 Z0.
    z_vectors = [(z_strength * to_sympy(c.isospin), *c.coupling[2:]) for c in components]
    return NeutralMasses(
        tuple(Symbol(name) for name in ("B", "W3", *_factors(content)[1:])),
        strengths,
        _sum_of_squares((c.coupling, c.value) for c in components),
        _sum_of_squares((k, c.value) for k, c in zip(z_vectors, components, strict=True)),
        expand(
            sum(weak**2 * c.value**2 * to_sympy(c.casimir - c.isospin**2) / 2 for c in components)
            + Integer(0)
        ),
    )


def _read_vacuum(vacuum: object) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (name, T3 or None, value) of each entry, no scalar twice."""
    if not isinstance(vacuum, Mapping):
        raise ArgumentTypeError(must_be("vacuum", "a mapping from scalars to vacuum values", vacuum))
    if not vacuum:
        raise ArgumentError(must_be("vacuum", "not empty", {}))
    seen = set()
    for key, value in vacuum.items():
        if isinstance(key, tuple) and len(key) != 2:
            raise ArgumentTypeError(must_be("vacuum", "keyed by names or pairs (name, T3)", key))
        name, isospin = key if isinstance(key, tuple) else (key, None)
        if name in seen:
            raise ArgumentError(f"Argument 'vacuum' must name each scalar once, not {name!r} twice.")
        seen.add(name)
        yield name, isospin, as_expression(value, f"vacuum[{key}]")


def _sum_of_squares(terms: Iterable[tuple[tuple[Any, ...], Any]]) -> Any:
    """Return sum v^2 k k^T, expanded."""
    squares = (value**2 * ImmutableMatrix(vector) * ImmutableMatrix(vector).T for vector, value in terms)
    return reduce(add, squares).applyfunc(expand)


def _component(
    content: FieldContent, name: str, given: Any, value: Any, couplings: Mapping[str, Any] | None
) -> _Vacuum:
    """Return the electrically neutral component of a scalar, which must be the given one if one is."""
    field = content.multiplet(name)
    place = weak_place(content)
    if field.chirality is not Chirality.SCALAR or field.families != 1:
        raise ArgumentError(must_be("vacuum", "keyed by scalars without families", name))
    if any(not factor.is_trivial for i, factor in enumerate(field.irreps) if i != place):
        raise ArgumentError(must_be("vacuum", "keyed by scalars without colour", name))
    hypercharge = field.charges[content.place_of(HYPERCHARGE)][0]
    neutral = as_rational(-hypercharge, f"hypercharge of {name}")
    isospin = neutral if given is None else as_rational(given, "T3")
    if isospin != neutral or isospin not in isospins(content, field):
        raise ArgumentError(
            f"Argument 'vacuum' must give values to electrically neutral components, T3 = -Y = {neutral} "
            f"of {name}, which has T3 = {', '.join(map(str, isospins(content, field)))}"
            + (f", not to T3 = {isospin}." if isospin != neutral else ".")
        )
    spin = isospins(content, field)[0]
    vector = coupling_vector(content, name, isospin, couplings=couplings)
    return _Vacuum(isospin, spin * (spin + 1), vector, value)


@cache
@cache
def adn_masses() -> NeutralMasses:
    """Return the neutral mass matrix of ADN's model, <H> = v/sqrt(2), <Phi> = v_Phi/sqrt(2).

    Source: ADN (3.14).

    >>> print(adn_masses().matrix[0, :])
    Matrix([[g'**2*v**2/4, -g*g'*v**2/4, a_Y*g'*g_X*v**2/4]])
    """
    return neutral_masses(framework_content(normalised=False), {"H": v, "Phi": v_Phi})
