"""Which of the known charge assignments is this one?

Charges that differ by an overall factor, its sign included, describe one model: the gauge coupling absorbs
it.  The anomaly conditions see neither the order of the families within a species, nor a multiple of
hypercharge that is added (and that a change of basis of the two U(1) undoes).  So charges X are a named
solution N if

    X_f = scale N_p(f) + hypercharge Y + b_minus_l (B - L)

for rational numbers, the scale not zero, and an order p of the families of each field.  The shift by B - L is
a choice: it needs three right-handed neutrinos, and B - L is a double point of the cubic (arXiv:2006.03588),
so that both X and N are solutions only where the whole line through them is; nothing more has to be asked.

Along with each match comes this transformation; it is applied again and compared before it is returned.

Key results
-----------
identify : all named solutions, and families of them, that given charges are
identify_set : the same for the charges of a pure U(1)
Match, SetMatch : what was recognised, with the transformation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

from anomalies.errors import ArgumentError, ArgumentTypeError, CheckFailedError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rationals
from anomalies.fields import FieldContent, as_content
from anomalies.library import standard_model
from anomalies.literature.matches import (
    B_MINUS_L,
    FAMILIES,
    HYPERCHARGE,
    SHIFTS,
    SPECIES,
    Match,
    Places,
    SetMatch,
    effort,
    resized,
)
from anomalies.literature.named_solutions import (
    ACCIDENTAL,
    NAMED_SETS,
    NAMED_SOLUTIONS,
    VECTOR_LIKE,
    FieldCharges,
    NamedSet,
    NamedSolution,
    by_field,
    require_power_sums,
)
from anomalies.solutions import Charges, Solution, parse_charges

__all__ = ["Match", "SetMatch", "identify", "identify_set"]

# ---------------------------------------------------------------- pure U(1)


def identify_set(z: Iterable[RationalLike]) -> tuple[SetMatch, ...]:
    """Return every named set of a pure U(1) that charges are, up to order and overall factor.

    Parameters
    ----------
    z : rational charges of left-handed fermions with sum z = sum z^3 = 0.

    Raises
    ------
    NotASolutionError
        If one of the sums is not zero.
    InexactNumberError
        If a charge is not exact.

    Examples
    --------
    >>> match, = identify_set([-1, -1, "-1", 4, -5, 4])
    >>> match, match.named.source
    (-1*(5, -4, -4, 1, 1, 1), in the order 4 5 6 2 1 3, 'arXiv:1905.13729, Table I')
    """
    charges = as_rationals(z, "z")
    require_power_sums(charges)
    return tuple(match for named in NAMED_SETS.values() for match in _set_matches(named, charges))


def _set_matches(named: NamedSet, charges: tuple[Fraction, ...]) -> Iterator[SetMatch]:
    base = tuple(map(Fraction, named.charges))
    for scale in _scales(base, charges):
        places = _order(tuple(scale * x for x in base), charges)
        if places is not None:
            match = SetMatch(named, scale, places)
            _check(match.charges == charges, named.name)
            yield match
            return


# ---------------------------------------------------------------- the Standard Model


def identify(
    charges: Charges | Mapping[Any, RationalLike] | Iterable[RationalLike] | str,
    content: FieldContent | None = None,
    *,
    modulo: Iterable[str] = (HYPERCHARGE,),
) -> tuple[Match, ...]:
    """Return every named solution that charges are, and the families of solutions that they belong to.

    Parameters
    ----------
    charges : charges of a content; a mapping from its symbols, a text for `parse_charges`, or the charges of
        the chiral fermions in the order of the content.
    content : the Standard Model with three families and any number of right-handed states nu, three by
        default.  Vector-like fermions and scalars are not looked at.
    modulo : the shifts that are allowed, "hypercharge" and "B-L".

    Returns
    -------
    One match for each name, the ones that reorder least first; single solutions come before families.  No
    charges at all match nothing.

    Raises
    ------
    NotASolutionError
        If the charges violate a condition.
    ArgumentError
        If the content is another one, there are too few or too many charges, or a shift by B-L is asked for
        without three right-handed neutrinos.
    UnknownNameError, ArgumentTypeError
        For other shifts; for charges that are not exact.

    Examples
    --------
    >>> charges = "q=3/2, u=3, l1=-21/2, l2=-3/2, l3=-3/2, e1=-12, e2=-3, e3=-3, nu1=-9"
    >>> for match in identify(charges):
    ...     print(match)
    3*[B - 3 L_e] + 3*Y
    3*[B - 3 L_mu] + 3*Y, families in the order 2 1 3
    3*[B - 3 L_tau] + 3*Y, families in the order 3 1 2
    [gauged accidental symmetries] at -9, 0, 0, 3, -9, 0, 0
    [vector-like families] + 3*Y at 1, 1, 1, -9, 0, 0
    """
    allowed = _as_shifts(modulo)
    solution = _as_solution(charges, content)
    given = by_field(solution)
    if B_MINUS_L in allowed and len(given.get("nu", ())) != len(FAMILIES):
        raise ArgumentError(
            "Argument 'modulo' must hold shifts that keep solutions solutions, and B-L needs three "
            "right-handed neutrinos."
        )
    if not any(x for xs in given.values() for x in xs):
        return ()
    found = [match for named in NAMED_SOLUTIONS.values() for match in _matches(named, given, allowed)]
    found.sort(key=effort)
    found += [*_accidental_matches(given), *_vector_like_matches(given, allowed)]
    for match in found:
        _check(match.charges == given, match.named.name)
    return tuple(found)


def _check(holds: bool, name: str) -> None:
    if not holds:
        raise CheckFailedError(f"The transformation found for {name} does not give the charges back.")


def _as_shifts(modulo: Iterable[str]) -> tuple[str, ...]:
    if isinstance(modulo, str) or not isinstance(modulo, Iterable):
        raise ArgumentTypeError(must_be("modulo", "a list such as ['hypercharge', 'B-L']", modulo))
    chosen = tuple(modulo)
    for name in chosen:
        if name not in tuple(SHIFTS):
            raise UnknownNameError(must_be("modulo", "made of 'hypercharge', 'B-L'", name))
    return tuple(name for name in SHIFTS if name in chosen)


def _as_solution(
    charges: Charges | Mapping[Any, RationalLike] | Iterable[RationalLike] | str, content: FieldContent | None
) -> Solution:
    if isinstance(charges, Charges):
        if content not in (None, charges.content):
            raise ArgumentError("Argument 'content' must be that of the charges, or left out.")
        _require_standard_model(charges.content)
        return charges if isinstance(charges, Solution) else Solution(charges.content, dict(charges.values))
    content = standard_model() if content is None else as_content(content)
    _require_standard_model(content)
    if isinstance(charges, str):
        return Solution(content, parse_charges(content, charges))
    values = dict.fromkeys(_scalar_symbols(content), Fraction(0))
    if isinstance(charges, Mapping):
        return Solution(content, values | dict(charges))
    symbols = [symbol for symbol in content.charge_symbols if symbol not in values]
    return Solution(
        content, values | dict(zip(symbols, as_rationals(charges, "charges", len(symbols)), strict=True))
    )


def _scalar_symbols(content: FieldContent) -> list[Any]:
    """The charges that enter no condition because no chiral fermion has them."""
    chiral = {
        symbol
        for field in content.multiplets
        if field.chirality.sign
        for charges in field.charges
        for charge in charges
        for symbol in charge.free_symbols
    }
    return [symbol for symbol in content.charge_symbols if symbol not in chiral]


def _require_standard_model(content: FieldContent) -> None:
    if len(content.open_factors) != 1:
        known = "one with exactly one U(1) of unknown charges"
        raise ArgumentError(must_be("content", known, content.open_factors))
    chiral = {field.name: field.families for field in content.multiplets if field.chirality.sign}
    reference = standard_model(len(FAMILIES), chiral.get("nu", 0), extra=None)
    expected = {field.name: _description(reference, field.name) for field in reference.fermions}
    if {name: _description(content, name) for name in chiral} != expected:
        known = "the Standard Model with three families and right-handed states nu"
        shown = ", ".join(f"{families} {name}" for name, families in chiral.items())
        raise ArgumentError(must_be("content", known, shown))


def _description(content: FieldContent, name: str) -> tuple[Any, ...]:
    """A field apart from its charges under the extra U(1)."""
    field = content.multiplet(name)
    others = [
        charges
        for factor, charges in zip(content.group.abelian_factors, field.charges, strict=True)
        if factor.name not in content.open_factors
    ]
    return field.irreps, field.chirality, field.families, others


# ---------------------------------------------------------------- one named solution


def _matches(named: NamedSolution, given: FieldCharges, allowed: Sequence[str]) -> Iterator[Match]:
    """At most one match: with the least reordering, and with a positive scale where both signs do."""
    base = _aligned(named.charges, given)
    if base is None:
        return
    own = _shift_of(base, allowed)
    if not any(_flat(_moved(base, own, -1))):
        # Y itself is nothing but a shift by Y: it is recognised as a multiple, without that shift.
        itself = next(name for name, step in own.items() if step)
        allowed = [name for name in allowed if name != itself]
    own, taken = _shift_of(base, allowed), _shift_of(given, allowed)
    start, end = _moved(base, own, -1), _moved(given, taken, -1)
    found = []
    for scale in _scales(_flat(start), _flat(end)):
        scaled = {field: tuple(scale * x for x in xs) for field, xs in start.items()}
        places = _places(scaled, end)
        if places is not None:
            steps = {name: taken[name] - scale * own[name] for name in allowed}
            found.append(
                Match(
                    named,
                    (),
                    scale,
                    steps.get(HYPERCHARGE, Fraction(0)),
                    steps.get(B_MINUS_L, Fraction(0)),
                    places,
                )
            )
    yield from sorted(found, key=effort)[:1]


def _aligned(charges: FieldCharges, given: FieldCharges) -> FieldCharges | None:
    """The charges with as many right-handed states as are given, if only states without charge come or go."""
    size = len(given.get("nu", ()))
    states = charges.get("nu", ())
    if sum(1 for x in states if x) > size:
        return None
    return {field: resized(states, size) if field == "nu" else charges[field] for field in given}


def _flat(charges: FieldCharges) -> tuple[Fraction, ...]:
    return tuple(x for xs in charges.values() for x in xs)


def _moved(charges: FieldCharges, shifts: Mapping[str, Fraction], sign: int) -> FieldCharges:
    steps = {
        field: sum((sign * t * SHIFTS[name][field] for name, t in shifts.items()), Fraction(0))
        for field in charges
    }
    return {field: tuple(x + steps[field] for x in xs) for field, xs in charges.items()}


def _shift_of(charges: FieldCharges, allowed: Sequence[str]) -> dict[str, Fraction]:
    """The shifts whose removal makes S1(q) vanish, and S1(u) too where both are allowed.

    One of each kind of charges Q + t Y + s (B - L) has this form, so that equal forms mean equal kinds.
    """
    first, second = sum(charges["q"], Fraction(0)), sum(charges["u"], Fraction(0))
    if len(allowed) == 2:
        t = 2 * (second - first) / 3
        return {HYPERCHARGE: t, B_MINUS_L: first - t / 2}
    return {name: first / sum([SHIFTS[name]["q"]] * len(charges["q"])) for name in allowed}


def _scales(base: Sequence[Fraction], target: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The two factors that make the largest entries agree in size; none if all of either side vanishes."""
    size, wanted = max(map(abs, base), default=0), max(map(abs, target), default=0)
    return (Fraction(wanted, size), Fraction(-wanted, size)) if size and wanted else ()


