"""Certificates as text and as files: written from proofs, read back, compared and checked.

A certificate is nothing but its text.  Whoever wants to know what it is worth gives the text to the
checker, which parses it anew; no object made while the proof was found goes around it.

Key results
-----------
certify : a statement and a method to a certificate
verify_text : the checker's verdict, after comparing with the statement that was meant
write_certificates, read_certificates : a directory, one file a claim
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from anomalies.errors import ArgumentError, CheckFailedError, must_be
from anomalies.proofs.cases import prove_automatically
from anomalies.proofs.check import Verdict, check_certificate
from anomalies.proofs.checked_statements import MOST_BYTES, SCHEMA, canonical, read_certificate
from anomalies.proofs.methods import Method, Proof
from anomalies.proofs.statements import Statement, statement_digest

__all__ = ["Certificate", "certify", "read_certificates", "verify_text", "write_certificates"]

_WIDTH = 100
_OPENED = ("statement",)  # always one entry a line, as is the certificate itself


@dataclass(frozen=True, slots=True)
class Certificate:
    """The text of a certificate, and what can be said about it without believing it."""

    text: str

    @property
    def size(self) -> int:
        """The length of the text in bytes."""
        return len(self.text)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def proof(self) -> Proof:
        """The proof as JSON data, read by the checker's own parser."""
        proof: Proof = read_certificate(self.text)["proof"]
        return proof

    @property
    def methods(self) -> tuple[str, ...]:
        """The names of the methods in the proof, each once, in the order of their appearance."""
        return tuple(dict.fromkeys(_methods(self.proof)))


def _methods(data: Any) -> Iterable[str]:
    if isinstance(data, dict):
        if isinstance(data.get("method"), str):
            yield data["method"]
        data = list(data.values())
    if isinstance(data, list):
        for entry in data:
            yield from _methods(entry)


def certify(name: str, statement: Statement, method: Method = prove_automatically) -> Certificate:
    """Return the certificate that a method finds for a statement, not checked yet.

    Parameters
    ----------
    name : the name of the claim, in lower case with hyphens.
    statement : what is to be proved.
    method : how; `prove_automatically` if left out.

    Examples
    --------
    >>> from sympy.abc import a, b
    >>> from anomalies.proofs import certify, for_all
    >>> print(certify("square", for_all([a, b], a**2 - b**2, given=[a + b])).text, end="")
    {
     "schema": "gauge-anomalies/certificate/1",
     "claim": "square",
     "statement": {
      "quantifier": "every",
      "variables": ["a", "b"],
      "lets": [],
      "given": [{"a": "1", "b": "1"}],
      "nonzero": [],
      "domain": null,
      "goal": {"zero": {"a^2": "1", "b^2": "-1"}}
     },
     "proof": {"method": "membership", "powers": [], "cofactors": [{"a": "1", "b": "-1"}]}
    }
    """
    data = {"schema": SCHEMA, "claim": name, "statement": statement.formal, "proof": method(statement)}
    return Certificate(_layout(data, 0, _OPENED) + "\n")


def _layout(data: Any, indent: int, opened: tuple[str, ...] = ()) -> str:
    """Return JSON text: one entry a line for the keys in `opened` and where a line would be too long."""
    line = canonical(data).replace('":', '": ').replace(",", ", ")
    if not data or not isinstance(data, dict | list) or (not opened and indent + len(line) <= _WIDTH):
        return line
    pad = " " * (indent + 1)
    if isinstance(data, list):
        rows = [pad + _layout(value, indent + 1) for value in data]
    else:
        rows = [
            f"{pad}{canonical(key)}: {_layout(value, indent + 1, _OPENED if key in opened else ())}"
            for key, value in data.items()
        ]
    first, last = ("[", "]") if isinstance(data, list) else ("{", "}")
    return f"{first}\n" + ",\n".join(rows) + f"\n{' ' * indent}{last}"


def verify_text(text: str | bytes, name: str, statement: Statement) -> Verdict:
    """Return the verdict on a certificate that is to be about this statement under this name.

    Raises
    ------
    ArgumentError
        If the text is no certificate.
    CheckFailedError
        If it is one of another claim or another statement, or does not prove what it says.
    """
    verdict = check_certificate(text)
    if verdict.claim != name:
        raise CheckFailedError(
            f"The certificate must be that of '{name}', but it is that of '{verdict.claim}'."
        )
    if verdict.statement != statement_digest(statement):
        raise CheckFailedError(
            f"The certificate must prove the statement of '{name}', but it states another."
        )
    return verdict


def write_certificates(certificates: dict[str, Certificate], directory: str | Path) -> tuple[Path, ...]:
    """Write each certificate to the file `name.json` of a directory, and return the files by name."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in sorted(certificates):
        path = folder / f"{name}.json"
        path.write_bytes(certificates[name].text.encode("ascii"))
        paths.append(path)
    return tuple(paths)


def read_certificates(directory: str | Path) -> dict[str, bytes]:
    """Return the bytes of every file `name.json` of a directory by its name, not read any further.

    Raises
    ------
    ArgumentError
        If there is no such directory, no such file in it, or a file that is too long or unreadable.
    """
    folder = Path(directory)
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ArgumentError(must_be("directory", "a directory of certificates '*.json'", str(directory)))
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ArgumentError(must_be("directory", "readable", f"{path.name}: {error.strerror}")) from error
    if len(content) > MOST_BYTES:
        raise ArgumentError(f"Argument 'certificate' must be at most {MOST_BYTES} bytes long ({path.name}).")
    return content
