"""Catalogues of anomaly-free charges: counted, built on disk, verified and queried.

build : all solutions of a content up to a bound, as Parquet files with a manifest; resumed after an
    interruption
catalogue : a catalogue on disk, and the solutions of which a predicate is true
predicates, named : the language of predicates, and the ones with a name
verify : every row checked again, from the field content alone
counts : how many there are, without keeping them
set_catalogue, set_verification : the same for chiral sets of a pure U(1)
"""

from anomalies.atlas.build import build_catalogue
from anomalies.atlas.catalogue import Catalogue, QueryResult, open_catalogue
from anomalies.atlas.content_files import read_content
from anomalies.atlas.counts import CountTable, count_table
from anomalies.atlas.manifest import Manifest, Part
from anomalies.atlas.named import NAMED, NamedPredicate
from anomalies.atlas.predicates import parse_predicate
from anomalies.atlas.set_catalogue import SetCatalogue, build_set_catalogue, open_set_catalogue
from anomalies.atlas.set_verification import verify_set_catalogue
from anomalies.atlas.verify import Verification, verify_catalogue

__all__ = [
    "NAMED",
    "Catalogue",
    "CountTable",
    "Manifest",
    "NamedPredicate",
    "Part",
    "QueryResult",
    "SetCatalogue",
    "Verification",
    "build_catalogue",
    "build_set_catalogue",
    "count_table",
    "open_catalogue",
    "open_set_catalogue",
    "parse_predicate",
    "read_content",
    "verify_catalogue",
    "verify_set_catalogue",
]
