"""Where neutrino masses come from in ADN's appendix A: all operators, textures, scalars, and the scale."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

from sympy import Float, Integer, Matrix, Pow, Symbol

from anomalies import charge_conditions, gauging_generator, multiplet, parse_coupling, standard_model
from anomalies.couplings import Coupling
from anomalies.dark_masses import fewest_scalars
from anomalies.errors import CouplingError
from anomalies.exact import substitute
from anomalies.latex import Chain, Derivation, Step, disagreement, print_derivation, remark, statement
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.neutrinos import (
    Lambda_LFV,
    NeutrinoTexture,
    PatternMatrix,
    lepton_flavour_scale,
    lepton_flavour_scale_TeV,
    m_nu,
    neutrino_operators,
    neutrino_sector,
    neutrino_texture,
    operator_shapes,
    scalars_for_masses,
    scalars_for_texture,
)
from anomalies.phenomenology.symbols import v, v_Phi
from anomalies.tables import Table

MODEL = standard_model(universal=("q", "u", "d"))
CHI = multiplet(MODEL.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar")
CONTENT = MODEL.with_fields(CHI)
PHI, MASS = Symbol("Phi"), Symbol("M_nu")

# ADN (A.3); (A.4) with a_Y from the text before (A.7); (A.5); (A.10).
BENCHMARK = neutrino_sector(["59/100", 1, 0, "87/100"], ["59/100", 1, 0], {"Phi": 1})
A4 = neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"])
A5 = {"chi_1": Fraction(3, 5), "chi_2": Fraction(21, 10)}
A10 = {"chi_3": Fraction(1, 5), "chi_4": Fraction(3, 4), "chi_5": Fraction(23, 20)}
LISTED = A4.with_scalars({"Phi": 1, **A5, **A10})
A9 = ((True, True, True), (True, True, True), (True, True, False))
EMPTY = ((False,) * 3,) * 3
PAIRS = tuple(combinations_with_replacement(range(3), 2))


def derivation() -> Derivation:
    """Return the operators, the textures of both dark sectors, the scalars of (A.9), and the scale (A.11)."""
    steps = (*_operators(), *_benchmark(), *_alternative(), *_light(), *_whole(), *_scale())
    return Derivation("Neutrino masses", "ADN appendix A", steps)


# ---------------------------------------------------------------- what can be written down


def _operators() -> tuple[Step, ...]:
    shapes = operator_shapes(6)
    invariant = parse_coupling(CONTENT, "l_L^i l_L^j H^c H^c chi")
    literal = Coupling(tuple(replace(factor, charge_conjugate=False) for factor in invariant.factors))
    charges = gauging_generator(CONTENT).charges
    forms = [
        {c.families[:2]: substitute(c.expression, charges) for c in charge_conditions(CONTENT, [s.coupling])}
        for s in shapes
    ]
    return (
        statement(
            "Masses of neutrinos and dark states come from two fermions without derivatives, times scalars. "
            "Lorentz invariance leaves three pairs of fermions, SU(2) and hypercharge the following products "
            "up to dimension six, where {chi} is any Standard Model singlet. The charge is that for i = 1, "
            "j = 2; the parameter {a_Y} has dropped out.",
            Table(
                ("operator", "dimension", "charge"),
                [(s.coupling, s.dimension, form[1, 2]) for s, form in zip(shapes, forms, strict=True)],
            ),
            lambda: (
                all(s.invariants == (1, 1) for s in shapes)
                and not any(charge.has(Symbol("a_Y")) for form in forms for charge in form.values())
            ),
            "every product of up to three scalars was tried; each listed one has exactly one invariant, for "
            "equal and for different families, with the statistics of identical fields",
            chi=Symbol("chi"),
            a_Y=Symbol("a_Y"),
        ),
        disagreement(
            "A.8",
            literal,
            invariant,
            "as printed, with H of hypercharge -1/2, the operator has hypercharge -2 and is not "
            "gauge-invariant; the invariant one has {H}, and its charge is {charge} in the entry 12",
            lambda: (
                _refusal("l_L^i l_L^j H H chi").endswith("has U(1)_Y charge -2.")
                and forms[shapes.index(_shape("light", 1))][1, 2]
                == sum(map(Symbol, ("a_e", "a_mu")), Symbol("Q_chi"))
            ),
            "the hypercharges of the factors added up; the charge from the gauging generator",
            H=parse_coupling(CONTENT, "H H^c").factors[1],
            charge=Symbol("a_e") + Symbol("a_mu") + Symbol("Q_chi"),
        ),
    )


def _shape(block: str, singlets: int) -> object:
    return next(s for s in operator_shapes(6) if (s.block, s.singlets) == (block, singlets))


def _refusal(text: str) -> str:
    try:
        parse_coupling(CONTENT, text)
    except CouplingError as error:
        return str(error)
    return ""


# ---------------------------------------------------------------- trivial dark charges


def _benchmark() -> tuple[Step, ...]:
    texture = neutrino_texture(BENCHMARK, 5)
    weinberg = [operator for operator in neutrino_operators(BENCHMARK, 5) if operator.block == "light"]
    return (
        statement(
            "With the trivial dark charges of the best fit and {Phi}, all operators up to dimension four "
            "are these: the Yukawa couplings (A.1) and the Majorana masses (A.2).",
            texture.up_to(4).operators,
            lambda: (
                [o.families for o in texture.up_to(4).operators if o.block == "dirac"]
                == [(1, 1), (2, 2), (3, 3)]
                and sorted(str(o) for o in texture.up_to(4).operators if o.block == "dark")
                == ["nu_R^2 nu_R^3 Phi^*", "nu_R^3 nu_R^3"]
            ),
            "all pairs of families, with every product of scalars and conjugates",
            tag="A.2",
            Phi=PHI,
        ),
        statement(
            "In the basis of the three neutrinos and the three dark states the mass matrix is the following, "
            "and its rank is six for almost all couplings: all six states are massive at dimension four.",
            Chain((MASS, texture.up_to(4))),
            _has_ranks(texture, {3: 1, 4: 6}),
            _RANK_CHECK,
        ),
        statement(
            "Of dimension five is a mass of left-handed neutrinos alone; it needs no further scalar, because "
            "{a_tau} is zero at this point.",
            weinberg[0],
            lambda: [str(o) for o in weinberg] == ["l_L^3 l_L^3 H^c H^c"],
            "all six pairs of families",
            a_tau=Symbol("a_tau"),
        ),
    )


_RANK_CHECK = (
    "the largest matching of rows to columns bounds the rank from above, and the matrix with powers of 7 for "
    "its independent entries has this rank"
)


def _has_ranks(texture: NeutrinoTexture, wanted: dict[int, int]) -> Callable[[], bool]:
    """The check that the generic rank up to each dimension is the wanted one, in two ways."""
    return lambda: all(
        texture.up_to(dimension).rank == rank == _evaluated(texture.up_to(dimension)).rank()
        for dimension, rank in wanted.items()
    )


def _evaluated(texture: NeutrinoTexture) -> Matrix:
    """The mass matrix with a power of 7 for each independent entry; its rank is a lower bound."""
    size = texture.size
    number = {pair: 7**k for k, pair in enumerate(combinations_with_replacement(range(size), 2))}
    return Matrix(
        size, size, lambda i, j: number[min(i, j), max(i, j)] if texture.pattern[i][j] else Integer(0)
    )


# ---------------------------------------------------------------- (A.4) with the scalars of (A.5) and (A.10)


def _alternative() -> tuple[Step, ...]:
    dark = neutrino_operators(A4.with_scalars(A5), 4)
    five = tuple(o for o in neutrino_operators(LISTED, 5, products=True) if o.dimension == 5)
    return (
        disagreement(
            "A.6",
            parse_coupling(CONTENT, "nu_R^i nu_R^j chi"),
            dark,
            "with the charges of (A.4) and (A.5) the conjugate scalars are needed; the texture is as printed",
            lambda: (
                [str(o) for o in dark] == ["nu_R^1 nu_R^2 chi_1^*", "nu_R^3 nu_R^3 chi_2^*"]
                and neutrino_texture(A4.with_scalars(A5), 4).block("dark")
                == ((False, True, False), (True, False, False), (False, False, True))
            ),
            "all operators up to dimension four, with scalars and conjugates",
        ),
        disagreement(
            "appendix A.2",
            "Mass terms of left-handed neutrinos first appear at dimension six.",
            five,
            "with {Phi} and the scalars of (A.5) and (A.10) these operators of dimension five are allowed, "
            "and no others",
            lambda: (
                [str(o) for o in five]
                == ["lbar_L^2 nu_R^1 H chi_4", "lbar_L^3 nu_R^1 H chi_3^*", "lbar_L^3 nu_R^3 H Phi^*"]
            ),
            "all operators of dimension five, with every product of scalars and conjugates",
            Phi=PHI,
        ),
    )


# ---------------------------------------------------------------- the texture (A.9)


def _light() -> tuple[Step, ...]:
    literal, invariant = _literal_charges(), [A4.a[i] + A4.a[j] for i, j in PAIRS]
    needed = scalars_for_texture(A4, "light", A9)
    unconstrained = [[entry or None for entry in row] for row in A9]
    two_each = scalars_for_texture(A4, "light", A9, max_dimension=7)
    with_dark = A4.with_scalars({"Phi": 1, **A5})
    one_more = scalars_for_texture(with_dark, "light", A9, max_dimension=7)
    return (
        statement(
            "The charges of the operators as printed in (A.8), which the scalars of (A.10) were chosen for, "
            "and of the invariant ones, which do not depend on {a_Y}. The scalar is that of (A.5), (A.10) "
            "that makes the printed product neutral.",
            Table(
                ("entry", "charge as printed", "scalar", "charge of the invariant operator"),
                [
                    (f"{i + 1}{j + 1}", charge, _scalar_for(charge) or "none", total)
                    for (i, j), charge, total in zip(PAIRS, literal, invariant, strict=True)
                ],
            ),
            lambda: (
                [bool(_scalar_for(charge)) for charge in literal] == [A9[i][j] for i, j in PAIRS]
                and not any(_scalar_for(total) or abs(total) == 1 for total in invariant)
            ),
            "both kinds of charges compared with all scalar charges, up to sign, and with that of the "
            "symmetry-breaking scalar",
            a_Y=Symbol("a_Y"),
        ),
        disagreement(
            "A.9",
            PatternMatrix(A9),
            PatternMatrix(neutrino_texture(LISTED).block("light")),
            "the texture is that of the operator of hypercharge -2; of the gauge-invariant one the listed "
            "scalars allow no entry",
            lambda: neutrino_texture(LISTED).block("light") == EMPTY,
            "all operators up to dimension six",
        ),
        disagreement(
            "A.10",
            tuple(A10.values()),
            needed[0],
            "the texture (A.9) needs these five scalars, and no other smallest set exists. None of them is "
            "among those of ADN or serves for a dark mass, so that besides {Phi} neutrinos and dark states "
            "need seven scalars, not five",
            lambda: (
                len(needed) == 1
                and len(needed[0]) == 5
                and neutrino_texture(A4.with_scalars(needed[0])).block("light") == A9
                and not {*needed[0]} & {charge for _, charge in LISTED.scalars}
                and not {*needed[0]} & {charge for chosen in fewest_scalars(A4.n) for charge in chosen}
            ),
            "with one scalar for each operator the smallest set is that of the wanted charges; the texture "
            "was computed from it again",
            Phi=PHI,
        ),
        statement(
            "At dimension seven, with two scalars in an operator, three are the fewest, in {count} ways, "
            "among them 3/5, 1 and 33/20. The first two of these are the charges of the first dark scalar "
            "and of {Phi}: besides {Phi} and the scalars of (A.5) one more is enough,",
            one_more[0][0],
            lambda: (
                one_more == ((sum(A4.a, Fraction(0)),),)
                and neutrino_texture(A4.with_scalars({"Phi": 1, **A5, "chi_3": one_more[0][0]}), 7).block(
                    "light"
                )
                == A9
                and (Fraction(3, 5), Fraction(1), one_more[0][0]) in two_each
                and len(scalars_for_texture(A4, "light", unconstrained, max_dimension=7)[0]) == 3
            ),
            "all sets that the five wanted charges determine, and there are no others of this size, because "
            "two scalars are too few even if the entry 33 may be filled; the texture was computed again",
            Phi=PHI,
            count=len(two_each),
        ),
        remark(
            "This is no accident: {a_e}, {a_mu} and the sum of all three charges make every sum of two "
            "lepton charges but that of {a_tau} with itself.",
            a_e=Symbol("a_e"),
            a_mu=Symbol("a_mu"),
            a_tau=Symbol("a_tau"),
        ),
    )


def _literal_charges() -> list[Fraction]:
    """The charges of l_i H l_j H, with the charges of the generator at (A.4)."""
    charges = A4.field_charges()
    return [charges["l"][i] + charges["l"][j] + 2 * charges["H"][0] for i, j in PAIRS]


def _scalar_for(charge: Fraction) -> Symbol | None:
    """The scalar of (A.5) or (A.10), or its conjugate, that makes a product of this charge neutral."""
    found = {-value: Symbol(name) for name, value in (A5 | A10).items()}
    found |= {value: Symbol(f"{name}^*") for name, value in (A5 | A10).items()}
    return found.get(charge)


# ---------------------------------------------------------------- all six states


def _whole() -> tuple[Step, ...]:
    texture = neutrino_texture(LISTED)
    two = scalars_for_masses(A4)
    all_massive = neutrino_texture(A4.with_scalars(two[0]))
    return (
        statement(
            "The whole mass matrix with the listed scalars, up to dimension five. Its rank is four: with the "
            "dark states only one neutrino is massive.",
            Chain((MASS, texture.up_to(5))),
            _has_ranks(texture, {3: 0, 4: 3, 5: 4}),
            _RANK_CHECK,
        ),
        statement(
            "The dark states are heavy, and by the seesaw their exchange gives light masses in the entries "
            "below: it fills just the entry that (A.9) leaves empty, at the order {order} of the operators "
            "of dimension six. So the estimate (A.11) holds even without these.",
            PatternMatrix(texture.up_to(5).seesaw()),
            lambda: texture.up_to(5).seesaw() == _exchange(texture.up_to(5)),
            "by matchings, and from the product of the Dirac matrix, the inverse of the dark one, and the "
            "transposed Dirac matrix, with independent entries",
            order=v**2 * v_Phi / Lambda_LFV**2,
        ),
        statement(
            "Up to dimension six these are the least dimensions of an operator, 0 where there is none. The "
            "rank is now six, because of the one new operator with a lepton, {operator}.",
            Matrix(texture.dimensions),
            lambda: (
                _has_ranks(texture, {6: 6})()
                and [str(o) for o in texture.operators if o.dimension == 6 and o.block != "dark"]
                == ["lbar_L^1 nu_R^2 H Phi chi_4^*"]
            ),
            _RANK_CHECK,
            operator=next(o for o in texture.operators if o.dimension == 6 and o.block == "dirac"),
        ),
        statement(
            "Two scalars, of charges {charges}, are the fewest that make all six states massive with at most "
            "one scalar in each operator, and the only pair.",
            Chain((MASS, all_massive)),
            lambda: (
                len(two) == 1
                and len(two[0]) == 2
                and all_massive.rank == 6
                and _has_ranks(all_massive, {6: 6})()
            ),
            "the search for scalars is complete; the texture was computed from them again",
            charges=two[0],
        ),
        remark(
            "The rank counts states, not their sizes: here the second neutrino and the second dark state "
            "form a Dirac fermion with the mass of an operator of dimension five, too heavy for a neutrino."
        ),
    )


def _exchange(texture: NeutrinoTexture) -> tuple[tuple[bool, ...], ...]:
    """Which entries of M_dirac M_dark^-1 M_dirac^T are not zero, with symbols for the entries."""
    matrix = texture.matrix()
    dirac, dark = matrix[:3, 3:], matrix[3:, 3:]
    light = dirac * dark.adjugate() * dirac.T
    return tuple(tuple(bool(light[i, j].expand() != 0) for j in range(3)) for i in range(3))


# ---------------------------------------------------------------- the scale


def _scale() -> tuple[Step, ...]:
    scale = lepton_flavour_scale()
    higgs_TeV = physical_input("v").value / 1000
    smaller = Fraction(174, 1000)
    values = {name: lepton_flavour_scale_TeV("3.1", v_TeV=name) for name in (higgs_TeV, smaller)}
    return (
        statement(
            "An operator of dimension six gives {mass}, at the level of dimensional analysis, and so",
            Chain((Lambda_LFV, scale)),
            lambda: bool(v**2 * v_Phi / scale**2 - m_nu == 0),
            "the relation solved, and put in again",
            tag="A.11",
            mass=Chain((m_nu, v**2 * v_Phi / Lambda_LFV**2)),
        ),
        statement(
            "With a neutrino mass of 0.1 eV and {v_Phi} = 3.1 TeV, the bound (5.4), the scale is, for the "
            "vacuum expectation value and for the same divided by the root of two,",
            Table(
                ("v in GeV", "scale in TeV"),
                [(Float(float(h * 1000), 4), Float(value, 3)) for h, value in values.items()],
            ),
            lambda: all(
                abs(value**2 * float(physical_input("m_nu").value) / (float(h) ** 2 * 3.1) - 1) < 1e-12
                for h, value in values.items()
            ),
            "each number put into the relation again",
            v_Phi=v_Phi,
        ),
        disagreement(
            "A.11",
            Pow(10, 5, evaluate=False),
            Pow(10, 6, evaluate=False),
            "in TeV: the relation gives about {power} times ten to the fifth, so that the printed scale is "
            "low by ten; as a lower bound it holds. With it the masses would come out a hundred times as "
            "large, or more, unless the coefficients are a hundredth, or less",
            lambda: all(9.6e5 < value < 1.4e6 for value in values.values()),
            "the numbers of the table",
            power=Float(values[higgs_TeV] / 1e5, 3),
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
