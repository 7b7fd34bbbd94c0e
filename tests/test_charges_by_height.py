"""Every rational solution by the height of its charges: against trying all vectors, and known counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice, pairwise, product, takewhile
from math import factorial, gcd, prod
from pathlib import Path

import pytest
from sympy import Symbol

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.charges_by_height import integer_charges_by_height, solutions_by_height
from anomalies.diophantine.powersums import parts_of, power_sum_system, solutions
from anomalies.errors import ArgumentError, ArgumentTypeError
from anomalies.exact import height
from anomalies.fields import FieldContent, multiplet
from anomalies.groups import gauge_group
from anomalies.library import standard_model
from anomalies.solutions import Solution

Vector = tuple[int, ...]


def weyl(fermions: int) -> FieldContent:
    """U(1)_X with left-handed fermions of unknown charges."""
    group = gauge_group("U(1)_X")
    return FieldContent(group, (multiplet(group, "z", (), {}, chirality="left", families=fermions),))


def singlets(*hypercharges: int) -> FieldContent:
    group = gauge_group("U(1)_Y x U(1)_X")
    named = zip("abcd", hypercharges, strict=False)
    return FieldContent(group, tuple(multiplet(group, n, (), {"Y": y}, chirality="left") for n, y in named))


CONTENTS = {
    "one family": (standard_model(1, 1), 2),
    "four fermions": (weyl(4), 4),
    "five fermions": (weyl(5), 3),
    "two pairs": (singlets(1, -1, 1, -1), 4),
}


def size(found: tuple[int, Vector]) -> int:
    d, vector = found
    return max(d, *map(abs, vector))


def up_to(content: FieldContent, largest: int) -> list[tuple[int, Vector]]:
    return list(takewhile(lambda found: size(found) <= largest, integer_charges_by_height(content)))


def solves(content: FieldContent, vector: Sequence[int]) -> bool:
    values = dict(zip(content.charge_symbols, vector, strict=True))
    return not any(value.subs(values) for value in anomaly_conditions(content).values())


@pytest.mark.parametrize("name", CONTENTS)
def test_the_solutions_of_each_height_are_all_of_them(name: str) -> None:
    content, largest = CONTENTS[name]
    found = up_to(content, largest)
    box = list(product(range(-largest, largest + 1), repeat=len(content.charge_symbols)))
    linear = [value for value in anomaly_conditions(content).values() if value != 0]
    rows = [
        [int(value.coeff(symbol)) for symbol in content.charge_symbols]
        for value in linear
        if value.is_Add and all(term.as_coeff_Mul()[1].is_Symbol for term in value.args)
    ]
    candidates = [v for v in box if not any(sum(a * x for a, x in zip(row, v, strict=True)) for row in rows)]
    expected = {
        (d, v)
        for v in candidates
        if solves(content, v)
        for d in range(1, largest + 1)
        if gcd(d, *v) == 1 and size((d, v)) <= largest
    }
    assert set(found) == expected
    assert len(found) == len(expected) > 20
    assert [size(one) for one in found] == sorted(map(size, found))
    assert {d for d, _ in found} == set(range(1, largest + 1))


def test_the_counts_of_the_published_atlas() -> None:
    """One order of the families, no Higgs charge, integers: what the atlas counts up to sign and factor."""
    path = Path(__file__).parent / "reference" / "atlas_counts.json"
    counts = json.loads(path.read_text(encoding="utf-8"))["counts"]["sm"]
    content = standard_model(3, 0)
    place = content.charge_symbols.index(Symbol("Q_H"))
    species = [slice(0, 3), slice(3, 6), slice(6, 9), slice(9, 12), slice(12, 15)]

    def ascending(vector: Vector) -> bool:
        rest = vector[:place] + vector[place + 1 :]
        return all(x <= y for part in species for x, y in pairwise(rest[part]))

    rows = set()
    for d, vector in integer_charges_by_height(content, ascending):
        if size((d, vector)) > 2:
            break
        if d == 1 and vector[place] == 0:
            rays = vector[:place] + vector[place + 1 :]
            divisor = gcd(*rays) or 1
            positive = tuple(x // divisor for x in rays)
            negative = tuple(-x for part in species for x in reversed(positive[part]))
            rows.add(max(positive, negative))
    assert len(rows) == counts["2"] == 22


def test_every_order_of_the_families_is_made() -> None:
    content = standard_model()
    system = power_sum_system(content, bound=1)
    orders = sum(
        prod(
            factorial(len(part)) // prod(map(factorial, Counter(part).values()))
            for part in parts_of(system, row)
        )
        for row in solutions(system)
    )
    first = list(islice(integer_charges_by_height(content), 3 * orders + 1))
    assert len(set(first)) == len(first)
    assert [size(one) for one in first] == [1] * (3 * orders) + [2]


def test_solutions_are_verified_and_in_order() -> None:
    for content, _ in CONTENTS.values():
        listed = list(islice(solutions_by_height(content), 300))
        assert len(set(listed)) == 300
        assert all(isinstance(solution, Solution) for solution in listed)
        heights = [height([value for _, value in solution.values]) for solution in listed]
        assert heights == sorted(heights)
        values = [value for solution in listed for _, value in solution.values]
        assert Fraction(1, 2) in values


def test_a_property_keeps_what_has_it() -> None:
    content = weyl(4)
    kept = integer_charges_by_height(content, lambda z: 0 not in z)
    expected = [found for found in up_to(content, 3) if 0 not in found[1]]
    assert list(takewhile(lambda found: size(found) <= 3, kept)) == expected
    assert len(expected) > 10


def test_contents_without_a_complete_search_are_refused() -> None:
    group = gauge_group("U(1)_X")
    x, y = Symbol("x"), Symbol("y")
    charges = {"a": x + y, "b": y - x, "c": -y, "d": -y}
    mixed = FieldContent(
        group, tuple(multiplet(group, n, (), {"X": q}, chirality="left") for n, q in charges.items())
    )
    with pytest.raises(ArgumentError, match="must have diagonal anomaly conditions"):
        integer_charges_by_height(mixed)
    with pytest.raises(ArgumentError, match="must have diagonal anomaly conditions"):
        solutions_by_height(mixed)
    with pytest.raises(ArgumentError, match="exactly one U"):
        solutions_by_height(standard_model(extra=None))
    with pytest.raises(ArgumentTypeError, match="Argument 'content'"):
        solutions_by_height("sm")  # type: ignore[arg-type]
