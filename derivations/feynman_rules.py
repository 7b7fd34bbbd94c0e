"""The Lagrangian term by term, and the Feynman rules of the Z' and of Phi: ADN (3.18), (3.19), Fig. 1."""

from sympy import Eq, Rational, Symbol, cancel, sqrt

from anomalies import FieldContent, adn_framework, gauging_generator
from anomalies.latex import Chain, Derivation, Step, print_derivation, remark, statement
from anomalies.phenomenology.interactions.feynman_rules import feynman_rules, vector_couplings
from anomalies.phenomenology.interactions.lagrangian import lagrangian_table
from anomalies.phenomenology.points import BENCHMARK, framework_content
from anomalies.phenomenology.symbols import a_Y, alpha_z, g, g_prime, g_X
from anomalies.tables import Table

ELECTRIC = {"u": Rational(2, 3), "d": Rational(-1, 3), "nu": Rational(0), "e": Rational(-1)}
# ADN (3.19), the charges of the left- and right-handed component of each lepton.
PRINTED = {"nu": ("Q_l", "Q_nu"), "e": ("Q_l", "Q_e")}


def derivation() -> Derivation:
    """Return the terms of the Lagrangian and the vertices."""
    return Derivation(
        "The Lagrangian and its Feynman rules",
        "ADN section 3",
        (*_lagrangian(), *_vertices(), *_mixed()),
    )


def _lagrangian() -> tuple[Step, ...]:
    content = adn_framework()
    return (
        statement(
            "The fields, their representations and the couplings that are asked for determine every term "
            "that is not a Standard Model one. The signs of the mass terms of the heavy quark are ADN's:",
            lagrangian_table(content),
            lambda: _leptons_as_printed(content),
            "the couplings of the leptons compared with (3.19), and all couplings of the photon with "
            "electric charges below",
            tag="3.18",
        ),
    )


def _leptons_as_printed(content: FieldContent) -> bool:
    leptons = [c for c in vector_couplings(content) if c.fermion.name in PRINTED]
    return len(leptons) == 6 and all(
        (coupling.left / g_X, coupling.right / g_X)
        == tuple(Symbol(f"{name}{coupling.fermion.family}") for name in PRINTED[coupling.fermion.name])
        for coupling in leptons
    )


def _vertices() -> tuple[Step, ...]:
    content = adn_framework()
    return (
        statement(
            "A vertex is i times the coefficient in the Lagrangian. Those of Fig. 1, to leading order in "
            "the mixing of the heavy quark and without mixing of the Z; the matrix of up-quark couplings "
            "is that of the down quarks between the quark mixing matrix and its adjoint:",
            feynman_rules(content),
            lambda: _violating_strength(content),
            "the coefficient of the flavour-violating vertices is the difference of the charges of Q and "
            "q, which the coupling of Q to Phi makes equal to minus that of Phi",
            tag="Fig. 1",
        ),
        statement(
            "At the benchmark point, in numbers:",
            _gauge_vertices(),
            lambda: all(
                coupling.axial / g_X == Rational(-87, 400)
                for coupling in vector_couplings(BENCHMARK.content)
                if coupling.fermion.name == "e"
            ),
            "the axial couplings of the charged leptons are the same for all, as ADN stress after (4.5)",
        ),
    )


def _gauge_vertices() -> Table:
    """The flavour-diagonal vertices of the Z' at the benchmark point."""
    table = feynman_rules(BENCHMARK.content)
    return Table(
        table.header[:2], [row[:2] for row in table.rows[: len(vector_couplings(BENCHMARK.content))]]
    )


def _violating_strength(content: FieldContent) -> bool:
    charges = gauging_generator(content).charges
    return bool(charges[Symbol("Q_Q")] - charges[Symbol("Q_q")] == -charges[Symbol("Q_Phi")])


def _mixed() -> tuple[Step, ...]:
    photon = vector_couplings(framework_content(normalised=False), "A")
    heavy = [
        c
        for c in vector_couplings(framework_content(normalised=False), alpha=alpha_z)
        if c.fermion.name == "e"
    ]
    charge = g * g_prime / sqrt(g**2 + g_prime**2)
    return (
        statement(
            "The same covariant derivatives along the other columns of (3.15) give the couplings of the "
            "photon, which are vectorial and do not see X, in units of {e}",
            Table(
                ("fermion", "left-handed", "right-handed"),
                [(c.fermion, cancel(c.left / charge), cancel(c.right / charge)) for c in photon],
            ),
            lambda: all(
                cancel(side / charge) == ELECTRIC[c.fermion.name]
                for c in photon
                for side in (c.left, c.right)
            ),
            "they are the electric charges",
            e=Eq(Symbol("e"), charge, evaluate=False),
        ),
        statement(
            "and the exact couplings of the Z' at any mixing angle. The charged leptons:",
            Table(("fermion", "left-handed", "right-handed"), [(c.fermion, c.left, c.right) for c in heavy]),
            lambda: all(
                c.left.subs(alpha_z, 0) == u.left and c.right.subs(alpha_z, 0) == u.right
                for c, u in zip(
                    heavy,
                    (
                        x
                        for x in vector_couplings(framework_content(normalised=False))
                        if x.fermion.name == "e"
                    ),
                    strict=True,
                )
            ),
            "at zero angle they are those of Fig. 1",
        ),
        remark(
            "For {a_Y} the mixing angle is zero and the couplings of Fig. 1 are exact up to the mixing of "
            "the heavy quark.",
            a_Y=Chain((a_Y, 0)),
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
