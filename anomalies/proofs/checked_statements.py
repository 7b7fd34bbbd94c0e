"""Certificates and their statements as the checker reads them.

The part of the checker that turns hostile text into a statement: JSON of bounded size and depth,
numbers of bounded length, no key twice or unknown, every name declared before it is used.  What is
read here is described in `check`, which holds the rules of proof.

Key results
-----------
read_certificate : the four parts of a certificate, or a refusal in one line
read_statement : the hypotheses, the goal, and what all nodes of a proof share
digest, point_line : the hash of a statement, and what the hash of a set of points is taken of
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NoReturn

from anomalies.errors import ArgumentError, CheckFailedError, must_be
from anomalies.proofs.checked_polynomials import (
    ZERO,
    Budget,
    Expression,
    Number,
    Polynomial,
    expand,
    is_natural,
    read_expression,
    read_rational,
)

__all__ = [
    "FALSE",
    "MOST_BYTES",
    "SCHEMA",
    "Domain",
    "Goal",
    "Sequent",
    "Setting",
    "canonical",
    "digest",
    "fail",
    "fields",
    "items",
    "matrix",
    "point_line",
    "read_certificate",
    "read_statement",
    "require",
    "units",
    "zero_goal",
]

SCHEMA = "gauge-anomalies/certificate/1"
MOST_BYTES = 2_000_000
_DEEPEST = 60  # levels of brackets; Python's own limit would strike at a few hundred
_MOST_VARIABLES = 100
_LARGEST_RANGE = 10_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


# ---------------------------------------------------------------------------------------- reading


def canonical(data: Any) -> str:
    """Return the one text of JSON data that hashes are taken of."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(data: Any) -> str:
    """Return the SHA-256 of JSON data."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def point_line(point: Sequence[str]) -> bytes:
    """Return a point as one line of the text whose hash identifies a set of points."""
    return (",".join(point) + "\n").encode()


def read_certificate(text: str | bytes) -> dict[str, Any]:
    """Return the JSON of a certificate, its size, depth, numbers, keys and schema checked.

    Raises `ArgumentError`, in one line, for everything else than a certificate.
    """
    if len(text) > MOST_BYTES:
        raise ArgumentError(f"Argument 'certificate' must be at most {MOST_BYTES} bytes long.")
    if not text.isascii():
        raise ArgumentError("Argument 'certificate' must be written in ASCII.")
    text = text.decode("ascii") if isinstance(text, bytes) else text
    depth = 0
    for bracket in re.finditer(r"[\[\]{}\\]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _DEEPEST or bracket[0] == "\\":
            raise ArgumentError(
                f"Argument 'certificate' must be nested at most {_DEEPEST} deep and free of backslashes."
            )
    try:
        data = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_small_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise ArgumentError(f"Argument 'certificate' must be JSON: {error}.") from None
    schema, claim, statement, proof = fields(data, "certificate", "schema", "claim", "statement", "proof")
    if schema != SCHEMA:
        raise ArgumentError(must_be("schema", repr(SCHEMA), schema))
    if not (isinstance(claim, str) and _SLUG.fullmatch(claim)):
        raise ArgumentError(must_be("claim", "a name in lower case such as 'no-dark-sector'", claim))
    return {"schema": schema, "claim": claim, "statement": statement, "proof": proof}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ArgumentError("Argument 'certificate' must not repeat a key within an object.")
    return result


def _small_integer(digits: str) -> int:
    if digits == "-0" or len(digits) > 18:
        raise ArgumentError(must_be("certificate", "free of bare numbers of more than 18 digits", digits))
    return int(digits)


def _no_number(text: str) -> NoReturn:
    raise ArgumentError(must_be("certificate", "free of floating-point numbers", text))


def fields(data: object, where: str, *keys: str) -> list[Any]:
    """Return the values of an object that has exactly these keys, in this order."""
    if not isinstance(data, dict) or tuple(data) != keys:
        raise ArgumentError(must_be(where, f"an object with the keys {', '.join(keys)}", data))
    return list(data.values())


def items(data: object, where: str, length: int | None = None) -> list[Any]:
    """Return a list as it is, its length checked."""
    if not isinstance(data, list) or (length is not None and len(data) != length):
        expected = "a list" if length is None else f"a list of {length} entries"
        raise ArgumentError(must_be(where, expected, data))
    return data


def matrix(data: object, where: str, columns: int, rows: int | None = None) -> list[list[Number]]:
    """Return a matrix of rational numbers, given by its rows."""
    return [
        [read_rational(entry, where) for entry in items(row, where, columns)]
        for row in items(data, where, rows)
    ]


# -------------------------------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class Domain:
    """A finite set of points: the values of each variable, and positions where they must not descend."""

    values: tuple[tuple[Number, ...], ...]
    ascending: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the key of its object, and what belongs to that."""

    kind: str
    expression: Expression = ZERO
    parts: tuple[Goal, ...] = ()
    data: Any = None


