"""Methods of proof that are one step: each finds what the checker only has to check.

A method is a function from a statement to a proof, the JSON that follows "proof" in a certificate.
Methods that take arguments (`sample`, `witness`) return such a function.  `cases` composes them.

Key results
-----------
prove_identity, prove_membership, prove_contradiction : expansion and cofactors
prove_by_polarisation, prove_on_grid, sample : evaluation
prove_solution_space, prove_by_search, witness : linear algebra, finite sets, single points

References
----------
J. T. Schwartz, J. ACM 27 (1980) 701, for `sample`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb, prod
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat
from sympy import Expr

from anomalies.errors import ArgumentError, CheckFailedError
from anomalies.exact import as_integer, as_rationals
from anomalies.proofs.algebra import Ring, find_combination
from anomalies.proofs.checked_polynomials import degree_bounds, read_expression
from anomalies.proofs.formal import formal_expression
from anomalies.proofs.statements import Goal, Statement, as_expression

__all__ = [
    "Method",
    "Proof",
    "goal_of",
    "prove_by_polarisation",
    "prove_by_search",
    "prove_contradiction",
    "prove_identity",
    "prove_membership",
    "prove_on_grid",
    "prove_solution_space",
    "sample",
    "witness",
]

Proof: TypeAlias = dict[str, Any]
Method: TypeAlias = Callable[[Statement], Proof]

_SAMPLE_SPACE = 2**32  # values of each variable in a sample, by the schema


def goal_of(statement: Statement, kind: str, method: str) -> Goal:
    """Return the goal of a statement, which has to be of the kind that a method proves."""
    if statement.goal.kind != kind:
        raise ArgumentError(
            f"Argument 'statement' must have a goal '{kind}' for {method}, not '{statement.goal.kind}'."
        )
    return statement.goal


# ----------------------------------------------------------------------------------------- algebra


def prove_identity(statement: Statement) -> Proof:
    """Prove that an expression vanishes because it expands to 0.

    Raises
    ------
    CheckFailedError
        If it does not: nothing follows from that, the hypotheses are not looked at.

    Examples
    --------
    >>> from sympy.abc import a, b
    >>> from anomalies.proofs import for_all, prove_identity
    >>> prove_identity(for_all([a, b], (a + b) * (a - b) - a**2 + b**2))
    {'method': 'identity'}
    """
    goal = goal_of(statement, "zero", "prove_identity")
    if Ring(statement).polynomial(goal.expression):
        raise CheckFailedError("No certificate was found: the expression does not expand to 0.")
    return {"method": "identity"}


def prove_membership(statement: Statement) -> Proof:
    """Prove that p vanishes by cofactors, prod s_j^e_j p = sum c_i h_i.

    Here h_i are the given expressions and s_j the nonzero ones.  Variables that a hypothesis
    determines are eliminated, Buchberger's algorithm does the rest.

    Raises
    ------
    CheckFailedError
        If no cofactors are found.

    Examples
    --------
    >>> from sympy.abc import a, b, c
    >>> from anomalies.proofs import for_all, prove_membership
    >>> prove_membership(for_all([a, b, c], a**2 - b**2, given=[a + b - c, c]))
    {'method': 'membership', 'powers': [], 'cofactors': [{'a': '1', 'b': '-1'}, {'a': '1', 'b': '-1'}]}
    """
    goal = goal_of(statement, "zero", "prove_membership")
    return _combine("membership", statement, goal.expression)


def prove_contradiction(statement: Statement) -> Proof:
    """Prove any goal by cofactors that show the hypotheses to exclude each other.

    The equation is prod s_j^e_j = sum c_i h_i: the left side does not vanish, the right side does.

    Examples
    --------
    >>> from sympy.abc import a
    >>> from anomalies.proofs import for_all, impossible, prove_contradiction
    >>> prove_contradiction(for_all([a], impossible(), given=[a**2], nonzero=[a]))
    {'method': 'contradiction', 'powers': [2], 'cofactors': [{'1': '1'}]}
    """
    return _combine("contradiction", statement, as_expression(1))


def _combine(method: str, statement: Statement, target: Expr) -> Proof:
    ring = Ring(statement)
    found = find_combination(
        ring.polynomial(target),
        [ring.polynomial(h) for h in statement.given],
        [ring.polynomial(s) for s in statement.nonzero],
    )
    return {
        "method": method,
        "powers": list(found.powers),
        "cofactors": [ring.formal(cofactor) for cofactor in found.cofactors],
    }


# -------------------------------------------------------------------------------------- evaluation


def prove_by_polarisation(statement: Statement) -> Proof:
    """Prove that a form vanishes on a space because its polar form does on all tuples of a basis.

    The goal is a form in the `lets`, and these are linear in the variables: x_j = sum_i v_i b_ij
    reads off the basis vectors b_i, one for each variable v_i.
    """
    goal = goal_of(statement, "zero", "prove_by_polarisation")
    ring = Ring(statement)
    names = tuple(name for name, _ in statement.lets)
    form = Ring(Statement("every", names, (), (), (), goal)).polynomial(goal.expression) if names else None
    if not form:
        raise CheckFailedError("No certificate was found: the goal is no form in the abbreviations.")
    units = [tuple(int(i == j) for j in range(len(ring.names))) for i in range(len(ring.names))]
    values = [ring.values[name].to_dict() for name in names]
    degree = int(form.total_degree())
    return {
        "method": "polarisation",
        "degree": degree,
        "coordinates": [name.name for name in names],
        "basis": [[str(value.get(unit, 0)) for value in values] for unit in units],
        "tuples": comb(len(units) + degree - 1, degree),
    }


def prove_on_grid(statement: Statement) -> Proof:
    """Prove that an expression vanishes because it does on a grid with more points than its degrees.

    A polynomial of degree at most d_i in variable i that vanishes at d_i + 1 values of each
    variable is zero; the degrees are read off the expression as it is written.
    """
    bounds = _degree_bounds(statement, single=True)
    return {"method": "grid", "degrees": list(bounds), "cases": prod(bound + 1 for bound in bounds)}


def sample(trials: int = 4) -> Method:
    """Return the method that tests an expression at points fixed by the hash of the statement.

    A non-zero polynomial of degree d vanishes at a random point of S^n with probability at most
    d/|S|, so at all of `trials` with at most (d/|S|)^trials.  This checks; it does not prove.
    """
    count = as_integer(trials, "trials", 1)

    def method(statement: Statement) -> Proof:
        degree = sum(_degree_bounds(statement, single=False))
        error = Fraction(degree, _SAMPLE_SPACE) ** count
        return {"method": "sample", "degree": degree, "trials": count, "error": str(error)}

    return method


def _degree_bounds(statement: Statement, single: bool) -> tuple[int, ...]:
    """Return bounds of the degree in each variable, or (alone) of the total degree."""
    goal = goal_of(statement, "zero", "a proof by evaluation")
    count = len(statement.variables)
    rows = [tuple(int(i == j) for j in range(count)) if single else (1,) for i in range(count)]
    names = {symbol.name: row for symbol, row in zip(statement.variables, rows, strict=True)}
    scope = {symbol: index for index, symbol in enumerate(statement.variables)}
    for name, value in (*statement.lets, (None, goal.expression)):
        parsed = read_expression(
            formal_expression(value, scope), {symbol.name: index for symbol, index in scope.items()}, "goal"
        )
        bounds = degree_bounds(parsed, names)
        if name is not None:
            scope[name], names[name.name] = len(scope), bounds
    return bounds


# --------------------------------------------------------------------------- solutions and points


def prove_solution_space(statement: Statement) -> Proof:
    """Prove that A x = 0 exactly on the span of a basis, the columns of N.

    The matrices P and L with P A + N L = 1 and L N = 1 show it: from A x = 0 follows x = N (L x).

    Raises
    ------
    CheckFailedError
        If the basis spans another space, or is not independent.
    """
    goal = goal_of(statement, "solution_space", "prove_solution_space")
    size, dimension = len(statement.variables), len(goal.basis)
    rows = [_flint_row(row) for row in goal.matrix]
    chosen = _independent(rows)
    if len(chosen) + dimension != size:
        raise CheckFailedError(
            f"No certificate was found: the solution space has dimension {size - len(chosen)}."
        )
    vectors = [_flint_row(vector) for vector in goal.basis]
    if any(sum(a * x for a, x in zip(row, vector, strict=True)) for row in rows for vector in vectors):
        raise CheckFailedError("No certificate was found: a vector of the basis is no solution.")
    if len(_independent(vectors)) < dimension:
        raise CheckFailedError("No certificate was found: the basis is not independent.")
    # N^T is orthogonal to the rows of A, so that the inverse of both together holds P and N (N^T N)^-1.
    inverse = fmpq_mat([rows[index] for index in chosen] + vectors).inv()
    left = [["0"] * len(rows) for _ in range(size)]
    for i, row in enumerate(left):
        for position, index in enumerate(chosen):
            row[index] = str(inverse[i, position])
    gram = [[sum(x * y for x, y in zip(v, w, strict=True)) for w in vectors] for v in vectors]
    dual = fmpq_mat(gram).inv() * fmpq_mat(vectors) if dimension else fmpq_mat(0, size)
    return {
        "method": "linear-algebra",
        "left": left,
        "inverse": [[str(dual[i, j]) for j in range(size)] for i in range(dimension)],
    }


def _flint_row(row: Sequence[Fraction]) -> list[Any]:
    return [fmpq(entry.numerator, entry.denominator) for entry in row]


def _independent(rows: Sequence[list[Any]]) -> list[int]:
    """Return the indices of the first rows that are independent."""
    chosen: list[int] = []
    for index in range(len(rows)):
        candidate = [*chosen, index]
        if fmpq_mat([rows[i] for i in candidate]).rank() == len(candidate):
            chosen = candidate
    return chosen


def prove_by_search(statement: Statement) -> Proof:
    """Prove a goal by trying every point of the statement's finite domain.

    The checker does the trying; this only counts the cases.
    """
    if statement.domain is None:
        raise ArgumentError("Argument 'statement' must have a finite domain for prove_by_search.")
    return {"method": "search", "cases": prod(len(values) for values in statement.domain)}


def witness(values: Any) -> Method:
    """Return the method that shows a point: it proves "there is", and refutes "for all".

    Parameters
    ----------
    values : a mapping from every variable to its value, or the values in the order of the variables.
    """

    def method(statement: Statement) -> Proof:
        if isinstance(values, dict):
            if set(values) != set(statement.variables):
                raise ArgumentError(
                    "Argument 'values' must give the value of every variable and of nothing else."
                )
            listed = [values[symbol] for symbol in statement.variables]
        else:
            listed = list(values)
        numbers = as_rationals(listed, "values", len(statement.variables))
        return {"method": "witness", "values": [str(number) for number in numbers]}

    return method
