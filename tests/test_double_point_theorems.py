"""The theorems about double points: proved, about the derived conditions, and agreeing with the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from sympy import Expr, Rational

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.double_points import double_points
from anomalies.errors import AnomaliesError, CheckFailedError
from anomalies.fields import Chirality, FieldContent
from anomalies.library import standard_model
from anomalies.linear import in_span
from anomalies.proofs import certify
from anomalies.proofs.coq import why_not_in_coq
from anomalies.theorems import model_families
from anomalies.theorems.model_families import THEOREMS
from anomalies.theorems.theorem import Theorem, proved

BY_NAME = {theorem.name: theorem for theorem in THEOREMS}


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.name)
def test_theorems_are_proved(theorem: Theorem) -> None:
    claim = proved(theorem)
    assert claim.status == "proved"
    assert why_not_in_coq(claim) == ""


@pytest.mark.parametrize("neutrinos", [3, 0])
def test_the_search_finds_the_same_double_points(neutrinos: int) -> None:
    """The points found by algebra on the whole space, and the basis that the theorem states."""
    found = double_points(standard_model(3, neutrinos))
    assert found.exhaustive
    assert len(found.points) == (1 if neutrinos else 0)
    places = [found.space.symbols.index(name) for name in model_families._charges(neutrinos)]
    name = "double-points-radical" if neutrinos else "no-double-point-without-neutrinos"
    stated = BY_NAME[name].formal().goal.basis
    vectors = [point.vector for point in (*found.shifts, *found.points)]
    listed = [tuple(v[place] for place in places) for v in vectors]
    universal = [tuple(map(Fraction, v)) for v in stated[: 2 if neutrinos else 1]]
    assert all(in_span(universal, v) for v in listed)
    assert all(in_span(listed, v) for v in universal)


def _changed(neutrinos: int, kind: str) -> FieldContent:
    content = standard_model(3, neutrinos)
    if kind == "hypercharge":
        field = content.multiplet("d")
        y, *others = field.charges
        return content.map_fields(
            {"d": replace(field, charges=(tuple(x + Rational(1, 6) for x in y), *others))}
        )
    field = content.multiplet("e")
    return content.map_fields({"e": replace(field, chirality=Chirality.LEFT)})


@pytest.mark.parametrize("kind", ["hypercharge", "chirality"])
def test_a_wrong_content_breaks_them(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forms(neutrinos: int) -> Mapping[str, Expr]:
        conditions = anomaly_conditions(_changed(neutrinos, kind)).involving("X")
        return {str(triangle): polynomial for triangle, polynomial in conditions.items()}

    monkeypatch.setattr(model_families, "_forms", forms)
    unbroken = set()
    for theorem in THEOREMS:
        try:
            proved(theorem)
            unbroken.add(theorem.name)
        except AnomaliesError:
            continue
    # In the radical only the charges of nu_R are left, which these changes do not touch.
    assert unbroken == {"no-double-point-but-y-and-b-minus-l"}


def test_the_cubic_condition_is_needed() -> None:
    """Without T(D, D, .) = 0 the traceless charges of nu_R are free."""
    theorem = BY_NAME["no-double-point-but-y-and-b-minus-l"]
    statement = theorem.formal()
    for weaker in (
        replace(statement, given=()),
        replace(statement, given=tuple(h for h in statement.given if len(h.args) < 3)),
    ):
        with pytest.raises(CheckFailedError):
            certify(theorem.name, weaker, theorem.method)
