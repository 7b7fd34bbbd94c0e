"""Tangents of the cubic: a dense set of solutions where there is no quadric."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import lru_cache

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sympy.printing.latex import latex

from anomalies.diophantine.tangent_map import TangentMap, _differential, _image, _rank_at, tangent_map
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError
from anomalies.fields import FieldContent, multiplet
from anomalies.groups import gauge_group
from anomalies.library import standard_model
from anomalies.solutions import Solution

parameters = st.lists(st.fractions(-5, 5, max_denominator=3), min_size=20, max_size=20)


@lru_cache
def weyl(fermions: int) -> FieldContent:
    """U(1)_X with left-handed fermions of unknown charges."""
    group = gauge_group("U(1)_X")
    return FieldContent(group, (multiplet(group, "z", (), {}, chirality="left", families=fermions),))


@lru_cache
def dark(families: int) -> FieldContent:
    """One family with nu_R and dark fermions."""
    content = standard_model(1, 1)
    field = multiplet(content.group, "chi", ("1", "1"), {"Y": "0"}, chirality="left", families=families)
    return content.with_fields(field)


@lru_cache
def map_of(content: FieldContent) -> TangentMap:
    return tangent_map(content)


@pytest.mark.parametrize("content", [weyl(5), weyl(6), weyl(7), dark(4)])
@given(values=parameters)
@settings(max_examples=10, deadline=None)
def test_any_parameters_give_a_solution_or_are_refused(content: FieldContent, values: list[Fraction]) -> None:
    found = map_of(content)
    try:
        solution = found.subs(values[: len(found.parameters)])
    except ArgumentError:
        event("refused")
        size = len(found.directions)
        assert not any(_image(found, values[:size], values[size : 2 * size]))
        return
    assert isinstance(solution, Solution)


@pytest.mark.parametrize("content", [weyl(5), weyl(6), dark(4)])
def test_the_witness_has_the_rank_of_the_cubic_cone(content: FieldContent) -> None:
    found = map_of(content)
    size = len(found.directions)
    assert _rank_at(found, *found.witness) == size - 1
    # The image is on the cubic, so no place has a larger rank; and at zero, there is none.
    assert _rank_at(found, (1, *(2,) * (size - 1)), tuple(range(size))) <= size - 1
    assert _rank_at(found, (0,) * size, (0,) * size) == 0


@given(st.lists(st.integers(-3, 3), min_size=8, max_size=8))
@settings(max_examples=20, deadline=None)
def test_the_differential_is_the_limit_of_difference_quotients(values: list[int]) -> None:
    found = map_of(weyl(5))
    u, v = values[:4], values[4:8]
    x, rows = _differential(found, u, v)
    assert x == _image(found, u, v)
    h = Fraction(1, 10**40)
    for i, row in enumerate(rows):
        assert found.space.cubic(x, x, row) == 0
        moved = [a + h * (i == j) for j, a in enumerate([*u, *v])]
        quotient = [(a - b) / h for a, b in zip(_image(found, moved[:4], moved[4:]), x, strict=True)]
        assert all(abs(a - b) < Fraction(1, 10**9) for a, b in zip(quotient, row, strict=True))


def test_solutions_of_five_fermions_are_not_all_vector_like() -> None:
    found = map_of(weyl(5))
    u, v = found.witness
    solution = found.subs([*u, *v, 1])
    charges = [value for _, value in solution.values]
    assert 0 not in charges
    assert not any(-a in charges for a in charges)


def test_contents_that_do_not_fit_are_refused() -> None:
    for content in (standard_model(), standard_model(1, 1), weyl(3)):
        with pytest.raises(
            ArgumentError, match="Argument 'content' must be one without a quadratic condition"
        ):
            tangent_map(content)
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        tangent_map("sm")  # type: ignore[arg-type]
    # The cubic of four charges is three lines: tangents stay on them.
    with pytest.raises(NotASolutionError, match="No small solution was found"):
        tangent_map(weyl(4))


def test_false_witnesses_are_refused() -> None:
    found = map_of(weyl(5))
    zero = ((0,) * 4, (0,) * 4)
    with pytest.raises(ArgumentError, match="Argument 'witness' must be a place where the map has full rank"):
        TangentMap(found.space, found.shifts, found.directions, found.point, found.axis, zero)
    with pytest.raises(ArgumentError, match="Argument 'point' must be a smooth point of the cubic"):
        TangentMap(found.space, found.shifts, found.directions, found.axis, found.axis, found.witness)
    with pytest.raises(ArgumentError, match="Argument 'values' must be parameters where both tangents"):
        found.subs([0] * len(found.parameters))
    with pytest.raises(ArgumentError, match="Argument 'values' must have 9 entries, not 1"):
        found.subs([1])


def test_printing() -> None:
    found = map_of(weyl(5))
    assert str(found).startswith("a dense set of solutions: third points of tangents, twice, from Q_z1 = ")
    assert latex(found).startswith(r"X = \lambda \operatorname{third}")
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({found, pickle.loads(pickle.dumps(found))}) == 1
