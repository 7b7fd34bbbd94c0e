"""What ADN's appendix A asks of a dark sector: no Yukawa couplings, and masses from two scalars."""

from fractions import Fraction
from itertools import combinations, combinations_with_replacement

from sympy import Eq, Expr, Rational, Symbol

from anomalies import (
    DarkSector,
    charge_conditions,
    gauging_generator,
    multiplet,
    near,
    parse_coupling,
    standard_model,
)
from anomalies.dark_masses import (
    NEUTRINO_OPERATORS,
    MajoranaTexture,
    SectorDescription,
    describe_sector,
    fewest_scalars,
    majorana_texture,
    operator_charges,
    rank_sectors,
    ranking_table,
    scalar_candidates,
    yukawa_couplings,
)
from anomalies.diophantine import is_chiral
from anomalies.exact import height, primitive
from anomalies.latex import Chain, Derivation, Step, disagreement, print_derivation, remark, statement
from anomalies.tables import Table

A = tuple(Symbol(name) for name in ("a_e", "a_mu", "a_tau"))
NU = tuple(Symbol(f"Q_nu{j}") for j in (1, 2, 3))
MODEL = standard_model(universal=("q", "u", "d"))
CHI = multiplet(MODEL.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar")
CONTENT = MODEL.with_fields(CHI)

BEST_FIT = (Fraction(59, 100), Fraction(1), Fraction(0))
A4 = DarkSector(("3/5", 1, "1/20"), ("1/4", "7/20", "21/20"))
A5 = (Fraction(3, 5), Fraction(21, 10))
A10 = (Fraction(1, 5), Fraction(3, 4), Fraction(23, 20))
# What ADN's appendix A.2 takes for the parameter a_Y.
A_Y = Fraction(9, 10)


def derivation() -> Derivation:
    """Return the operators, the benchmark, the scalars of (A.5), and what singles out (A.4)."""
    steps = (*_operators(), *_benchmark(), *_alternative(), *_choice_of_scalars(), *_ranking())
    return Derivation("Dark masses", "ADN appendix A", steps)


# ---------------------------------------------------------------- the operators


def _operators() -> tuple[Step, ...]:
    charges = {name: dict(operator_charges(name)) for name in NEUTRINO_OPERATORS}
    couplings = [parse_coupling(CONTENT, text) for text in NEUTRINO_OPERATORS.values()]
    return (
        statement(
            "These operators give masses to neutrinos and dark states. Their charges follow from the "
            "gauging generator; they are shown for i = 1, j = 2. The parameter {a_Y} has dropped out.",
            Table(
                ("operator", "dimension", "charge"),
                [
                    (coupling, dimension, pairs[1, 2])
                    for coupling, dimension, pairs in zip(
                        couplings, (4, 5, 3, 4), charges.values(), strict=True
                    )
                ],
            ),
            lambda: all(
                charge == _expected(name, *pair) for name in charges for pair, charge in charges[name].items()
            ),
            "derived for every pair of families, 9 + 6 + 6 + 6 in all, and compared",
            a_Y=Symbol("a_Y"),
        ),
        remark(
            "So a Yukawa coupling is allowed exactly when a lepton charge equals a dark charge; the "
            "operator of dimension five when two lepton charges are opposite, or one is zero; a Majorana "
            "mass without a scalar when two dark charges are opposite, or one is zero. A sector allows "
            "none of the three exactly when it is non-trivial in the sense (c)."
        ),
    )


def _expected(name: str, i: int, j: int) -> Expr:
    return {
        "yukawa": NU[j - 1] - A[i - 1],
        "weinberg": A[i - 1] + A[j - 1],
        "majorana": NU[i - 1] + NU[j - 1],
        "majorana with scalar": NU[i - 1] + NU[j - 1] + Symbol("Q_chi"),
    }[name]


# ---------------------------------------------------------------- the trivial dark sector


def _benchmark() -> tuple[Step, ...]:
    pairs = yukawa_couplings(BEST_FIT, BEST_FIT)
    texture = majorana_texture(BEST_FIT, {"Phi": 1})
    return (
        statement(
            "With the trivial dark charges {n} of the best fit, in this order, the Yukawa couplings are",
            tuple(parse_coupling(MODEL, f"lbar_L^{i} nu_R^{j} H") for i, j in pairs),
            lambda: pairs == ((1, 1), (2, 2), (3, 3)),
            "all nine pairs compared; three different charges, so no other pair is equal",
            tag="A.1",
            n=BEST_FIT,
        ),
        statement(
            "and the Majorana masses, with at most one scalar of charge 1 or its conjugate,",
            Chain((Symbol("M_Maj"), texture)),
            lambda: (
                _shown(texture) == ["", "", "", "", "", "Phi^*", "", "Phi^*", "M"] and _has_rank(texture, 2)
            ),
            "the six charges of pairs compared with 0, 1 and -1; rank 2 by the largest matching and by the "
            "rank of the matrix with independent entries",
            tag="A.2",
        ),
    )


def _shown(texture: MajoranaTexture) -> list[str]:
    return ["" if entry is None else str(entry) for row in texture.entries for entry in row]


def _has_rank(texture: MajoranaTexture, rank: int) -> bool:
    return bool(texture.rank == texture.matrix().rank() == rank)


# ---------------------------------------------------------------- (A.4), (A.5), (A.6)


def _alternative() -> tuple[Step, ...]:
    description = describe_sector(A4)
    texture = majorana_texture(A4.n, A5)
    return (
        statement(
            "ADN's alternative allows no Yukawa coupling, no operator of dimension five without a scalar, "
            "and no mass without a scalar:",
            A4,
            lambda: is_chiral(A4) and not (description.yukawas or description.weinberg or description.bare),
            "all 21 charges of pairs are different from zero",
            tag="A.4",
        ),
        statement(
            "A scalar gives mass if its charge is one of {candidates}, up to sign: the sums of two dark "
            "charges. Two scalars are the fewest that make all three dark states massive, in three ways. "
            "The determinant shows which entries of the mass matrix they fill; the vacuum expectation "
            "values leave a discrete group that acts on the dark states; the last column says whether the "
            "zeros survive any number of insertions.",
            Table(
                ("charges", "determinant", "group", "zeros stay"),
                [
                    (
                        scalars,
                        texture.matrix().det(),
                        Symbol(f"Z_{texture.residual_order}"),
                        "yes" if texture.is_protected else "no",
                    )
                    for scalars, texture in ((s, majorana_texture(A4.n, s)) for s in description.scalar_sets)
                ],
            ),
            lambda: set(description.scalar_sets) == _sets_by_determinant(2) and not _sets_by_determinant(1),
            "the determinant of the matrix with independent entries, for all sets of one or two charges",
            candidates=scalar_candidates(A4.n),
        ),
        statement(
            "With the two scalars of ADN all three dark states are massive:",
            Chain((Symbol("M_dark"), texture)),
            lambda: A5 in description.scalar_sets and _has_rank(texture, 3),
            "rank 3 by the largest matching and by the rank of the matrix with independent entries",
            tag="A.6",
        ),
        disagreement(
            "A.6",
            parse_coupling(CONTENT, "nu_R^i nu_R^j chi"),
            parse_coupling(CONTENT, "nu_R^i nu_R^j chi^*"),
            "with the charges 3/5 and 21/10 of (A.5) the conjugate scalars are needed: the printed terms "
            "have the charges 6/5, in the entry 12, and 21/5, in the entry 33; the texture and its rank "
            "are as printed",
            lambda: (
                _insertion_charges("nu_R^i nu_R^j chi") == [Fraction(6, 5), Fraction(21, 5)]
                and _insertion_charges("nu_R^i nu_R^j chi^*") == [0, 0]
            ),
            "the charges of both entries with either operator, from the condition of charge conservation",
        ),
    )


def _insertion_charges(operator: str) -> list[Fraction]:
    """The charges of the entries 12 with chi_1 and 33 with chi_2."""
    conditions = {c.families[:2]: c.expression for c in charge_conditions(CONTENT, [operator])}
    values = {symbol: Rational(str(charge)) for symbol, charge in zip(NU, A4.n, strict=True)}
    return [
        Fraction(str(conditions[pair].subs(values | {Symbol("Q_chi"): Rational(str(charge))})))
        for pair, charge in zip(((1, 2), (3, 3)), A5, strict=True)
    ]


def _sets_by_determinant(size: int) -> set[tuple[Fraction, ...]]:
    """All sets of scalars with a non-zero determinant, without the search."""
    return {
        scalars
        for scalars in combinations(scalar_candidates(A4.n), size)
        if majorana_texture(A4.n, scalars).matrix().det() != 0
    }


# ---------------------------------------------------------------- why 3/5 and 21/10


def _choice_of_scalars() -> tuple[Step, ...]:
    sets = fewest_scalars(A4.n)
    with_phi = majorana_texture(A4.n, dict(zip(("chi_1", "chi_2"), A5, strict=True)) | {"Phi": Fraction(1)})
    literal = _literal_charges()
    shared = [scalars for scalars in sets if {abs(charge) for charge in literal} & set(scalars)]
    return (
        statement(
            "ADN's choice is the first of the three by two measures that need no further model building: "
            "it alone has zeros that stay, and it has the simplest ratio of charges, {ratio}. Once {Phi}, "
            "of charge 1, is inserted as well, only {group} is left, and no zero is exact.",
            sets[0],
            lambda: (
                sets[0] == A5
                and [majorana_texture(A4.n, scalars).is_protected for scalars in sets] == [True, False, False]
                and [height(primitive(scalars)) for scalars in sets] == [7, 13, 14]
                and with_phi.residual_order == 2
                and not with_phi.is_protected
            ),
            "the greatest common divisor of the scalar charges, 3/10 against 1/10 for the other two, divides "
            "no charge of an entry that is zero",
            tag="A.5",
            ratio="2 : 7",
            Phi=Symbol("Phi"),
            group=Symbol("Z_2"),
        ),
        statement(
            "A possible reason lies in the paper itself. Its neutrino mass operator (A.8), read literally, "
            "has these charges for {a_Y}, in the entries 11, 12, 13, 22, 23, 33. One of them is the charge "
            "of the first scalar up to sign, so that this scalar serves twice; no charge in the other two "
            "sets recurs. But the operator has hypercharge -2, and the charges of the invariant one, sums "
            "of two lepton charges, meet none of the sets.",
            literal,
            lambda: (
                shared == [A5]
                and not {abs(x + y) for x in A4.a for y in A4.a}
                & {charge for scalars in sets for charge in scalars}
            ),
            "both kinds of charges compared with the six scalar charges",
            a_Y=Eq(Symbol("a_Y"), Rational(str(A_Y)), evaluate=False),
        ),
    )


def _literal_charges() -> tuple[Fraction, ...]:
    """The charges of l_i H l_j H, with the charges of the generator at (A.4)."""
    values = dict(zip((*A, Symbol("a_Y")), (*A4.a, A_Y), strict=True))
    charges = gauging_generator(MODEL).subs(values)
    doublets, higgs = [charges[Symbol(f"Q_l{i}")] for i in (1, 2, 3)], charges[Symbol("Q_H")]
    pairs = combinations_with_replacement(doublets, 2)
    return tuple(Fraction(str(x + y + 2 * higgs)) for x, y in pairs)


# ---------------------------------------------------------------- the ranking


def _ranking() -> tuple[Step, ...]:
    found = list(near(BEST_FIT, max_denominator=20, radius="1/20"))
    ranked = rank_sectors(found, target=BEST_FIT)
    by_electron = min(found, key=lambda sector: abs(sector.a[0] - BEST_FIT[0]))
    return (
        statement(
            "Now all sectors within 1/20 of the best fit with a common denominator of at most 20. They are "
            "ordered by the number of Yukawa couplings, of operators of dimension five, of masses without a "
            "scalar, of scalars, then by height and by the largest charge. ADN's sector comes first.",
            ranking_table(ranked),
            lambda: (
                ranked[0].sector == A4
                and ranked[0].scalar_sets[0] == A5
                and sorted(ranked, key=_wishes) == [*ranked]
            ),
            "the search is exhaustive; the rows are compared with one another",
        ),
        statement(
            "What decides is the second of these wishes alone: no sector has a Yukawa coupling or a mass "
            "without a scalar, all need two scalars, and in all but ADN's {a_tau} is zero, so that the "
            "operator of dimension five is allowed there for the third family. Places of ADN's sector by "
            "single measures:",
            Table(
                ("by", "place", "first"),
                [
                    *(
                        (name, *_place(rank_sectors(found, target=BEST_FIT, criteria=[key])))
                        for name, key in MEASURES
                    ),
                    ("distance of the electron charge", 1, by_electron),
                ],
            ),
            lambda: (
                by_electron == A4
                and all(d.weinberg == ((3, 3),) for d in ranked[1:])
                and all(d.sector.a[2] == 0 for d in ranked[1:])
                and not any(d.yukawas or d.bare for d in ranked)
                and {d.scalars for d in ranked} == {2}
            ),
            "the columns of the table above compared, and the list sorted again by each measure",
            a_tau=Symbol("a_tau"),
        ),
        statement(
            "Among the sectors that are non-trivial in the sense (c) ADN's has the least height, 21, of all "
            "within 1/20 of the best fit, whatever their denominator. The radius matters: from 1/19 on there "
            "are simpler ones,",
            tuple(sorted(_simpler(Fraction(1, 19)), key=lambda sector: sector.height)),
            lambda: not _simpler(Fraction(1, 20)) and len(_simpler(Fraction(1, 19))) == 2,
            "the search for denominators and charges up to 21 is exhaustive, and a height of at most 21 "
            "bounds both",
        ),
        remark(
            "ADN call their sector a proof of principle, not a minimal choice. The measures above are the "
            "toolkit's; the second is suggested by their statement that neutrino masses first appear at "
            "dimension six."
        ),
        statement(
            "With the scalars of (A.5) alone no operator of dimension five arises, but with others of ADN's "
            "it does: a Yukawa coupling times one scalar. The couplings with (i, j) = (3, 3), (3, 1), (2, 1) "
            "have the charges below: up to sign that of {Phi}, and those of two of the scalars of (A.10).",
            tuple(A4.n[j] - A4.a[i] for i, j in ((2, 2), (2, 0), (1, 0))),
            lambda: {abs(y - x) for x in A4.a for y in A4.n} & {*A5, Fraction(1), *A10} == {1, *A10[:2]},
            "all nine charges compared with those of (A.5), of (A.10) and 1",
            Phi=Symbol("Phi"),
        ),
    )


MEASURES = (
    ("height", "height"),
    ("largest charge", "largest_charge"),
    ("distance from the best fit", "distance"),
)


def _wishes(description: SectorDescription) -> tuple[Fraction | int, ...]:
    """The numbers in a row of the ranking."""
    return (
        len(description.yukawas),
        len(description.weinberg),
        len(description.bare),
        description.scalars,
        description.sector.height,
        description.largest_charge,
    )


def _place(ranked: tuple[SectorDescription, ...]) -> tuple[int, DarkSector]:
    """The place of (A.4), and what comes first."""
    sectors = [description.sector for description in ranked]
    return sectors.index(A4) + 1, sectors[0]


def _simpler(radius: Fraction) -> list[DarkSector]:
    """Every other chiral sector within the radius that is not higher than (A.4)."""
    bound = A4.height
    found = near(BEST_FIT, max_denominator=bound, radius=radius, max_charge=bound, nontrivial="chiral")
    return [sector for sector in found if sector.height <= bound and sector != A4]


if __name__ == "__main__":
    print_derivation(derivation)
