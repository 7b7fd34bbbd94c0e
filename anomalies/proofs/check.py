"""The independent checker: does this certificate prove that statement?

Read this file and `checked_polynomials`, and nothing else of the toolkit, to know what a
certificate is worth.  Both use Python integers, fractions and tuples; no algebra system, no
solver, no floating point.  A certificate is JSON,

    {"schema": "gauge-anomalies/certificate/1", "claim": name, "statement": {...}, "proof": {...}}

and its statement is about rational values of the variables:

    {"quantifier": "every" | "some", "variables": [name, ...], "lets": [[name, expression], ...],
     "given": [expression, ...],    each of which is 0
     "nonzero": [expression, ...],  each of which is not
     "domain": null | {"values": [[rational, ...] | {"from": integer, "to": integer}, ...],
                       "ascending": [[name, ...], ...]},
     "goal": goal}

    goal: {"zero": e} | {"nonzero": e} | {"all": [goal, ...]} | {"any": [goal, ...]} | {"false": true}
        | {"solution_space": {"matrix": A, "basis": [vector, ...]}}
        | {"solutions": {"count": n, "sha256": hash, "points": [point, ...]}}

Read: for every (for some) rational point - of the domain, if there is one - at which the given
expressions vanish and the others do not, the goal holds.  The goal "solution_space" says that
A x = 0 exactly for the linear combinations of the basis, which is independent; "solutions" says
which points of the domain satisfy the hypotheses.  Every object has its keys in the order shown
and every list its own order: there is one way to write a thing.

The proof is a tree.  Write h_i for the given expressions and s_j for the nonzero ones, those that
the tree itself has added included, and p for the goal "p = 0".

    identity         p expands to 0
    membership       prod s_j^e_j * p = sum c_i h_i, and no s_j vanishes
    contradiction    prod s_j^e_j = sum c_i h_i: the hypotheses exclude each other, any goal follows
    polarisation     p is a form f in the lets, which are linear in the variables: x = sum v_i b_i.
                     Then f(x) = 0 for all v when the polar form of f vanishes on all tuples of the b_i
    grid             deg p <= d_i in variable i, and p vanishes on a grid with d_i + 1 values of each
    linear-algebra   P A + N L = 1, A N = 0, L N = 1: if A x = 0 then x = N (L x)
    anisotropic      F(at) = 0 for a form F that modulo p^k has no zeros but those divisible by p: a
                     zero scaled to coprime integers would be one, hence at = 0
    squares          sum c_i at_i^2 = 0 with c_i > 0, hence at = 0
    split            a product is 0, so one of its factors is; the earlier ones need not be
    decide           an expression is 0 or it is not
    suppose          the goal is false if its opposite leads to a contradiction
    all, any         every goal of a list; the chosen one
    search           every point of the domain is tried
    witness          a point: proves "some", refutes "every"
    sample           p vanishes at points fixed by the hash of the statement: "checked", not "proved"

References
----------
J. T. Schwartz, J. ACM 27 (1980) 701, for the bound on the error of a sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from anomalies.errors import ArgumentError, must_be
from anomalies.proofs.checked_polynomials import (
    Budget,
    Expression,
    Number,
    Polynomial,
    Power,
    Product,
    Sum,
    Terms,
    add_to,
    evaluate,
    expand,
    is_natural,
    multiply,
    power,
    read_expression,
    read_rational,
    read_terms,
    words,
)
from anomalies.proofs.checked_statements import (
    FALSE,
    Goal,
    Sequent,
    Setting,
    fields,
    items,
    matrix,
    read_certificate,
    read_statement,
    require,
    zero_goal,
)
from anomalies.proofs.checked_values import grid, polarisation, sample, search, witness

__all__ = ["METHODS", "Verdict", "check_certificate"]

_LARGEST_PRIME = 1000
_MOST_SLOTS = 16  # of a form given by its residues

# A goal that speaks of all points at once is proved by one rule alone, at the root.
_ONLY = {"solution_space": "linear-algebra", "solutions": "search"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a certificate shows: its statement is "proved", "refuted", or "checked" by a sample.

    `error` bounds the probability that a statement "checked" is false; it is 0 otherwise.
    """

    claim: str
    status: str
    statement: str  # its SHA-256
    error: Fraction = Fraction(0)


# ----------------------------------------------------------------------------------------- algebra


def _identity(setting: Setting, sequent: Sequent) -> None:
    require(not setting.polynomial(zero_goal(sequent)), "the expression does not expand to 0")


def _combination(
    setting: Setting, sequent: Sequent, powers: Any, cofactors: Any, p: Polynomial
) -> Polynomial:
    """Return prod s_j^e_j p - sum c_i h_i."""
    budget = setting.budget
    variables = {name: index for index, name in enumerate(setting.variables)}
    for s, exponent in zip(sequent.nonzero, items(powers, "powers", len(sequent.nonzero)), strict=True):
        if not is_natural(exponent):
            raise ArgumentError(must_be("powers", "natural numbers", exponent))
        p = multiply(p, power(setting.polynomial(s), exponent, setting.one, budget), budget)
    total = dict(p)
    for h, entry in zip(sequent.given, items(cofactors, "cofactors", len(sequent.given)), strict=True):
        terms = read_terms(entry, variables, "cofactors")
        cofactor = expand(terms, setting.names, setting.one, budget)
        add_to(total, multiply(cofactor, setting.polynomial(h), budget), budget, -1)
    return total