FALSE = Goal("false")


@dataclass(frozen=True, slots=True)
class Sequent:
    """What is to be shown at one node of a proof: from given = 0 and nonzero != 0, the goal."""

    given: tuple[Expression, ...]
    nonzero: tuple[Expression, ...]
    goal: Goal


@dataclass(frozen=True, slots=True)
class Setting:
    """What all nodes of a proof share: the statement without its hypotheses and goal, and a cache."""

    variables: tuple[str, ...]
    lets: tuple[tuple[str, Expression], ...]
    scope: dict[str, int]  # all names and their positions
    domain: Domain | None
    quantifier: str
    digest: str
    budget: Budget
    names: dict[str, Polynomial]  # what each name stands for
    expanded: dict[Expression, Polynomial]

    @property
    def one(self) -> Polynomial:
        """The constant polynomial 1 in the variables."""
        return {(0,) * len(self.variables): 1}

    def polynomial(self, expression: Expression) -> Polynomial:
        """Return the polynomial in the variables that an expression expands to."""
        if expression not in self.expanded:
            self.expanded[expression] = expand(expression, self.names, self.one, self.budget)
        return self.expanded[expression]


def units(count: int) -> list[tuple[int, ...]]:
    """Return the rows of the unit matrix."""
    return [tuple(int(i == j) for j in range(count)) for i in range(count)]


def read_statement(data: object, budget: Budget) -> tuple[Setting, Sequent]:
    """Return what all nodes of a proof share, and the sequent at its root."""
    quantifier, variables, lets, given, nonzero, domain, goal = fields(
        data, "statement", "quantifier", "variables", "lets", "given", "nonzero", "domain", "goal"
    )
    if quantifier not in ("every", "some"):
        raise ArgumentError(must_be("quantifier", "'every' or 'some'", quantifier))
    scope: dict[str, int] = {}
    for name in items(variables, "variables"):
        _declare(name, scope)
    if len(scope) > _MOST_VARIABLES:
        raise ArgumentError(f"Argument 'variables' must be at most {_MOST_VARIABLES} names.")
    setting = Setting(
        variables=tuple(variables),
        lets=tuple(_read_let(entry, scope) for entry in items(lets, "lets")),
        scope=scope,
        domain=None if domain is None else _read_domain(domain, variables),
        quantifier=quantifier,
        digest=digest(data),
        budget=budget,
        names={name: {unit: 1} for name, unit in zip(variables, units(len(variables)), strict=True)},
        expanded={},
    )
    for name, expression in setting.lets:
        setting.names[name] = setting.polynomial(expression)
    sequent = Sequent(
        tuple(read_expression(entry, scope, "given") for entry in items(given, "given")),
        tuple(read_expression(entry, scope, "nonzero") for entry in items(nonzero, "nonzero")),
        _read_goal(goal, setting),
    )
    if sequent.goal.kind == "solution_space" and (given or nonzero or lets or domain):
        raise ArgumentError(
            "Argument 'statement' must be free of hypotheses, as its goal is a solution space."
        )
    return setting, sequent


