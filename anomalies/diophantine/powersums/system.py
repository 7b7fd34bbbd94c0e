"""Power-sum systems: anomaly cancellation as a few weighted power sums over charges.

The conditions on one extra U(1) are, for most contents, diagonal: a charge x enters the linear ones as w x,
the quadratic one as w x^2 and the cubic one as w x^3, with the same weights for all families of a species.
Charges with the same weights are interchangeable; they form a *class*, and only the power sums S_k of each
class matter:

    sum_classes linear[c] S1 = linear_constant[c]      for every linear condition c,
    sum_classes square S2 = square_constant,     sum_classes cube S3 = cube_constant.

Restrictions fit into the same form.  A fixed charge moves to the constants; charges that are set equal are
one charge with the sum of their weights; any other linear equality is one more linear condition.  Rational
charges become integers by a common denominator.  The engines know only this form, and nothing of fields.

Key results
-----------
power_sum_system : the system of a content, a finite set of allowed charges, and restrictions
PowerSumSystem, ChargeClass : its types

References
----------
ADN, arXiv:1909.02021, (2.2), (2.3), (2.5).
B.C. Allanach, J. Davighi, S. Melville, arXiv:1812.04602, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.diophantine.powersums.allowed import AllowedValues, allowed_values, fixed_charges
from anomalies.diophantine.powersums.detection import PowerSum, power_sums
from anomalies.diophantine.powersums.restrictions import (
    Equation,
    Restrictions,
    parse_equality,
    solve_restrictions,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, primitive
from anomalies.fields import FieldContent
from anomalies.linear import rank

__all__ = ["ChargeClass", "PowerSumSystem", "Row", "power_sum_system"]

Row: TypeAlias = tuple[int, ...]

_LABEL = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class ChargeClass:
    """Interchangeable charges: the same weights in every condition, the same allowed values.

    Attributes
    ----------
    name : "q" for a whole species, "q_2, q_3" for a part of it, "l_2 = e_2" for charges set equal.
    members : for each charge of the class, the names of the charges of the content that have its value.
    linear, square, cube : the weights of one charge, `linear` with one entry for each linear condition.
    allowed : the values it may take, times the scale of the system; sorted, distinct.
    """

    name: str
    members: tuple[tuple[str, ...], ...]
    linear: tuple[int, ...]
    square: int
    cube: int
    allowed: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of charges in the class."""
        return len(self.members)