def _places(start: FieldCharges, end: FieldCharges) -> Places | None:
    """For each field, the order that takes `start` to `end`: one for all species where there is one."""
    species = _common_order(start, end)
    orders = {
        field: species if species and field in SPECIES else _order(start[field], xs, species)
        for field, xs in end.items()
    }
    if None in orders.values():
        return None
    return tuple((field, order) for field, order in orders.items() if order is not None)


def _common_order(start: FieldCharges, end: FieldCharges) -> tuple[int, ...] | None:
    for order in permutations(FAMILIES):
        if all(tuple(start[field][place] for place in order) == end[field] for field in SPECIES):
            return order
    return None


def _order(
    start: Sequence[Fraction], end: Sequence[Fraction], preferred: tuple[int, ...] | None = None
) -> tuple[int, ...] | None:
    """The order p with start[p(i)] = end[i] that moves least, or the preferred one; None if there is none."""
    if sorted(start) != sorted(end):
        return None
    if preferred and len(preferred) == len(end) and [start[place] for place in preferred] == list(end):
        return preferred
    free = [place for place, (x, y) in enumerate(zip(start, end, strict=True)) if x != y]
    result = []
    for place, value in enumerate(end):
        chosen = place if start[place] == value else next(other for other in free if start[other] == value)
        if chosen in free:
            free.remove(chosen)
        result.append(chosen)
    return tuple(result)