def _declare(name: object, scope: dict[str, int]) -> None:
    if not (isinstance(name, str) and _NAME.fullmatch(name)) or name in scope:
        raise ArgumentError(must_be("variables", "different names in letters, digits and _", name))
    scope[name] = len(scope)


def _read_let(data: object, scope: dict[str, int]) -> tuple[str, Expression]:
    name, definition = items(data, "lets", 2)
    expression = read_expression(definition, scope, "lets")  # in the names before this one
    _declare(name, scope)
    return name, expression


def _read_domain(data: object, variables: list[str]) -> Domain:
    values, ascending = fields(data, "domain", "values", "ascending")
    groups = [
        [_position(name, variables) for name in items(group, "ascending")]
        for group in items(ascending, "ascending")
    ]
    members = [index for group in groups for index in group]
    if len(set(members)) < len(members) or any(group != sorted(group) for group in groups):
        raise ArgumentError(
            must_be("ascending", "disjoint groups, each in the order of the variables", ascending)
        )
    return Domain(
        tuple(_read_values(entry) for entry in items(values, "domain", len(variables))),
        tuple(map(tuple, groups)),
    )


def _position(name: object, variables: list[str]) -> int:
    if name not in variables:
        raise ArgumentError(must_be("ascending", "groups of variables", name))
    return variables.index(name)


def _read_values(data: object) -> tuple[Number, ...]:
    if isinstance(data, dict):
        first, last = fields(data, "domain", "from", "to")
        if type(first) is int and type(last) is int and first <= last < first + _LARGEST_RANGE:
            return tuple(range(first, last + 1))
        raise ArgumentError(must_be("domain", f"a range of at most {_LARGEST_RANGE} integers", data))
    values = tuple(read_rational(entry, "domain") for entry in items(data, "domain"))
    if any(a >= b for a, b in pairwise(values)):
        raise ArgumentError(must_be("domain", "different values in ascending order", data))
    return values


def _read_goal(data: Any, setting: Setting, nested: bool = False) -> Goal:
    match data:
        case {"zero": e} | {"nonzero": e} if len(data) == 1:
            return Goal(next(iter(data)), read_expression(e, setting.scope, "goal"))
        case {"all": [_, _, *_] as parts} | {"any": [_, _, *_] as parts} if len(data) == 1:
            return Goal(next(iter(data)), parts=tuple(_read_goal(part, setting, True) for part in parts))
        case {"false": True} if len(data) == 1:
            return FALSE
        # The other two speak of all points at once, so that nothing may be supposed about a point.
        case {"solution_space": space} if len(data) == 1 and not nested:
            rows, vectors = fields(space, "goal", "matrix", "basis")
            size = len(setting.variables)
            return Goal("solution_space", data=(matrix(rows, "matrix", size), matrix(vectors, "basis", size)))
        case {"solutions": listed} if len(data) == 1 and not nested:
            count, sha256, points = fields(listed, "goal", "count", "sha256", "points")
            if is_natural(count) and isinstance(sha256, str) and _SHA256.fullmatch(sha256):
                return Goal("solutions", data=(count, sha256, items(points, "points")))
    raise ArgumentError(must_be("goal", "one of the goals of the schema", data))


# ------------------------------------------------------------------------------------------ refusals


def fail(reason: str) -> NoReturn:
    """Refuse a certificate that can be read and proves nothing."""
    raise CheckFailedError(f"The certificate must prove its statement, but {reason}.")


def require(condition: bool, reason: str) -> None:
    """Refuse the certificate for this reason unless the condition holds."""
    if not condition:
        fail(reason)


def zero_goal(sequent: Sequent) -> Expression:
    """Return the expression that is to vanish."""
    require(sequent.goal.kind == "zero", "this method only shows that an expression vanishes")
    return sequent.goal.expression
