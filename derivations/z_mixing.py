"""Z-Z' mixing: the mass matrix from covariant derivatives, exact diagonalisation, series to any order."""

from fractions import Fraction

from sympy import (
    Eq,
    Expr,
    ImmutableMatrix,
    Rational,
    Symbol,
    cancel,
    cos,
    expand,
    sin,
    sqrt,
    symbols,
    tan,
    zeros,
)

from anomalies import multiplet, standard_model
from anomalies.latex import (
    Chain,
    Derivation,
    Step,
    definition,
    equality,
    named,
    print_derivation,
    remark,
    statement,
)
from anomalies.phenomenology.bounds.bound import stated
from anomalies.phenomenology.mixing.expansion import mass_ratio, mixing_series, mixing_strength
from anomalies.phenomenology.mixing.gauge_masses import (
    adn_masses,
    coupling_vector,
    neutral_masses,
)
from anomalies.phenomenology.mixing.neutral_bosons import mixing_at, rotation_by, z_mixing
from anomalies.phenomenology.points import BENCHMARK, framework_content
from anomalies.phenomenology.symbols import (
    a_Y,
    alpha_z,
    g,
    g_prime,
    g_X,
    m_W,
    m_Z,
    m_Zprime,
    theta_w,
    v,
    v_Phi,
)
from anomalies.tables import Table

Q_PHI, Q_H = symbols("Q_Phi Q_H")
A, DELTA, T, T3 = symbols("A delta t T3")
# For given t = tan(alpha_z) the entry of X is fixed: a rational parametrisation of all mixings.
E = A + DELTA * (1 - T**2) / T
M_Z2, M_ZPRIME2 = A - DELTA * T, E + DELTA * T
R, X = DELTA / A, M_Z2 / M_ZPRIME2
HALF = Rational(1, 2)
W = Symbol("w", positive=True)
MULTIPLETS = ((2, "-1/2"), (3, "0"), (3, "1"), (4, "3/2"), (7, "2"))  # dimension and hypercharge
SCALES = ("3.1", "1", "0.5", "0.2", "0.1")


def derivation() -> Derivation:
    """Return the way from the scalars to the mixing angle."""
    return Derivation(
        "Z-Z' mixing",
        "ADN section 3.2",
        (*_mass_matrix(), *_exact(), *_series(), *_numbers()),
    )


# ---------------------------------------------------------------- (3.12)-(3.14)


def _mass_matrix() -> tuple[Step, ...]:
    content, masses = framework_content(normalised=False), adn_masses()
    bracket = 1 + 4 * Q_PHI**2 * v_Phi**2 / (a_Y**2 * v**2)
    printed = ImmutableMatrix(
        [
            [g_prime**2, -g * g_prime, a_Y * g_prime * g_X],
            [-g * g_prime, g**2, -a_Y * g * g_X],
            [a_Y * g_prime * g_X, -a_Y * g * g_X, a_Y**2 * g_X**2 * bracket],
        ]
    )
    return (
        statement(
            "A scalar component couples to the neutral bosons B, W3 and X through its covariant derivative. "
            "The components with a vacuum value, and their couplings:",
            Table(
                ("field", T3, *masses.bosons, "vacuum value"),
                [
                    (Symbol("H"), Rational(1, 2), *coupling_vector(content, "H", "1/2"), v / sqrt(2)),
                    (Symbol("Phi"), 0, *coupling_vector(content, "Phi", 0), v_Phi / sqrt(2)),
                ],
            ),
            lambda: coupling_vector(content, "Phi", 0) == (0, 0, Q_PHI * g_X),
            "computed from isospin, hypercharge and the charges of the gauging generator",
            tag="3.13",
        ),
        equality(
            "The kinetic terms then give the mass matrix, a sum of squares of these vectors:",
            named("M_N^2", masses.matrix),
            (v**2 / 4 * printed).applyfunc(expand),
            tag="3.14",
        ),
        statement(
            "The photon is massless: every neutral component is orthogonal to it, whatever the scalars. "
            "It is the combination of B, W3 and X with the coefficients",
            tuple(masses.photon),
            lambda: (
                masses.matrix * ImmutableMatrix([g, g_prime, 0]) == zeros(3, 1)
                and expand(masses.matrix.det()) == 0
            ),
            "the matrix times this vector, and the determinant, are identically zero",
        ),
        statement(
            "Any other scalars are treated alike. Masses of the W, of the Z before mixing with X, and "
            "their ratio rho, for a doublet alone and with the neutral component of another multiplet, of "
            "vacuum value w:",
            _other_scalars(),
            _follow_from_isospin,
            "rho compared with the sum of (j(j+1) - Y^2) over the sum of 2 Y^2, weighted with the squares "
            "of the vacuum values",
        ),
    )


