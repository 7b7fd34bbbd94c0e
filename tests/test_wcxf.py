"""Wilson coefficients as files in WCxf: symmetry factors, round trips, and matching by the package wilson."""

from __future__ import annotations

import json
import math
import pickle
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import cos

from anomalies import FieldContent, adn_framework, standard_model
from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, UnitWarning, UnknownNameError
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.wcxf import (
    WilsonFile,
    flavio_file,
    match_with_wilson,
    read_wcxf,
    warsaw_file,
)
from anomalies.phenomenology.interactions.wilson_coefficients import (
    code_coefficients,
    normalisation_per_GeV2,
)
from anomalies.phenomenology.mixing.quarks import ckm_matrix, left_down_values
from anomalies.phenomenology.points import BENCHMARK, framework_content
from anomalies.phenomenology.symbols import (
    LEPTONS,
    theta_w,
)

V = ckm_matrix()


# ---------------------------------------------------------------- the Warsaw basis


def mixed_model(scale: float = 1.0) -> dict[str, Any]:
    """Matrices with off-diagonal entries, complex, with different phases for all fields."""
    charges = {"q": -0.03, "u": 0.4, "d": -0.47, "l": 0.2, "e": -0.3}
    result = {}
    for number, (name, charge) in enumerate(charges.items()):
        x, y, z = (
            entry * scale * complex(1, number / 10) for entry in (0.01 + 0.02j, -0.03 + 0.01j, 0.02 - 0.05j)
        )
        result[name] = [
            [charge, x, y],
            [x.conjugate(), charge + 0.1, z],
            [y.conjugate(), z.conjugate(), charge - 0.3],
        ]
    return result


@given(st.lists(st.complex_numbers(max_magnitude=2), min_size=16, max_size=16))
@settings(max_examples=12, deadline=None)
def test_the_warsaw_coefficients_sum_up_to_the_square_of_the_current(numbers: list[complex]) -> None:
    """L = sum C O + h.c. equals -J^2/2, for bilinears that are products of numbers (which obey Fierz)."""
    fields = {name: numbers[3 * i : 3 * i + 3] for i, name in enumerate(("q", "u", "d", "l", "e"))}
    higgs = abs(numbers[15])
    mixed = mixed_model()
    J = sum(
        mixed[name][i][j] * values[i].conjugate() * values[j]
        for name, values in fields.items()
        for i in range(3)
        for j in range(3)
    )
    J += float(-BENCHMARK.charges["Q_H"]) * higgs
    file = warsaw_file(BENCHMARK.content, v_Phi_TeV=0.001, scale_GeV=1, mixed=mixed)  # v_Phi = 1 GeV
    total = 0j
    for name, value in file.values:
        operator, _, indices = name.partition("_")
        if operator in ("phiD", "phiBox"):
            continue
        i = [int(index) - 1 for index in indices]
        if operator.startswith("phi"):
            one = fields[operator[3]]
            term = higgs * one[i[0]].conjugate() * one[i[1]]
            hermitian = i[0] == i[1]
        else:
            one, other = fields[operator[0]], fields[operator[1]]
            term = one[i[0]].conjugate() * one[i[1]] * other[i[2]].conjugate() * other[i[3]]
            flipped = (i[1], i[0], i[3], i[2])
            hermitian = tuple(i) == flipped or (operator[0] == operator[1] and (*i[2:], *i[:2]) == flipped)
            hermitian |= operator == "ee" and (i[0], i[3], i[2], i[1]) in (
                flipped,
                (*flipped[2:], *flipped[:2]),
            )
        total += value * term if hermitian else 2 * (value * term).real
    expected = -((J**2).real - (BENCHMARK.charges["Q_H"] * higgs) ** 2) / 2
    assert abs(total - complex(expected)) < 1e-8 * (1 + abs(J) ** 2)


