"""Solution spaces in Coq: three theorems over the integers, from the matrices of the certificate.

Every solution is a combination of the basis up to an integer factor, every combination is a solution,
and only the trivial combination is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from anomalies.proofs.coq_text import block, coq_name, print_linear, vanishing_sum
from anomalies.proofs.methods import Proof
from anomalies.proofs.statements import Statement

__all__ = ["solution_space_theorems"]


def _integral(row: Sequence[Any]) -> list[int]:
    entries = [Fraction(entry) for entry in row]
    scale = lcm(*(entry.denominator for entry in entries))
    return [int(entry * scale) for entry in entries]


@dataclass(frozen=True, slots=True)
class _Space:
    """A solution space in integers: d x = N (L x) + P (A x), d L N = d, with the texts of A x and N c."""

    x: list[str]
    c: list[str]
    a: list[list[int]]
    n: list[list[int]]
    d: int
    left: list[list[int]]
    inverse: list[list[int]]

    @property
    def rows(self) -> list[str]:
        return [print_linear(row, self.x) for row in self.a]

    @property
    def point(self) -> list[str]:
        return [print_linear([vector[i] for vector in self.n], self.c) for i in range(len(self.x))]


def solution_space_theorems(name: str, statement: Statement, proof: Proof) -> str:
    """State and prove: solutions are combinations, combinations are solutions, and only 0 is 0."""
    goal = statement.goal
    a = [_integral(row) for row in goal.matrix]
    n = [_integral(vector) for vector in goal.basis]
    # Rows and basis vectors are scaled to integers, so the columns of P and the rows of L by the inverse.
    by_row = [_ratio(row, original) for row, original in zip(a, goal.matrix, strict=True)]
    by_vector = [_ratio(vector, original) for vector, original in zip(n, goal.basis, strict=True)]
    left = [[Fraction(e) / r for e, r in zip(row, by_row, strict=True)] for row in proof["left"]]
    inverse = [[Fraction(e) / r for e in row] for row, r in zip(proof["inverse"], by_vector, strict=True)]
    d = lcm(*(entry.denominator for row in (*left, *inverse) for entry in row))
    space = _Space(
        [coq_name(symbol.name) for symbol in statement.variables],
        [f"c'{index}" for index in range(len(n))],
        a,
        n,
        d,
        [[int(d * entry) for entry in row] for row in left],
        [[int(d * entry) for entry in row] for row in inverse],
    )
    theorems = [_complete(f"{name}_complete", space)]
    if n:
        theorems += [_sound(f"{name}_solutions", space), _independent(f"{name}_independent", space)]
    return "\n".join("\n".join([*theorem, "Qed.", ""]) for theorem in theorems)


def _ratio(integral: Sequence[int], row: Sequence[Fraction]) -> Fraction:
    return next((i / e for i, e in zip(integral, row, strict=True) if e), Fraction(1))


def _complete(name: str, space: _Space) -> Iterator[str]:
    premises = [f"g'{index}" for index in range(len(space.a))]
    chosen = [f"({print_linear(row, space.x)})" for row in space.inverse]
    yield f"Theorem {name} : forall ({' '.join(space.x)} : Z),"
    yield from (f"  {row} = 0 ->" for row in space.rows)
    yield "  exists (" + " ".join(["d'", *space.c]) + " : Z), d' <> 0"
    yield (
        "\n".join(rf"    /\ d' * {x} = {value}" for x, value in zip(space.x, space.point, strict=True)) + "."
    )
    yield "Proof."
    yield f"  intros {' '.join([*space.x, *premises])}."
    yield f"  exists {', '.join([str(space.d), *chosen])}."
    yield "  split; [discriminate |]."
    for index, row in enumerate(space.left):
        last = index == len(space.x) - 1
        yield from () if last else ("  split.",)
        steps = ["apply move'.", *vanishing_sum([str(entry) for entry in row], space.rows, premises)]
        yield from (f"  {line}" for line in block(steps))


def _sound(name: str, space: _Space) -> Iterator[str]:
    values = [f"({value})" for value in space.point]
    goals = [f"({print_linear(row, values)} = 0)" for row in space.a] or ["True"]
    yield f"Theorem {name} : forall ({' '.join(space.c)} : Z),"
    yield "  " + " /\\\n  ".join(goals) + "."
    yield "Proof."
    yield f"  intros {' '.join(space.c)}."
    yield "  repeat split; ring." if space.a else "  exact I."


def _independent(name: str, space: _Space) -> Iterator[str]:
    premises = [f"g'{index}" for index in range(len(space.x))]
    yield f"Theorem {name} : forall ({' '.join(space.c)} : Z),"
    yield from (f"  {value} = 0 ->" for value in space.point)
    yield "  " + " /\\ ".join(f"({c} = 0)" for c in space.c) + "."
    yield "Proof."
    yield f"  intros {' '.join([*space.c, *premises])}."
    for index, row in enumerate(space.inverse):
        last = index == len(space.c) - 1
        yield from () if last else ("  split.",)
        steps = [f"apply (cancel' {space.d}); [discriminate |]."]
        steps += vanishing_sum([str(entry) for entry in row], space.point, premises)
        yield from (f"  {line}" for line in block(steps))
