"""The language of predicates, the named ones, and the database behind them: exact, complete, and shut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")
pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

from anomalies import standard_model  # noqa: E402
from anomalies.atlas import NAMED, Catalogue, build_catalogue, open_catalogue, parse_predicate  # noqa: E402
from anomalies.atlas.catalogue import vocabulary  # noqa: E402
from anomalies.atlas.database import connect  # noqa: E402
from anomalies.atlas.named import expansions  # noqa: E402
from anomalies.atlas.predicates import Vocabulary, holds  # noqa: E402
from anomalies.atlas.sql import as_sql  # noqa: E402
from anomalies.errors import AnomaliesError, ArgumentError, UnknownNameError  # noqa: E402
from anomalies.solutions import Solution  # noqa: E402

Row = tuple[int, ...]

SPECIES = ("q", "u", "d", "l", "e", "nu")
NAMES = [f"{field}{family}" for field in SPECIES for family in (1, 2, 3)]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(standard_model(), 2, tmp_path_factory.mktemp("atlas") / "sm+3nu")


@pytest.fixture(scope="module")
def rows(catalogue: Catalogue) -> list[Row]:
    found = list(catalogue.query().rows())
    assert len(found) == 358  # arXiv:1812.04602
    return found


def select(rows: list[Row], predicate: Callable[..., bool]) -> list[Row]:
    return [row for row in rows if predicate(**dict(zip(NAMES, row, strict=True)))]


def families(row: Row) -> dict[str, Row]:
    return {field: row[3 * index : 3 * index + 3] for index, field in enumerate(SPECIES)}


# ---------------------------------------------------------------- what predicates mean

MEANINGS: Mapping[str, Callable[..., bool]] = {
    "Q1 = Q2 and Q3 <> Q2 and e1 = 0 and L2 = e2": (
        lambda q1, q2, q3, e1, e2, l2, **_: q1 == q2 and q3 != q2 and e1 == 0 and l2 == e2
    ),
    "q1 = q2 = q3": lambda q1, q2, q3, **_: q1 == q2 == q3,
    "Q_q1 < 0 or not (u1 >= -1 and nu3 != 2)": (
        lambda q1, u1, nu3, **_: q1 < 0 or not (u1 >= -1 and nu3 != 2)
    ),
    "2*q1 + q2 - 3*(u1 - 1/3) <= d1*2 + 1": (
        lambda q1, q2, u1, d1, **_: 2 * q1 + q2 - 3 * u1 + 1 <= 2 * d1 + 1
    ),
    "(q2 + q3) * 1/2 > 0.5": lambda q2, q3, **_: q2 + q3 > 1,
    "some(l) = 0": lambda l1, l2, l3, **_: 0 in (l1, l2, l3),
    "not some(l) = 0": lambda l1, l2, l3, **_: 0 not in (l1, l2, l3),
    "all(nu) = 0": lambda nu1, nu2, nu3, **_: nu1 == nu2 == nu3 == 0,
    "some(l) + 1 = some(e)": (
        lambda l1, l2, l3, e1, e2, e3, **_: any(a + 1 == b for a in (l1, l2, l3) for b in (e1, e2, e3))
    ),
    "-e1 = e3": lambda e1, e3, **_: -e1 == e3,
    "3 > 2": lambda **_: True,
    "q1 + 1 = q1": lambda **_: False,
    "NOT q1 = 0 AND (u1 = 0 OR d1 = 0)": lambda q1, u1, d1, **_: q1 != 0 and (u1 == 0 or d1 == 0),
    "q1 = 0 or q1 = 0 and u1 = 5": lambda q1, **_: q1 == 0,
    "q1 < 1000000000000": lambda **_: True,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_predicate_means_what_it_says(text: str, catalogue: Catalogue, rows: list[Row]) -> None:
    expected = select(rows, MEANINGS[text])
    result = catalogue.query(text)
    assert list(result.rows()) == expected
    assert result.count() == len(expected)
    assert expected or text == "q1 + 1 = q1"


charge = st.sampled_from(NAMES)
number = st.fractions(min_value=-3, max_value=3, max_denominator=4)
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


@given(st.dictionaries(charge, number, max_size=4), number, st.sampled_from(sorted(OPERATORS)))
def test_linear_comparisons(
    catalogue: Catalogue, rows: list[Row], terms: dict[str, Fraction], constant: Fraction, operator: str
) -> None:
    text = " + ".join(["0", *(f"{_literal(value)} * {name}" for name, value in terms.items())])
    expected = [
        row
        for row in rows
        if OPERATORS[operator](sum(value * row[NAMES.index(name)] for name, value in terms.items()), constant)
    ]
    assert list(catalogue.query(f"{text} {operator} {_literal(constant)}").rows()) == expected


def _literal(value: Fraction) -> str:
    return f"(-{-value})" if value < 0 else str(value)


# ---------------------------------------------------------------- named predicates


@pytest.mark.parametrize("name", NAMED)
def test_named_predicates_agree_with_their_definition_row_by_row(
    name: str, catalogue: Catalogue, rows: list[Row]
) -> None:
    named = NAMED[name]
    arguments = [(Fraction(h),) for h in (-2, -1, 0, 1, 2)] if named.parameters else [()]
    selected = 0
    for values in arguments:
        text = f"{name}({', '.join(map(str, values))})" if values else name
        expected = [row for row in rows if named.decide(families(row), values)]
        assert list(catalogue.query(text).rows()) == expected
        selected += len(expected)
    assert selected > 0


def test_named_predicates_without_arguments_do_not_see_the_sign(
    catalogue: Catalogue, rows: list[Row]
) -> None:
    names = vocabulary(catalogue.manifest)
    for named in NAMED.values():
        if not named.parameters:
            tree = named.expand(names, ())
            for row in rows:
                negative = [-x for part in families(row).values() for x in reversed(part)]
                both = [holds(tree, dict(zip(NAMES, r, strict=True))) for r in (row, negative)]
                assert both[0] == both[1], (named.name, row)


def test_hypercharge_and_b_minus_l_are_found_where_they_belong() -> None:
    names = Vocabulary(tuple((field, (f"{field}1", f"{field}2", f"{field}3")) for field in SPECIES))
    hypercharge = {"q": 1, "u": 4, "d": -2, "l": -3, "e": -6, "nu": 0}
    b_minus_l = {"q": 1, "u": 1, "d": 1, "l": -3, "e": -3, "nu": -3}
    mu_minus_tau = dict.fromkeys(NAMES, 0) | {"l1": -1, "l3": 1, "e1": -1, "e3": 1}

    def true_of(charges: Mapping[str, int], text: str) -> bool:
        return holds(parse_predicate(text, names, expansions()), charges)

    y = {f"{field}{i}": value for field, value in hypercharge.items() for i in (1, 2, 3)}
    b = {f"{field}{i}": value for field, value in b_minus_l.items() for i in (1, 2, 3)}
    mixed = {name: 2 * y[name] - 5 * b[name] for name in NAMES}
    assert true_of(y, "hypercharge_only and is_gauged_accidental and yukawas and not contains_b_minus_l")
    assert true_of(
        b, "contains_b_minus_l and is_gauged_accidental and yukawas_up(0) and not hypercharge_only"
    )
    assert true_of(mixed, "contains_b_minus_l and is_gauged_accidental")
    assert true_of(y, "yukawas_up(-3) and yukawas_down(-3) and yukawas_charged_lepton(-3)")
    assert true_of(mu_minus_tau, "is_gauged_accidental and not contains_b_minus_l and vectorlike_muon")
    assert true_of(mu_minus_tau, "no_electron_coupling and neutral_dark_sector and different_lepton_families")


# ---------------------------------------------------------------- what comes back


def test_solutions_are_exact_and_verified(catalogue: Catalogue) -> None:
    found = list(catalogue.query("is_gauged_accidental and some(nu) = 1", limit=5))
    assert len(found) == 5
    for solution in found:
        assert isinstance(solution, Solution)
        assert solution.conditions.is_anomaly_free


def test_limit_cuts_and_says_so(catalogue: Catalogue, rows: list[Row]) -> None:
    everything = catalogue.query("q1 = q2").count()
    cut = catalogue.query("q1 = q2", limit=3)
    assert list(cut.rows()) == list(catalogue.query("q1 = q2").rows())[:3]
    report = cut.as_json()
    assert (report["count"], report["exhaustive"], report["stopped_by"]) == (3, False, "limit")
    whole = catalogue.query("q1 = q2", limit=everything).as_json()
    assert (whole["count"], whole["exhaustive"], whole["stopped_by"]) == (everything, True, "")
    assert catalogue.query(limit=0).count() == 0
    assert catalogue.count() == catalogue.query().count() == len(rows)


def test_tables_hold_the_same_rows(catalogue: Catalogue, rows: list[Row]) -> None:
    table = catalogue.query().to_arrow()
    assert table.column_names == NAMES
    assert list(zip(*table.to_pydict().values(), strict=True)) == rows
    pandas = pytest.importorskip("pandas")
    frame = catalogue.query("q1 < 0").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == catalogue.count("q1 < 0") > 0


# ---------------------------------------------------------------- bad input

BAD = {
    "q4 = 0": "about the charges q1, q2, q3, u1,",
    "some(x) = 0": "about the species q, u, d, l, e, nu, not 'x'",
    "q1": "must be a predicate such as",
    "q1 = ": "not something unfinished",
    "q1 = 0 and": "not something unfinished",
    "(q1 = 0": "not something unfinished",
    "q1 = 0)": "not ')'",
    "q1 == = 0": "not '='",
    "q1 = 0 q2": "not 'q2'",
    "q1 * q2 = 0": "linear in the charges",
    "q1 = (q2 = 0)": "compare charges and numbers",
    "some(q) = all(u)": "not mix some() and all()",
    "yukawas_up = 0": "yukawas_up 1 arguments, as in yukawas_up(h), not 0",
    "yukawas_up(q1)": "not 'q1'",
    "yukawas(1)": "0 arguments",
    "q1 = 1/0": "free of zero denominators",
    "q1 = 'x'": "must be a predicate such as",
    "q1 = 0; DROP VIEW solutions": "must be a predicate such as",
    "q1 = 0 UNION SELECT 1": "not 'UNION'",
    "q1 = 0 -- comment": "not 'comment'",
    "read_csv('/etc/passwd') = 0": "must be a predicate such as",
    "count(q1) = 0": "about the charges",
    "(" * 60 + "q1" + ")" * 60 + " = 0": "nested at most 50 deep",
    "not " * 60 + "q1 = 0": "nested at most 50 deep",
    "q1 = 0" + " and q1 = 0" * 1000: "at most 4000 characters long",
    "9223372036854775807 * q1 = q2": "smaller coefficients",
    "some(q) + some(u) + some(d) + some(l) + some(e) + some(nu) + some(q) = 0": "simpler combination",
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_predicate_is_refused_in_one_sentence(text: str, catalogue: Catalogue) -> None:
    with pytest.raises(AnomaliesError) as error:
        catalogue.query(text).count()
    assert BAD[text] in str(error.value)
    assert "\n" not in str(error.value)


@given(st.text(max_size=30) | st.text("q1u2=<>()+-*/ andorte'\";", max_size=30))
def test_no_text_reaches_the_database(catalogue: Catalogue, text: str) -> None:
    """Any text is a predicate whose SQL names known columns only, or is refused by an error of ours."""
    names = vocabulary(catalogue.manifest)
    try:
        tree = parse_predicate(text, names, expansions())
        sql = as_sql(tree, catalogue.manifest.places, 1, 2)
    except AnomaliesError:
        return
    pieces = re.findall(r'"[^"]*"|[A-Za-z_]+|[0-9]+|[-+*()=<>:]+', sql)
    assert sql.replace(" ", "") == "".join(pieces)
    words = {piece.strip('"') for piece in pieces if piece[0].isalpha() or piece[0] == '"'}
    assert words <= {"AND", "OR", "NOT", "SMALLINT", "INTEGER", "BIGINT", "true", "false", *NAMES}


def test_other_types_are_refused(catalogue: Catalogue) -> None:
    with pytest.raises(AnomaliesError, match="limit"):
        catalogue.query("q1 = 0", limit=-1)
    with pytest.raises(TypeError, match="predicate"):
        parse_predicate(1, vocabulary(catalogue.manifest))  # type: ignore[arg-type]


def test_names_that_differ_in_case_only_must_be_written_as_they_are() -> None:
    names = Vocabulary((("q", ("q",)), ("Q", ("Q",)), ("e", ("e1",))))
    assert holds(parse_predicate("q = 1 and Q = 2 and E1 = 3", names), {"q": 1, "Q": 2, "e1": 3})
    assert Vocabulary((("n", ("Nu",)), ("m", ("nU",)))).charge("nu") is None
    with pytest.raises(UnknownNameError, match="about the charges q, Q, e1"):
        parse_predicate("x = 1", names)


def test_predicates_about_missing_fields(tmp_path: Path) -> None:
    bare = build_catalogue(standard_model(right_handed_neutrinos=0), 1, tmp_path / "sm")
    with pytest.raises(ArgumentError, match="contains_b_minus_l needs nu"):
        bare.query("contains_b_minus_l")
    assert bare.count("is_gauged_accidental") > 0


# ---------------------------------------------------------------- the database is shut off

FORBIDDEN = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "ATTACH '{folder}/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_paths = ['/etc/passwd']",
    "SET threads = 1",
    "INSERT INTO solutions VALUES (1)",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_only_the_catalogue_is_visible(statement: str, catalogue: Catalogue, tmp_path: Path) -> None:
    with connect(catalogue) as database:
        assert database.execute("SELECT count(*) FROM solutions").fetchone()[0] == 358
        with pytest.raises(duckdb.Error):
            database.execute(statement.format(folder=tmp_path)).fetchall()
    assert list(tmp_path.iterdir()) == []


def test_python_variables_are_not_tables(catalogue: Catalogue) -> None:
    secret = catalogue.query().to_arrow()
    assert secret.num_rows
    with connect(catalogue) as database, pytest.raises(duckdb.Error):
        database.sql("SELECT * FROM secret").fetchall()


def test_opening_again_gives_the_same_answers(catalogue: Catalogue) -> None:
    again = open_catalogue(catalogue.directory)
    assert again == catalogue
    assert list(again.query("vectorlike_muon").rows()) == list(catalogue.query("vectorlike_muon").rows())