def test_the_warsaw_basis_has_as_many_real_parameters_as_its_operators() -> None:
    """n^2 (n^2 + 1) / 2, for one contraction n^2 (n + 1)^2 / 4, n^4, n^2 for n = 3: see arXiv:1312.2014."""
    file = warsaw_file(BENCHMARK.content, v_Phi_TeV=1, scale_GeV=1000, mixed=mixed_model())
    counts: dict[str, int] = {}
    for name, value in file.values:
        operator = name.partition("_")[0]
        counts[operator] = counts.get(operator, 0) + (2 if value.imag else 1)
    assert {counts.pop(operator) for operator in ("phiD", "phiBox")} == {1}
    assert counts.pop("ee") == 36
    assert {counts.pop(operator) for operator in ("ll", "qq1", "uu", "dd")} == {45}
    assert {counts.pop(operator) for operator in ("phil1", "phie", "phiq1", "phiu", "phid")} == {9}
    assert len(counts) == 10
    assert set(counts.values()) == {81}


def test_symmetry_factors_of_the_warsaw_basis() -> None:
    charges = BENCHMARK.charges
    file = warsaw_file(BENCHMARK.content, v_Phi_TeV=2, scale_GeV=2000)
    P = 1 / 2000**2
    for name, wanted in (
        ("ll_1111", -(charges["Q_l1"] ** 2) / 2),
        ("ll_1122", -charges["Q_l1"] * charges["Q_l2"]),
        ("ee_1122", -charges["Q_e1"] * charges["Q_e2"]),
        ("lq1_2211", -charges["Q_l2"] * charges["Q_q"]),
        ("qe_1133", -charges["Q_q"] * charges["Q_e3"]),
        ("ud1_1122", -charges["Q_u"] * charges["Q_d"]),
        ("phil1_22", charges["Q_l2"] * charges["Q_H"]),
        ("phiD", -2 * charges["Q_H"] ** 2),
        ("phiBox", -(charges["Q_H"] ** 2) / 2),
        ("ll_1221", 0),
    ):
        assert file[name] == pytest.approx(complex(wanted) * P, rel=1e-12)
    assert all(value.imag == 0 for _, value in file.values)
    without = warsaw_file(BENCHMARK.content, v_Phi_TeV=2, scale_GeV=2000, higgs=False)
    assert {name for name, _ in file.values} - {name for name, _ in without.values} == {
        *(f"{o}_{i}{i}" for o in ("phil1", "phie", "phiq1", "phiu", "phid") for i in (1, 2, 3)),
        "phiD",
        "phiBox",
    }


# ---------------------------------------------------------------- the files


def test_files_survive_a_round_trip() -> None:
    mixed = mixed_model(1e-3)
    file = warsaw_file(BENCHMARK.content, v_Phi_TeV=3.1, scale_GeV=3100, mixed=mixed)
    assert read_wcxf(file.as_json()) == file
    assert any(value.imag for _, value in file.values)
    written = json.loads(file.as_json())
    assert (written["eft"], written["basis"], written["scale"]) == ("SMEFT", "Warsaw", 3100.0)
    assert "GeV^-2" in written["metadata"]["description"]
    pytest.importorskip("yaml")
    assert read_wcxf(file.as_yaml()) == file


def test_files_print_briefly_and_survive_pickling() -> None:
    file = WilsonFile("WET", "flavio", 4.8, (("C9_bsee", 1 + 0j),))
    assert repr(file) == "WCxf file: WET, flavio, 4.8 GeV, 1 coefficient"
    assert pickle.loads(pickle.dumps(file)) == file
    assert hash(file) == hash(pickle.loads(pickle.dumps(file)))


def test_numbers_in_yaml_have_a_decimal_point() -> None:
    text = WilsonFile("WET", "flavio", 5, (("a", 1e-20 + 0j), ("b", 3 + 1e22j))).as_yaml()
    assert "a: 1.0e-20" in text
    assert "Re: 3.0" in text
    assert "Im: 1.0e+22" in text
    assert WilsonFile("WET", "flavio", 5.0, ()).as_yaml().endswith("values: {}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"eft": "WET"}', "with eft, basis, scale and values"),
        ("[1, 2]", "with eft, basis"),
        ('"x"', "with eft"),
    ],
)
def test_bad_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        read_wcxf(text)