def _membership(setting: Setting, sequent: Sequent, powers: Any, cofactors: Any) -> None:
    p = setting.polynomial(zero_goal(sequent))
    require(bool(p), "an expression that is identically 0 is proved by 'identity'")
    rest = _combination(setting, sequent, powers, cofactors, p)
    require(not rest, "the goal is not this combination of the given expressions")


def _contradiction(setting: Setting, sequent: Sequent, powers: Any, cofactors: Any) -> None:
    rest = _combination(setting, sequent, powers, cofactors, setting.one)
    require(not rest, "the product of nonzero expressions is not this combination of the given ones")


def _linear_algebra(setting: Setting, sequent: Sequent, left: Any, inverse: Any) -> None:
    require(sequent.goal.kind == "solution_space", "this method only shows a solution space")
    a, basis = sequent.goal.data  # the rows of A, and the columns of N
    size, dimension, budget = len(setting.variables), len(basis), setting.budget
    p, inverse_n = matrix(left, "left", len(a), size), matrix(inverse, "inverse", size, dimension)
    a_columns, n_rows, l_columns = _columns(a, size), _columns(basis, size), _columns(inverse_n, size)
    for i in range(size):
        for j in range(size):
            entry = _dot(p[i], a_columns[j], budget) + _dot(n_rows[i], l_columns[j], budget)
            require(entry == int(i == j), "P A + N L is not 1")
    require(not any(_dot(row, vector, budget) for row in a for vector in basis), "A N is not 0")
    for i, row in enumerate(inverse_n):
        for j, vector in enumerate(basis):
            require(_dot(row, vector, budget) == int(i == j), "L N is not 1")


def _columns(rows: list[list[Number]], count: int) -> list[list[Number]]:
    return [[row[index] for row in rows] for index in range(count)]


def _dot(left: list[Number], right: list[Number], budget: Budget) -> Number:
    total: Number = 0
    for x, y in zip(left, right, strict=True):
        if x and y:
            budget.spend(words(x) * words(y) + words(total) ** 2)
            total += x * y
    return total


# ------------------------------------------------------------------------------------------- trees


def _with(
    sequent: Sequent, zero: tuple[Expression, ...] = (), nonzero: tuple[Expression, ...] = ()
) -> Sequent:
    return replace(sequent, given=sequent.given + zero, nonzero=sequent.nonzero + nonzero)


def _all(setting: Setting, sequent: Sequent, proofs: Any) -> None:
    require(sequent.goal.kind == "all", "the goal is not a list to be proved")
    for part, proof in zip(sequent.goal.parts, items(proofs, "proofs", len(sequent.goal.parts)), strict=True):
        _prove(setting, replace(sequent, goal=part), proof)


def _any(setting: Setting, sequent: Sequent, choice: Any, proof: Any) -> None:
    require(sequent.goal.kind == "any", "the goal is not a list to choose from")
    require(is_natural(choice) and choice < len(sequent.goal.parts), "there is no such choice")
    _prove(setting, replace(sequent, goal=sequent.goal.parts[choice]), proof)


def _split(setting: Setting, sequent: Sequent, factors: Any, because: Any, cases: Any) -> None:
    read = tuple(read_expression(entry, setting.scope, "product") for entry in items(factors, "product"))
    require(bool(read), "a product needs a factor")
    whole = Product(read) if len(read) > 1 else read[0]
    _prove(setting, replace(sequent, goal=Goal("zero", whole)), because)
    for index, case in enumerate(items(cases, "cases", len(read))):
        _prove(setting, _with(sequent, (read[index],), read[:index]), case)


def _decide(setting: Setting, sequent: Sequent, expression: Any, zero: Any, nonzero: Any) -> None:
    e = read_expression(expression, setting.scope, "expression")
    _prove(setting, _with(sequent, zero=(e,)), zero)
    _prove(setting, _with(sequent, nonzero=(e,)), nonzero)


def _suppose(setting: Setting, sequent: Sequent, then: Any) -> None:
    kind, opposite = sequent.goal.kind, (sequent.goal.expression,)
    require(kind in ("zero", "nonzero"), "only 'zero' and 'nonzero' have an opposite")
    sequent = _with(sequent, nonzero=opposite) if kind == "zero" else _with(sequent, zero=opposite)
    _prove(setting, replace(sequent, goal=FALSE), then)