# ---------------------------------------------------------------- families


def _accidental_matches(given: FieldCharges) -> Iterator[Match]:
    """ADN (2.8): universal quarks, and leptons with l_i - e_i = a_Y/2 in some order."""
    if any(len(set(given[field])) > 1 for field in ("q", "u", "d")):
        return
    a_Y = 2 * (given["u"][0] - given["q"][0])
    parameters = (*(x + a_Y / 2 for x in given["l"]), a_Y, *given.get("nu", ()))
    places = _places(ACCIDENTAL.formula(parameters), given)
    if places is not None:
        yield Match(ACCIDENTAL, parameters, Fraction(1), Fraction(0), Fraction(0), places)


def _vector_like_matches(given: FieldCharges, allowed: Sequence[str]) -> Iterator[Match]:
    """Charges that are, after a shift by hypercharge, the same for q, u, d and for l, e, nu."""
    shift = _shift_of(given, (HYPERCHARGE, B_MINUS_L))[HYPERCHARGE]
    moved = _moved(given, {HYPERCHARGE: shift}, -1)
    if not any(_flat(moved)) or (shift and HYPERCHARGE not in allowed):
        return
    parameters = (*moved["q"], *moved["l"])
    base = _aligned(VECTOR_LIKE.formula(parameters), given)
    places = None if base is None else _places(base, moved)
    if places is not None:
        yield Match(VECTOR_LIKE, parameters, Fraction(1), shift, Fraction(0), places)