@dataclass(frozen=True, slots=True, repr=False)
class PowerSumSystem(Printable):
    """Weighted power sums over classes of charges, and the finite box in which they are to be solved.

    A solution is a row of integers, the charges of every class times `scale`, sorted within each class, in
    the order of `variables`.

    Attributes
    ----------
    classes : the classes, in the order of the content.
    condition_names : the independent linear conditions by triangle or equality.
    linear_constant, square_constant, cube_constant : the right-hand sides.
    scale : the common denominator; charges of the content are row entries divided by it.
    fixed : charges of the content with a given value, times the scale.
    content : the field content.
    """

    classes: tuple[ChargeClass, ...]
    condition_names: tuple[str, ...]
    linear_constant: tuple[int, ...]
    square_constant: int
    cube_constant: int
    scale: int
    fixed: tuple[tuple[str, int], ...]
    content: FieldContent

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns of a solution; charges set equal have one column, under the first name."""
        return tuple(names[0] for entry in self.classes for names in entry.members)

    @property
    def is_homogeneous(self) -> bool:
        """True when all constants and all fixed charges are zero: multiples of solutions are solutions."""
        constants = (*self.linear_constant, self.square_constant, self.cube_constant)
        return not any(constants) and not any(value for _, value in self.fixed)

    def _sympystr(self, printer: Any) -> str:
        lines = [f"{entry.name}: {entry.size} in {_shown(entry.allowed)}" for entry in self.classes]
        lines += [f"{name} = {value}" for name, value in self.fixed]
        if self.scale != 1:
            lines.append(f"charges times {self.scale}")
        return "\n".join([*lines, *(f"{left} = {right}" for left, right in _equations(self, "S{}({})", str))])

    def _latex(self, printer: Any) -> str:
        def name(text: str) -> str:
            return _LABEL.sub(lambda label: str(printer._print(Symbol(label[0]))), text)

        rows = [f"{left} &= {right}" for left, right in _equations(self, "S_{}({})", name)]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _shown(allowed: Sequence[int]) -> str:
    if len(allowed) > 3 and allowed[-1] - allowed[0] == len(allowed) - 1:
        return f"{allowed[0]}..{allowed[-1]}"
    return "{" + ", ".join(map(str, allowed)) + "}"


def _equations(
    system: PowerSumSystem, template: str, name: Callable[[str], str]
) -> Iterator[tuple[str, int]]:
    """Both sides of every condition, the power sums written by the template and classes by their names."""
    rights = [(1, index, constant) for index, constant in enumerate(system.linear_constant)]
    for degree, index, constant in (*rights, (2, 0, system.square_constant), (3, 0, system.cube_constant)):
        left = "".join(
            f" {'-' if weight < 0 else '+'} {_factor(abs(weight))}{template.format(degree, name(entry.name))}"
            for entry in system.classes
            if (weight := _weights(entry, degree)[index])
        )
        yield left.removeprefix(" + ").strip() or "0", constant


def _factor(weight: int) -> str:
    return "" if weight == 1 else f"{weight} "


def _weights(entry: ChargeClass, degree: int) -> tuple[int, ...]:
    return {1: entry.linear, 2: (entry.square,), 3: (entry.cube,)}[degree]


# ---------------------------------------------------------------- the system


def power_sum_system(
    content: FieldContent,
    *,
    bound: int | None = None,
    allowed: Mapping[str, Iterable[RationalLike]] | Iterable[RationalLike] | None = None,
    equalities: Iterable[str] = (),
    fixed: Mapping[str, RationalLike] | None = None,
) -> PowerSumSystem:
    """Return the conditions on the extra U(1) of a content as power sums over classes of charges.

    Families of a species are interchangeable as long as no restriction names them; a charge that an equality
    names keeps its name.  A charge that enters no condition, such as that of a scalar, is left out unless an
    argument names it: any value of it will do.

    Parameters
    ----------
    content : a content with one U(1) of unknown charges.
    bound : all charges are integers in [-bound, bound], at most 10^6.
    allowed : instead, one set of rational charges for all; or sets by name ("e", "nu3"), with `bound` for
        the others.  Where two names include a charge, here or in `fixed`, the later one counts.
    equalities : texts such as "q1 = q2", "e1 = 0", "l2 = e2", "2 l1 = l2 + l3"; see `parse_equality`.  They
        restrict the allowed charges.
    fixed : charges with their values, by name; these need not be among the allowed ones.

    Raises
    ------
    ArgumentError
        If the conditions are not power sums (see `power_sums`), several quadratic ones are independent, or
        restrictions contradict each other or leave some charge without an allowed value.
    UnknownNameError
        For a name that is no charge of the content.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> system = power_sum_system(standard_model(), bound=10, equalities=["q1 = q2", "l2 = e2", "nu1 = 0"])
    >>> [entry.name for entry in system.classes]
    ['q_1 = q_2', 'q_3', 'u', 'd', 'l_1, l_3', 'l_2 = e_2', 'e_1, e_3', 'nu_2, nu_3']
    >>> print(power_sum_system(standard_model(right_handed_neutrinos=0), bound=10, equalities=["e1 = 0"]))
    q: 3 in -10..10
    u: 3 in -10..10
    d: 3 in -10..10
    l: 3 in -10..10
    e_2, e_3: 2 in -10..10
    Q_e1 = 0
    2 S1(q) - S1(u) - S1(d) = 0
    3 S1(q) + S1(l) = 0
    6 S1(q) - 3 S1(u) - 3 S1(d) + 2 S1(l) - S1(e_2, e_3) = 0
    S1(q) - 8 S1(u) - 2 S1(d) + 3 S1(l) - 6 S1(e_2, e_3) = 0
    S2(q) - 2 S2(u) + S2(d) - S2(l) + S2(e_2, e_3) = 0
    6 S3(q) - 3 S3(u) - 3 S3(d) + 2 S3(l) - S3(e_2, e_3) = 0
    """
    conditions = power_sums(content)
    given = fixed_charges(content, fixed)
    restrictions = _solve(content, equalities, given)
    values, named = allowed_values(content, bound, allowed)
    for symbol, value in restrictions.fixed:
        if symbol not in given and value not in values.get(symbol, (value,)):
            raise ArgumentError(
                f"Argument 'equalities' must leave every charge an allowed value, and {symbol} = {value} "
                "is not one."
            )
    blocks = _blocks(content, conditions, restrictions, values, named)
    return _assemble(content, conditions, restrictions, blocks)


def _solve(
    content: FieldContent, equalities: Iterable[str], given: Mapping[Symbol, Fraction]
) -> Restrictions:
    if isinstance(equalities, str) or not isinstance(equalities, Iterable):
        raise ArgumentTypeError(must_be("equalities", "a list of texts such as ['q1 = q2']", equalities))
    equations = [equation for text in equalities for equation in parse_equality(content, text)]
    equations += [Equation(((symbol, Fraction(1)),), value) for symbol, value in given.items()]
    return solve_restrictions(content.charge_symbols, equations)


@dataclass(frozen=True, slots=True)
class _Block:
    """A class before its weights are known: its charges, each with all its symbols, and its values."""

    name: str
    members: tuple[tuple[Symbol, ...], ...]
    values: AllowedValues


def _blocks(
    content: FieldContent,
    conditions: Sequence[PowerSum],
    restrictions: Restrictions,
    values: Mapping[Symbol, AllowedValues],
    named: set[Symbol],
) -> list[_Block]:
    """The classes, in the order of their first charges."""
    weights = [dict(condition.weights) for condition in conditions]
    fixed = {symbol for symbol, _ in restrictions.fixed}
    restricted = {symbol: group for group in restrictions.groups for symbol in group}
    together: dict[Any, list[tuple[Symbol, ...]]] = {}
    for symbol in content.charge_symbols:
        signature = tuple(weight.get(symbol) for weight in weights)
        enters = any(signature) or symbol in named or symbol in restricted
        if symbol in fixed or not enters:
            continue
        group = restricted.get(symbol, (symbol,))
        if symbol == group[0]:
            key = (
                group if symbol in restricted else (_species(content, symbol), signature, values.get(symbol))
            )
            together.setdefault(key, []).append(group)
    return [
        _Block(_name_of(content, members), tuple(members), _common_values(members[0], values))
        for members in together.values()
    ]


def _common_values(group: Sequence[Symbol], values: Mapping[Symbol, AllowedValues]) -> AllowedValues:
    for symbol in group:
        if symbol not in values:
            raise ArgumentError(
                "Argument 'bound' must be given, or 'allowed' must have a set of values for every charge: "
                f"{symbol} has none."
            )
    first = values[group[0]]
    common = set(first).intersection(*(values[symbol] for symbol in group[1:]))
    if not common:
        equal = " = ".join(map(str, group))
        raise ArgumentError(
            f"Argument 'equalities' must leave every charge an allowed value, and {equal} has none."
        )
    return first if len(common) == len(first) else tuple(sorted(common))


def _species(content: FieldContent, symbol: Symbol) -> str:
    return next(name for name, _, symbols in _families(content) if symbol in symbols)


def _families(content: FieldContent) -> Iterator[tuple[str, str, set[Symbol]]]:
    """The field, the label and the symbols of every family; one label for a family-universal charge."""
    place = content.place_of(content.open_factors[0])
    for field in content.multiplets:
        charges = field.charges[place]
        for family, charge in enumerate(charges, 1):
            universal = len(set(charges)) == 1
            yield field.name, field.name if universal else f"{field.name}_{family}", charge.free_symbols


def _name_of(content: FieldContent, members: Sequence[Sequence[Symbol]]) -> str:
    """The species if the class is all of it, otherwise the labels of its charges."""
    labels = {symbol: label for _, label, symbols in reversed([*_families(content)]) for symbol in symbols}
    first = members[0][0]
    species = _species(content, first)
    whole = {symbol for name, _, symbols in _families(content) if name == species for symbol in symbols}
    if all(len(group) == 1 for group in members) and whole == {group[0] for group in members}:
        return species
    return ", ".join(" = ".join(labels[symbol] for symbol in group) for group in members)


def _assemble(
    content: FieldContent,
    conditions: Sequence[PowerSum],
    restrictions: Restrictions,
    blocks: Sequence[_Block],
) -> PowerSumSystem:
    distinct = {block.values for block in blocks}
    scale = lcm(
        *(value.denominator for values in distinct for value in values),
        *(value.denominator for _, value in restrictions.fixed),
    )
    fixed = {symbol: int(value * scale) for symbol, value in restrictions.fixed}
    rows: dict[int, list[tuple[str, Row]]] = {1: [], 2: [], 3: []}
    for condition in conditions:
        rows[condition.degree].append((condition.name, _row(condition, blocks, fixed, scale)))
    for relation in restrictions.relations:
        equation = relation.equation
        sum_to_zero = PowerSum(relation.text, 1, equation.coefficients, -equation.constant)
        rows[1].append((relation.text, _row(sum_to_zero, blocks, fixed, scale)))
    linear = _independent(rows[1])
    square, cube = (_only(rows[degree], len(blocks)) for degree in (2, 3))
    scaled = {values: tuple(int(value * scale) for value in values) for values in distinct}
    return PowerSumSystem(
        classes=tuple(
            ChargeClass(
                block.name,
                tuple(tuple(map(str, group)) for group in block.members),
                tuple(row[index] for _, row in linear),
                square[index],
                cube[index],
                scaled[block.values],
            )
            for index, block in enumerate(blocks)
        ),
        condition_names=tuple(name for name, _ in linear),
        linear_constant=tuple(row[-1] for _, row in linear),
        square_constant=square[-1],
        cube_constant=cube[-1],
        scale=scale,
        fixed=tuple((str(symbol), value) for symbol, value in fixed.items()),
        content=content,
    )


def _row(condition: PowerSum, blocks: Sequence[_Block], fixed: Mapping[Symbol, int], scale: int) -> Row:
    """The weight of one charge of every class, then the right-hand side, as a primitive vector."""
    weights = dict(condition.weights)
    constant = -condition.constant * scale**condition.degree
    constant -= sum(weights.get(symbol, 0) * value**condition.degree for symbol, value in fixed.items())
    of_classes = [sum(weights.get(symbol, Fraction(0)) for symbol in block.members[0]) for block in blocks]
    return primitive([*of_classes, constant])


def _independent(rows: Sequence[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """The rows that do not follow from earlier ones; "0 = 1" is kept, as nothing else implies it."""
    kept: list[tuple[str, Row]] = []
    for name, row in rows:
        vectors = [[Fraction(entry) for entry in vector] for *_, vector in (*kept, (name, row))]
        if rank(vectors) == len(vectors):
            kept.append((name, row))
    return kept


def _only(rows: Sequence[tuple[str, Row]], classes: int) -> Row:
    """The one condition of a degree, "0 = 0" if there is none."""
    kept = _independent(rows)
    if len(kept) > 1:
        names = " and ".join(name for name, _ in kept)
        raise ArgumentError(
            "Argument 'content' must have at most one independent condition of degree two, and one of degree "
            f"three, not {names}."
        )
    return kept[0][1] if kept else (0,) * (classes + 1)
