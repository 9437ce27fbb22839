"""Reads the artifacts in a target folder with the programs that they are for; ends with 1 and says what is wrong.

usage: read_artifacts.py manifest TARGET [DBT_MANIFEST]   manifest.json, also compared with the one that dbt itself made
       read_artifacts.py run TARGET                       run_results.json, of a run that went well
       read_artifacts.py catalog TARGET                   catalog.json, with everything built
"""

import json
import sys
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact
from dbt_artifacts_parser.parser import parse_catalog_v1, parse_manifest_v12, parse_run_results_v6
from dbtmetabase.manifest import Manifest

SAME = [
    "database", "schema", "name", "resource_type", "package_name", "original_file_path", "relation_name", "checksum",
    "tags", "meta", "language", "access", "primary_key", "identifier", "source_name", "attached_node", "column_name",
]


def check(right, problem):
    if not right:
        sys.exit(f"Cannot accept the artifact: {problem}")


def load(target, name):
    return json.loads((target / name).read_text(encoding="utf-8"))


def key(node):
    """Generic tests have ids of another hash than dbt's, and long names are cut elsewhere."""
    if "test_metadata" not in node:
        return node["unique_id"]
    kwargs = {name: value for name, value in node["test_metadata"]["kwargs"].items() if name != "model"}
    return json.dumps([node["test_metadata"]["name"], node["attached_node"], kwargs], sort_keys=True)


def columns(node):
    return {name: (column["data_type"], column["description"].strip()) for name, column in node["columns"].items()}


def compare(ours, dbts):
    mine, theirs = ({key(n): n for part in ("nodes", "sources") for n in m[part].values()} for m in (ours, dbts))
    check(mine.keys() == theirs.keys(), f"dbt has other nodes: {sorted(mine.keys() ^ theirs.keys())[:5]}")
    for one, their in theirs.items():
        my = mine[one]
        for field in SAME:
            # The names of generic tests are cut at another length.
            if field in their and not (field == "name" and "test_metadata" in their):
                check(my.get(field) == their[field], f"{one} {field}: dbt has {their[field]!r}, not {my.get(field)!r}")
        check(my["description"].strip() == their["description"].strip(), f"{one} has another description")
        check(columns(my) == columns(their), f"{one} has other columns")
        if "depends_on" in their and "nodes" in their["depends_on"]:
            needs = [sorted(node["depends_on"]["nodes"]) for node in (my, their)]
            check(needs[0] == needs[1], f"{one} depends on other nodes: dbt has {needs[1]}, not {needs[0]}")
            own = [name for name in their["depends_on"]["macros"] if name.startswith("macro.meterlake.")]
            check(my["depends_on"].get("macros") == sorted(own), f"{one} calls other macros: dbt has {own}")
    own = {name: macro["macro_sql"] for name, macro in dbts["macros"].items() if macro["package_name"] == "meterlake"}
    check({name: macro["macro_sql"] for name, macro in ours["macros"].items()} == own, "dbt has other macros")


def manifest(target, dbts=None):
    document = load(target, "manifest.json")
    WritableManifest.read_and_check_versions(str(target / "manifest.json"))
    parse_manifest_v12(document)
    ids = document["nodes"].keys() | document["sources"].keys()
    check(document["parent_map"].keys() == ids == document["child_map"].keys(), "a node is in no map")
    models = Manifest(target / "manifest.json").read_models()
    known = [n for n in document["nodes"].values() if n["resource_type"] == "model"]
    check(len(models) == len(known) + len(document["sources"]), "dbt-metabase finds other models")
    foreign = {(model.name, c.name, c.fk_target_table) for model in models for c in model.columns if c.fk_target_table}
    tests = {
        (document["nodes"][n["attached_node"]]["name"], n["column_name"], target_table(document, n))
        for n in document["nodes"].values()
        if n.get("test_metadata", {}).get("name") == "relationships" and n["attached_node"].startswith("model.")
    }
    check(tests and foreign == tests, f"dbt-metabase finds the foreign keys {foreign}, not {tests}")
    if dbts:
        compare(document, json.loads(Path(dbts).read_text(encoding="utf-8")))
    print(f"{len(document['nodes'])} nodes, {len(document['sources'])} sources, {len(foreign)} foreign keys")


def target_table(document, test):
    other = document["nodes"][test["depends_on"]["nodes"][0]]
    return f"{other['schema']}.{other['alias']}"


def run(target):
    document = load(target, "run_results.json")
    RunResultsArtifact.read_and_check_versions(str(target / "run_results.json"))
    parse_run_results_v6(document)
    nodes = load(target, "manifest.json")["nodes"]
    for result in document["results"]:
        one = result["unique_id"]
        check(one in nodes, f"{one} is not in the manifest")
        check(result["status"] in ("success", "pass", "warn"), f"{one}: {result['status']}: {result['message']}")
        check(result["relation_name"] == nodes[one]["relation_name"], f"{one} has another relation")
        check([timing["name"] for timing in result["timing"]] == ["execute"], f"{one} has no time")
        # A seed that was loaded before needs no query.
        check(one.startswith("seed.") or result["adapter_response"]["query_id"], f"{one} has no query")
    built = {result["unique_id"] for result in document["results"]}
    missing = [n for n, node in nodes.items() if node["config"]["materialized"] != "ephemeral"
               and node["resource_type"] != "analysis" and n not in built]
    check(not missing, f"no result for {missing[:5]}")
    print(f"{len(built)} results")


def catalog(target):
    document = load(target, "catalog.json")
    CatalogArtifact.read_and_check_versions(str(target / "catalog.json"))
    parse_catalog_v1(document)
    known = load(target, "manifest.json")
    wanted = known["sources"] | {
        n: node for n, node in known["nodes"].items() if node["relation_name"] is not None
    }
    tables = document["nodes"] | document["sources"]
    check(tables.keys() == wanted.keys(), f"other tables: {sorted(tables.keys() ^ wanted.keys())[:5]}")
    for one, node in wanted.items():
        found = {name: column["type"] for name, column in tables[one]["columns"].items()}
        for name, column in node["columns"].items():
            check(name in found, f"{one} has no column {name}: {sorted(found)}")
    print(f"{len(tables)} tables and views, {sum(len(table['columns']) for table in tables.values())} columns")


if __name__ == "__main__":
    {"manifest": manifest, "run": run, "catalog": catalog}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
