"""Hypothesis strategies that the whole suite shares; tested in test_strategies.py."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from sympy import Symbol

from anomalies import FieldContent, GaugeGroup, Multiplet, gauge_group, irrep, multiplet
from anomalies.groups import Irrep, SimpleGroup

# Irreps by Dynkin labels, small ones of each kind: trivial, complex, real and pseudoreal.
_LABELS: dict[str, tuple[tuple[int, ...], ...]] = {
    "SU(3)": ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1)),
    "SU(2)": ((0,), (1,), (2,), (3,)),
    "SU(5)": ((0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0), (0, 0, 1, 0)),
    "Sp(4)": ((0, 0), (1, 0), (0, 1)),
    "SO(10)": ((0, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 1)),
}

_GROUPS = (
    "SU(3) x SU(2) x U(1)_Y x U(1)_X",
    "SU(2) x U(1)_X",
    "SU(5) x U(1)_X",
    "Sp(4) x U(1)_Y x U(1)_X",
    "SO(10) x SU(2) x U(1)_X",
    "U(1)_X",
)


def rationals(largest: int = 30, denominator: int = 12) -> st.SearchStrategy[Fraction]:
    """Rational numbers of moderate height."""
    return st.builds(Fraction, st.integers(-largest, largest), st.integers(1, denominator))


def gauge_groups() -> st.SearchStrategy[GaugeGroup]:
    """Products of simple groups with at least one U(1), the last of which is U(1)_X."""
    return st.sampled_from(_GROUPS).map(gauge_group)


def irreps(group: SimpleGroup) -> st.SearchStrategy[Irrep]:
    """A small irrep of a group that occurs in `gauge_groups`."""
    return st.sampled_from(_LABELS[group.name]).map(lambda labels: irrep(group, labels))


@st.composite
def multiplets(
    draw: st.DrawFn, group: GaugeGroup, name: str, chirality: str | None = None, numeric: bool = False
) -> Multiplet:
    """One field with numbers as charges, or symbols under the last U(1)."""
    families = draw(st.integers(1, 3))
    charges: dict[str, object] = {
        factor.name: [draw(rationals()) for _ in range(families)] for factor in group.abelian_factors
    }
    if not numeric and draw(st.booleans()):
        del charges[group.abelian_factors[-1].name]
    return multiplet(
        group,
        name,
        tuple(draw(irreps(factor)) for factor in group.simple_factors),
        charges,
        chirality=chirality or draw(st.sampled_from(["left", "right", "vector-like", "scalar"])),
        families=families,
    )


@st.composite
def field_contents(draw: st.DrawFn, numeric: bool = False) -> FieldContent:
    """A content of one to five fields named a, b, c, ...; `numeric` leaves no symbol in the charges."""
    group = draw(gauge_groups())
    names = "abcde"[: draw(st.integers(1, 5))]
    return FieldContent(group, tuple(draw(multiplets(group, name, numeric=numeric)) for name in names))


def lepton_charges(largest: int = 12, denominator: int = 6) -> st.SearchStrategy[tuple[Fraction, ...]]:
    """Three rational lepton charges (a_e, a_mu, a_tau)."""
    return st.tuples(*(rationals(largest, denominator) for _ in range(3)))


PARAMETERS = tuple(Symbol(name) for name in ("a_e", "a_mu", "a_tau", "a_Y"))