def _follow_from_isospin() -> bool:
    return all(
        cancel(row[3] - _rho_from_isospin(Rational(dimension - 1, 2), Rational(hypercharge))) == 0
        for (dimension, hypercharge), row in zip(MULTIPLETS, _other_scalars().rows, strict=True)
    )


def _rho_from_isospin(spin: Rational, hypercharge: Rational) -> Expr:
    scalars = ((HALF, -HALF, v), (spin, hypercharge, W))
    charged = sum((j * (j + 1) - Y**2) * value**2 for j, Y, value in scalars)
    return charged / sum(2 * Y**2 * value**2 for _, Y, value in scalars)


def _other_scalars() -> Table:
    base, w = standard_model(extra=None), W
    rows = []
    for dimension, hypercharge in MULTIPLETS:
        field = multiplet(base.group, "S", ("1", str(dimension)), {"Y": hypercharge}, chirality="scalar")
        masses = neutral_masses(base.with_fields(field), {"H": v, "S": w})
        rows.append((field.irreps[1], Rational(hypercharge), masses.m_W_squared, masses.rho_before_mixing))
    return Table(("multiplet", Symbol("Y"), m_W**2, Symbol("rho")), rows)


# ---------------------------------------------------------------- (3.15) and the exact angle


def _exact() -> tuple[Step, ...]:
    block = adn_masses().z_block
    mixing = z_mixing(adn_masses())
    return (
        definition("With the photon split off the matrix of Z0 and X is", "M_ZX^2", block),
        remark(
            "Call its entries A, {off} and E. The signs of the mixing are ADN's: Z = cos Z0 + sin X and "
            "Z' = -sin Z0 + cos X, with a positive cosine.",
            off=-DELTA,
        ),
        definition(
            "For a given tangent t of the angle the entry E is fixed by the other two, and everything is "
            "rational:",
            "E",
            E,
        ),
        statement(
            "Then (1, t) and (-t, 1) are eigenvectors; the squared masses of the Z and of the Z' are",
            (A - DELTA * T, Symbol("E") + DELTA * T),
            _has_eigenvectors,
            "both eigenvector equations are rational identities",
        ),
        statement(
            "The tangent as a function of the entries, for the heavier Z':",
            Eq(tan(alpha_z), mixing.tan_alpha, evaluate=False),
            lambda: (
                mixing.m_X_squared == block[1, 1]
                and all(
                    _is_root(Rational(a), Rational(d), Rational(e)) for a, d, e in ((1, 2, 9), (5, -3, 7))
                )
            ),
            "it solves the equation for t, at 30 digits",
        ),
        statement(
            "The orthogonal matrix to the mass basis is exact, and as printed:",
            _printed_rotation(),
            lambda: _rotation_in_angles() == _printed_rotation(),
            "entry by entry, with the tangent of the weak angle g'/g",
            tag="3.15",
        ),
        statement(
            "In terms of {r} and of the ratio {x} of physical masses the tangent solves",
            Eq(
                mixing_strength * T**2 - (1 - mass_ratio) * T + mixing_strength * mass_ratio,
                0,
                evaluate=False,
            ),
            lambda: cancel(R * T**2 - (1 - X) * T + R * X) == 0,
            "a rational identity in A, delta and t",
            x=Eq(mass_ratio, m_Z**2 / m_Zprime**2, evaluate=False),
            r=Eq(mixing_strength, DELTA / A, evaluate=False),
        ),
        statement(
            "For ADN's scalars E is {E}, so that the vacuum value and the masses are related exactly by",
            Chain((g_X**2 * v_Phi**2, m_Z**2 * (1 + mixing_strength / T), m_Z**2 * m_Zprime**2 / A)),
            lambda: all(
                cancel(E - R**2 * A - form) == 0 for form in (M_Z2 * (1 + R / T), M_Z2 * M_ZPRIME2 / A)
            ),
            "rational identities in A, delta and t",
            E=g_X**2 * v_Phi**2 + mixing_strength**2 * A,
        ),
    )


