"""Catalogues of anomaly-free charges: counted, built on disk, verified and queried.

build : all solutions of a content up to a bound, as Parquet files with a manifest; resumed after an
    interruption
catalogue : a catalogue on disk, and the solutions of which a predicate is true
predicates, named : the language of predicates, and the ones with a name
verify : every row checked again, from the field content alone
counts : how many there are, without keeping them
"""

from anomalies.atlas.build import build_catalogue
from anomalies.atlas.catalogue import Catalogue, QueryResult, open_catalogue
from anomalies.atlas.content_files import read_content
from anomalies.atlas.counts import CountTable, count_table
from anomalies.atlas.manifest import Manifest, Part
from anomalies.atlas.named import NAMED, NamedPredicate
from anomalies.atlas.predicates import parse_predicate
from anomalies.atlas.verify import Verification, verify_catalogue

__all__ = [
    "NAMED",
    "Catalogue",
    "CountTable",
    "Manifest",
    "NamedPredicate",
    "Part",
    "QueryResult",
    "Verification",
    "build_catalogue",
    "count_table",
    "open_catalogue",
    "parse_predicate",
    "read_content",
    "verify_catalogue",
]