def test_bad_points_are_refused() -> None:
    content = BENCHMARK.content
    with pytest.raises(ArgumentError, match="a positive number of TeV"):
        warsaw_file(content, v_Phi_TeV=-1, scale_GeV=1000)
    with pytest.warns(UnitWarning, match="is in TeV"):
        warsaw_file(content, v_Phi_TeV=3100, scale_GeV=1000)
    with pytest.raises(ArgumentError, match="a positive number of GeV"):
        warsaw_file(content, v_Phi_TeV=3, scale_GeV=0)
    with pytest.raises(ArgumentTypeError, match=r"qbar\^1 q\^1 has a number as charge, not a_Y"):
        warsaw_file(framework_content(), v_Phi_TeV=3, scale_GeV=1000)
    with pytest.raises(ArgumentError, match="a 3 x 3 matrix of numbers"):
        flavio_file(content, v_Phi_TeV=3, scale_GeV=5, ckm=[[1]], exchange="Z'")
    for sin2, vev in ((23.1, 246.0), (0.23, -246.0)):
        with pytest.raises(ArgumentError, match="between 0 and 1, and v_GeV positive"):
            flavio_file(content, v_Phi_TeV=3, scale_GeV=5, ckm=V, exchange="Z'", sin2_theta_w=sin2, v_GeV=vev)
    with pytest.raises(UnknownNameError, match="one of the fields"):
        warsaw_file(standard_model(), v_Phi_TeV=3, scale_GeV=1000)
    with pytest.raises(ArgumentError, match="of three families, as q, not 2"):
        warsaw_file(standard_model(families=2), v_Phi_TeV=3, scale_GeV=1000)
    neutral = adn_framework().subs(dict.fromkeys(adn_framework().charge_symbols, 0))
    with pytest.raises(ArgumentError, match="such that Phi is charged"):
        warsaw_file(neutral, v_Phi_TeV=3, scale_GeV=1000)
    with pytest.raises(ArgumentTypeError, match="the text of a WCxf file"):
        read_wcxf(3)  # type: ignore[arg-type]
    wet = WilsonFile("WET", "flavio", 5.0, ())
    with pytest.raises(UnknownNameError, match="in the Warsaw basis"):
        match_with_wilson(wet)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wilson", None)
    monkeypatch.setitem(sys.modules, "wilson.wcxf", None)
    monkeypatch.setitem(sys.modules, "yaml", None)
    file = warsaw_file(BENCHMARK.content, v_Phi_TeV=3, scale_GeV=91)
    with pytest.raises(MissingToolError, match=r"pip install 'gauge-anomalies\[flavour\]'"):
        match_with_wilson(file)
    with pytest.raises(MissingToolError, match="Reading YAML needs the package wilson"):
        read_wcxf("eft: WET")


# ---------------------------------------------------------------- the basis of flavio


def model_at(v_Phi_TeV: float, mixings: Sequence[complex]) -> tuple[FieldContent, dict[str, Any]]:
    light = float(BENCHMARK.charges["Q_q"])
    return BENCHMARK.content, {"q": left_down_values(light, light - 1, mixings)}