def _has_eigenvectors() -> bool:
    matrix = ImmutableMatrix([[A, -DELTA], [-DELTA, E]])
    pairs = ((M_Z2, ImmutableMatrix([1, T])), (M_ZPRIME2, ImmutableMatrix([-T, 1])))
    return all((matrix * vector - mass * vector).applyfunc(cancel) == zeros(2, 1) for mass, vector in pairs)


def _is_root(a: Rational, d: Rational, e: Rational) -> bool:
    t = 2 * d / (e - a + sqrt((e - a) ** 2 + 4 * d**2))
    return bool(abs((d * t**2 + (e - a) * t - d).evalf(30)) < Rational(1, 10**25))


def _printed_rotation() -> ImmutableMatrix:
    cw, sw, ca, sa = cos(theta_w), sin(theta_w), cos(alpha_z), sin(alpha_z)
    return ImmutableMatrix([[cw, -sw * ca, sw * sa], [sw, cw * ca, -cw * sa], [0, sa, ca]])


def _rotation_in_angles() -> ImmutableMatrix:
    length = sqrt(g**2 + g_prime**2)
    angles = {g / length: cos(theta_w), g_prime / length: sin(theta_w)}
    weak = adn_masses().weak_rotation.subs(angles)
    return rotation_by(weak, cos(alpha_z), sin(alpha_z))


# ---------------------------------------------------------------- (3.16), (3.17) to any order


def _series() -> tuple[Step, ...]:
    order = 3
    r, x = mixing_strength, mass_ratio
    tangent = mixing_series("tan_alpha", order)
    rows = [
        (tan(alpha_z), tangent),
        (sin(alpha_z), mixing_series("sin_alpha", order)),
        (m_Z / sqrt(A), mixing_series("m_Z/m_Z0", 2)),
        (m_Zprime / sqrt(Symbol("E")), mixing_series("m_Z'/m_X", order)),
        (m_Zprime / (g_X * v_Phi), mixing_series("m_Z'/(g_X v_Phi)", 2)),
        (Symbol("rho"), mixing_series("rho", 2)),
    ]
    return (
        statement(
            "The root that vanishes with x is a power series, whose coefficients are known in closed "
            "form, so that every quantity follows to any order. For ADN's scalars r is {r}, and the "
            "leading terms are (3.16) and (3.17):",
            Table(("quantity", "series"), rows),
            lambda: (
                expand(r * tangent**2 - (1 - x) * tangent + r * x).coeff(x, order) == 0
                and mixing_series("sin_alpha", 1) == r * x
                and mixing_series("m_Z'/m_X", 1) == mixing_series("m_Z'/(g_X v_Phi)", 0) == 1
            ),
            "the quadratic equation up to the last order shown",
            tag="3.16, 3.17",
            r=z_mixing(adn_masses()).strength,
        ),
        remark(
            "The first form of (3.16) is the square root of E, up to the sign of {a_Y}; it is corrected "
            "at second order only. The second form is corrected at first order, by the same factor as "
            "{rho}. The series converge for {bound}.",
            a_Y=a_Y,
            rho=sqrt(Symbol("rho")),
            bound=sqrt(mass_ratio) < sqrt(1 + r**2) - abs(r),
        ),
    )


# ---------------------------------------------------------------- numbers


def _numbers() -> tuple[Step, ...]:
    points = [mixing_at(BENCHMARK, scale, 1) for scale in SCALES]
    return (
        statement(
            "At ADN's benchmark point, with {g_X}, scales in TeV: the exact masses, and the leading "
            "orders in terms of the exact masses. At 3.1 TeV the leading orders are right to two per "
            "mille.",
            Table(
                (v_Phi, m_Zprime, "(3.16)", sin(alpha_z), "(3.17)", Symbol("rho")),
                [
                    (
                        scale,
                        f"{p.m_Zprime_TeV:.4f}",
                        f"{p.m_Zprime_leading_TeV:.4f}",
                        stated(p.sin_alpha, 4),
                        stated(p.sin_alpha_leading, 4),
                        f"{p.rho:.5f}",
                    )
                    for scale, p in zip(SCALES, points, strict=True)
                ],
            ),
            lambda: (
                abs(points[0].sin_alpha / points[0].sin_alpha_leading - 1) < Fraction(1, 400)
                and all(p.m_Zprime_TeV > p.m_Zprime_leading_TeV for p in points)
            ),
            "the exact eigenvalues",
            g_X=Eq(g_X, 1, evaluate=False),
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