def _anisotropic(
    setting: Setting,
    sequent: Sequent,
    form: Any,
    at: Any,
    prime: Any,
    exponent: Any,
    cases: Any,
    because: Any,
    then: Any,
) -> None:
    points = tuple(read_expression(entry, setting.scope, "at") for entry in items(at, "at"))
    letters = {f"y{index + 1}": index for index in range(len(points))}
    terms = read_terms(form, letters, "form")
    degrees = {sum(exponent for _, exponent in factors) for _, factors in terms.terms}
    integral = all(isinstance(coefficient, int) for coefficient, _ in terms.terms)
    require(integral and len(degrees) == 1 and degrees != {0}, "there is no form with integer coefficients")
    small = is_natural(prime, 2) and prime < _LARGEST_PRIME and all(prime % d for d in range(2, prime))
    few = is_natural(exponent, 1) and exponent <= _MOST_SLOTS and len(letters) <= _MOST_SLOTS
    require(small and few, "there is no power of a small prime, or too many slots")
    modulus = prime**exponent
    require(cases == modulus ** len(letters), "the number of residues differs")
    setting.budget.spend(cases)
    for residues in product(range(modulus), repeat=len(letters)):
        if any(residue % prime for residue in residues):
            value = evaluate(terms, dict(zip(letters, residues, strict=True)), setting.budget)
            require(value % modulus != 0, "the form has a zero modulo this prime power")
    _vanishing(setting, sequent, terms, points, because, then)


def _squares(setting: Setting, sequent: Sequent, coefficients: Any, at: Any, because: Any, then: Any) -> None:
    points = tuple(read_expression(entry, setting.scope, "at") for entry in items(at, "at"))
    weights = [read_rational(c, "coefficients") for c in items(coefficients, "coefficients", len(points))]
    require(bool(weights) and all(weight > 0 for weight in weights), "a coefficient is not positive")
    form = Terms(tuple((weight, ((f"y{index + 1}", 2),)) for index, weight in enumerate(weights)))
    _vanishing(setting, sequent, form, points, because, then)


def _vanishing(
    setting: Setting, sequent: Sequent, form: Terms, at: tuple[Expression, ...], because: Any, then: Any
) -> None:
    """Go on with at = 0, once form(at) = 0 is proved of a form that has no other zeros."""
    slots = {f"y{index + 1}": expression for index, expression in enumerate(at)}
    parts = tuple(
        Product((Terms(((coefficient, ()),)), *(Power(slots[name], exponent) for name, exponent in factors)))
        for coefficient, factors in form.terms
    )
    _prove(setting, replace(sequent, goal=Goal("zero", Sum(parts))), because)
    _prove(setting, _with(sequent, zero=at), then)


_METHODS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "identity": (_identity, ()),
    "membership": (_membership, ("powers", "cofactors")),
    "contradiction": (_contradiction, ("powers", "cofactors")),
    "polarisation": (polarisation, ("degree", "coordinates", "basis", "tuples")),
    "grid": (grid, ("degrees", "cases")),
    "linear-algebra": (_linear_algebra, ("left", "inverse")),
    "search": (search, ("cases",)),
    "all": (_all, ("proofs",)),
    "any": (_any, ("choice", "proof")),
    "split": (_split, ("product", "because", "cases")),
    "decide": (_decide, ("expression", "zero", "nonzero")),
    "suppose": (_suppose, ("then",)),
    "anisotropic": (_anisotropic, ("form", "at", "prime", "exponent", "cases", "because", "then")),
    "squares": (_squares, ("coefficients", "at", "because", "then")),
}

METHODS = (*_METHODS, "witness", "sample")  # the last two only at the root


def _method(proof: object) -> str:
    name = proof.get("method") if isinstance(proof, dict) else None
    if not isinstance(name, str):
        raise ArgumentError(must_be("proof", "an object with a method", proof))
    return name


def _prove(setting: Setting, sequent: Sequent, proof: Any) -> None:
    name = _method(proof)
    setting.budget.spend(len(sequent.given) + len(sequent.nonzero) + 1)
    if name not in _METHODS:
        raise ArgumentError(
            must_be("method", f"one of {', '.join(METHODS)}, the last two only at the root", name)
        )
    only = _ONLY.get(sequent.goal.kind, name)
    require(name == only, f"a goal of this kind is proved by '{only}'")
    rule, keys = _METHODS[name]
    rule(setting, sequent, *fields(proof, "proof", "method", *keys)[1:])


def check_certificate(text: str | bytes) -> Verdict:
    """Return what the certificate in `text` shows.

    Raises
    ------
    ArgumentError
        If the text is not a certificate, or checking it costs more than its size allows.
    CheckFailedError
        If it is one, and does not prove (refute, check) its statement.
    """
    data = read_certificate(text)
    statement, proof = data["statement"], data["proof"]
    setting, sequent = read_statement(statement, Budget(len(text)))
    method = _method(proof)
    if method == "witness":
        values = fields(proof, "proof", "method", "values")[1]
        return Verdict(data["claim"], witness(setting, sequent, values), setting.digest)
    require(setting.quantifier == "every", "only a witness proves that something exists")
    if method == "sample":
        error = sample(setting, sequent, *fields(proof, "proof", "method", "degree", "trials", "error")[1:])
        return Verdict(data["claim"], "checked", setting.digest, error)
    _prove(setting, sequent, proof)
    return Verdict(data["claim"], "proved", setting.digest)
