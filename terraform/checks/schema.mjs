// Writes the schema of the AWS provider's resources that terraform/ uses, as JSON for the stub provider. It is read from
// npm's @cdktf/provider-aws, which is generated from the real provider: the TypeScript in its source maps says of each
// argument its type, whether it is a block, and whether it is required, optional or computed.
// usage: node schema.mjs PACKAGE_FOLDER TERRAFORM_FOLDER >schema.json
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [, , packageFolder, terraformFolder] = process.argv;
const SIMPLE = { string: "string", number: "number", boolean: "bool", any: "dynamic" };

function hclFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") ? [] : hclFiles(path);
    return /\.(tf|tofu|hcl)$/.test(entry.name) ? [path] : [];
  });
}

function used(kind) {
  const header = new RegExp(`^\\s*(?:${kind})\\s+"aws_(\\w+)"`, "gm");
  const names = hclFiles(terraformFolder).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(header)].map((found) => found[1]),
  );
  return [...new Set(names)].sort();
}

/** The TypeScript that a folder of the package was compiled from. */
function source(folder) {
  const path = join(packageFolder, "lib", folder, "index.js");
  if (!existsSync(path)) return undefined;
  const map = readFileSync(path, "utf8").match(/sourceMappingURL=data:application\/json;base64,(\S+)/);
  return JSON.parse(Buffer.from(map[1], "base64").toString("utf8")).sourcesContent.join("\n");
}

/** The text of each class, and of each function that writes a struct as HCL, by name. */
function parts(text) {
  const found = new Map();
  for (const part of text.split(/^(?=export (?:class|function|interface) )/m)) {
    const name = part.match(/^export (?:class|function) (\w+)/);
    if (name) found.set(name[1], part);
  }
  return found;
}

/** Of each argument in the text of a class: how it is given, and the line after the note, which declares it. */
function flags(text) {
  const note = /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n((?:.*\n){0,4})/g;
  return [...text.matchAll(note)].map(([, name, computed, optional, required, after]) => ({
    name,
    computed: computed === "true",
    optional: optional === "true",
    required: required === "true",
    declared: after,
  }));
}

