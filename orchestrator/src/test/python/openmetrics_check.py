"""Reads OpenMetrics text from stdin with Prometheus' own strict parser; fails where the specification is not kept."""

import math
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

text = sys.stdin.read()
families = {family.name: family for family in openmetrics(text)}
for name, family in families.items():
    assert name.startswith("meterlake_"), name
    assert family.type == "gauge", f"{name} is a {family.type}, which the node exporter does not read"
    assert family.documentation.endswith("."), f"{name} says not what it is"
    assert not family.unit or name.endswith("_" + family.unit), f"{name} does not end with {family.unit}"
    for ending in ("seconds", "bytes"):
        assert name.endswith("_" + ending) == (family.unit == ending), f"{name} has the unit {family.unit!r}"
    assert all(math.isfinite(sample.value) and sample.timestamp is None for sample in family.samples), name
# The node exporter's textfile collector reads the older format.
older = {family.name: len(family.samples) for family in prometheus(text)}
assert older == {name: len(family.samples) for name, family in families.items()}, older
for wanted in sys.argv[1:]:
    assert wanted in families, f"there is no {wanted}; there are {', '.join(families)}"
print(f"{len(families)} families, {sum(older.values())} samples")