def test_the_files_agree_with_the_formulas() -> None:
    """C9 and C10 from the file are the formulas (4.6), (4.7), with C from the mixing."""
    mixings = (0, 0.02 + 0.01j, 0.03)
    content, mixed = model_at(3.1, mixings)
    for exchange in ("Z'", "Z and Z'"):
        file = flavio_file(
            content,
            v_Phi_TeV=3.1,
            scale_GeV=4.8,
            ckm=V,
            exchange=exchange,
            mixed=mixed,
        )
        N = normalisation_per_GeV2(V[2][2] * V[2][1].conjugate())
        C = mixed["q"][1][2] / 3100**2 / N
        for lepton in LEPTONS:
            formulas = code_coefficients(lepton, exchange=exchange)
            sin2 = float(physical_input("sin2_theta_w"))
            for name, formula in zip(("C9", "C10"), formulas, strict=True):
                wanted = C * complex(formula.subs({**BENCHMARK.values, cos(theta_w): math.sqrt(1 - sin2)}))
                assert abs(file[f"{name}_bs{lepton}{lepton}"] - wanted) < 1e-9 * abs(C)
        assert file["C9_bdmumu"] == file["C9p_bsmumu"] == 0
        # A neutrino couples as the left-handed muon, and with the Z by its charge a_mu alone, as Q = 0.
        neutrino = float(BENCHMARK.a_mu - (BENCHMARK.a_Y / 2 if exchange == "Z'" else 0))
        assert abs(file["CL_bsnumunumu"] + C * neutrino / 2) < 1e-9 * abs(C)
        # Of equal bilinears there is one order: no factor 2.
        assert file["CVLL_bsbs"] == pytest.approx(-(mixed["q"][1][2] ** 2) / (2 * 3100**2), rel=1e-12)
    assert C.real > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("higgs", "left_out", "tolerance"), [(False, (), 1e-6), (True, ("phiD",), 1e-6), (True, (), 1e-3)]
)
def test_wilson_matches_our_smeft_coefficients_to_our_wet_coefficients(
    higgs: bool, left_out: tuple[str, ...], tolerance: float
) -> None:
    """SMEFT to WET by wilson at m_Z, at tree level and with our inputs: every coefficient of our file.

    Without the Higgs current only the Z' is exchanged.  With it wilson finds the exchange of the Z as well;
    phiD then changes the weak angle that wilson computes from m_W, by a relative order of (v / v_Phi)^2.
    """
    constants = {name: float(physical_input(key)) for name, key in (("GF", "G_F"), ("m_W", "m_W"))}
    constants["alpha_e"] = 1 / float(physical_input("inverse_alpha_em_m_Z"))
    mixed = {name: mixed_model(1e-2)[name] for name in ("q", "d")}
    content, scale = BENCHMARK.content, 91.1876
    smeft = warsaw_file(content, v_Phi_TeV=10, scale_GeV=scale, mixed=mixed, higgs=higgs)
    kept = tuple((name, value) for name, value in smeft.values if name not in left_out)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        inputs = pytest.importorskip("wilson.parameters").p
        angles = [inputs[name] for name in ("Vus", "Vub", "Vcb", "gamma")]
        ckm = pytest.importorskip("ckmutil.ckm").ckm_tree(*angles)
        matched = match_with_wilson(WilsonFile("SMEFT", "Warsaw", scale, kept), constants)
    v_squared = 1 / (math.sqrt(2) * constants["GF"])
    ours = flavio_file(
        content,
        v_Phi_TeV=10,
        scale_GeV=scale,
        ckm=ckm,
        exchange="Z and Z'" if higgs else "Z'",
        mixed=mixed,
        sin2_theta_w=math.pi * constants["alpha_e"] * v_squared / constants["m_W"] ** 2,
        inverse_alpha_em=1 / constants["alpha_e"],
        v_GeV=math.sqrt(v_squared),
    )
    # With the Z, 18 axial coefficients vanish, and the 6 of nu_tau because a_tau = 0.
    assert len(ours.values) == (63 - 18 - 6 if higgs else 63)
    for name, value in ours.values:
        unit = abs(ours[name.replace("C10", "C9").replace("_bdee", "_bdtautau")])
        assert abs(matched[name] - value) < tolerance * unit, name
    if higgs:
        assert abs(matched["C10_bsmumu"]) < 1e-6 * abs(matched["C9_bsmumu"])
    else:
        assert abs(matched["C10_bsmumu"]) > 0.3 * abs(matched["C9_bsmumu"])
    transitions = ("bs", "bd", "sd")
    for name, value in matched.values:
        if name.partition("_")[0] in ("C9", "C9p", "C10", "C10p", "CL", "CR") and "cu" not in name:
            assert name in dict(ours.values) or abs(value) < 1e-6 * abs(ours["C9_bstautau"])
            assert name.partition("_")[2][:2] in transitions


@pytest.mark.slow
def test_wilson_reads_our_files_and_knows_every_name() -> None:
    """Of each set of equal or conjugate operators the files name the one that is in the basis."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wcxf = pytest.importorskip("wilson.wcxf")
        file = warsaw_file(BENCHMARK.content, v_Phi_TeV=3.1, scale_GeV=3100, mixed=mixed_model())
        for text in (file.as_json(), file.as_yaml()):
            read = wcxf.WC.load(text)
            read.validate()
            assert {name: complex(value) for name, value in read.dict.items()} == dict(file.values)
            assert read_wcxf(read.dump(fmt="yaml")).values == file.values
        known = set(wcxf.Basis["SMEFT", "Warsaw"].all_wcs)
    operators = {name.partition("_")[0] for name, _ in file.values} - {"phiD", "phiBox"}
    assert len(operators) == 20
    for operator in operators:
        listed = {name for name in known if name.partition("_")[0] == operator}
        given_ = {name for name, _ in file.values if name.partition("_")[0] == operator}
        assert given_ == listed