/** Of each argument in what writes HCL: whether it is a block, and its type. */
function shapes(text) {
  const shape = /^\s+(\w+): \{\n\s+value: .*\n\s+isBlock: (\w+),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;
  const entries = [...text.matchAll(shape)].map(([, name, block, type, stored]) => [
    name,
    { block: block === "true", type, stored },
  ]);
  return new Map(entries);
}

function typeOf(flag, shape) {
  if (shape && SIMPLE[shape.stored]) return SIMPLE[shape.stored];
  const collection = shape?.stored.match(/^(string|number|boolean|any)(List|Map|Set|MapList|ListList)$/);
  if (collection) {
    const [, element, outer] = collection;
    if (outer === "MapList") return [shape.type === "set" ? "set" : "list", ["map", SIMPLE[element]]];
    if (outer === "ListList") return ["list", ["list", SIMPLE[element]]];
    return [outer === "Map" ? "map" : shape.type === "set" ? "set" : "list", SIMPLE[element]];
  }
  const getter = flag.declared.match(/get(String|Number|Boolean|List|NumberList|StringMap|NumberMap|BooleanMap|AnyMap)Attribute/);
  const types = {
    String: "string",
    Number: "number",
    Boolean: "bool",
    List: ["list", "string"],
    NumberList: ["list", "number"],
    StringMap: ["map", "string"],
    NumberMap: ["map", "number"],
    BooleanMap: ["map", "bool"],
    AnyMap: ["map", "dynamic"],
  };
  return getter ? types[getter[1]] : "dynamic";
}

function lowerFirst(name) {
  return name[0].toLowerCase() + name.slice(1);
}

/** A block of the provider's own configuration, whose classes keep plain values: only names and types are known. */
function plainBlock(all, hclText) {
  const result = { attributes: {}, block_types: {} };
  for (const [name, shape] of shapes(hclText)) {
    if (shape.block) result.block_types[name] = plainNested(all, shape);
    else result.attributes[name] = { type: typeOf({ declared: "" }, shape), required: false, optional: true, computed: false };
  }
  return result;
}

function plainNested(all, shape) {
  const inner = all.get(`${lowerFirst(shape.stored.replace(/List$/, ""))}ToHclTerraform`);
  return {
    nesting_mode: shape.type === "struct" ? "single" : shape.type === "set" ? "set" : "list",
    min_items: 0,
    max_items: 0,
    block: plainBlock(all, inner),
  };
}

/** A block: its attributes, and the blocks in it. */
function block(all, classText, hclText) {
  const result = { attributes: {}, block_types: {} };
  const shaped = shapes(hclText);
  for (const flag of flags(classText)) {
    const shape = shaped.get(flag.name);
    const inner = flag.declared.match(/new (\w+?)(OutputReference|List|Map)\(this/);
    if (shape?.block && inner) {
      const nested = block(all, all.get(`${inner[1]}OutputReference`), all.get(`${lowerFirst(inner[1])}ToHclTerraform`));
      const single = inner[2] === "OutputReference";
      result.block_types[flag.name] = {
        nesting_mode: shape.type === "struct" ? "single" : shape.type === "set" ? "set" : "list",
        min_items: flag.required ? 1 : 0,
        max_items: single && shape.type !== "struct" ? 1 : 0,
        block: nested,
      };
      continue;
    }
    if (shape?.block) {
      result.block_types[flag.name] = plainNested(all, shape);
      continue;
    }
    const type = inner ? structType(all, inner[1], inner[2], shape) : typeOf(flag, shape);
    result.attributes[flag.name] = {
      type,
      required: flag.required,
      optional: !flag.required && flag.optional,
      computed: !flag.required && flag.computed,
    };
  }
  return result;
}

/** The type of an attribute that holds objects. */
function structType(all, name, kind, shape) {
  const classText = all.get(`${name}OutputReference`) ?? "";
  const shaped = shapes(all.get(`${lowerFirst(name)}ToHclTerraform`) ?? "");
  const members = {};
  for (const flag of flags(classText)) {
    const inner = flag.declared.match(/new (\w+?)(OutputReference|List|Map)\(this/);
    members[flag.name] = inner ? structType(all, inner[1], inner[2], shaped.get(flag.name)) : typeOf(flag, shaped.get(flag.name));
  }
  const object = ["object", members];
  if (kind === "Map") return ["map", object];
  if (kind === "List" || shape?.type === "list") return [shape?.type === "set" ? "set" : "list", object];
  return object;
}

function schemaOf(folder, base) {
  const text = source(folder);
  if (!text) throw new Error(`Cannot find ${folder} in @cdktf/provider-aws: the AWS provider has no such resource`);
  const all = parts(text);
  const classText = [...all.values()].find((part) => new RegExp(`extends cdktf\\.${base} `).test(part));
  return { version: 0, block: block(all, classText, classText) };
}

const provider = schemaOf("provider", "TerraformProvider");
const resources = {};
const dataSources = {};
const unknown = [];
for (const [kind, base, prefix, into] of [
  ["resource|mock_resource", "TerraformResource", "", resources],
  ["data|mock_data", "TerraformDataSource", "data-aws-", dataSources],
]) {
  for (const name of used(kind)) {
    try {
      into[`aws_${name}`] = schemaOf(prefix + name.replaceAll("_", "-"), base);
    } catch (error) {
      unknown.push(error.message);
    }
  }
}
for (const message of unknown) console.error(message);
if (unknown.length > 0) process.exitCode = 1;
console.log(JSON.stringify({ provider, resource_schemas: resources, data_source_schemas: dataSources }, undefined, 1));
