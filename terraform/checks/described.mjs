// Finds variables without a type or a description, outputs without a description, and modules without one of their files.
// usage: node described.mjs TERRAFORM_FOLDER
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];
const problems = [];
const folders = ["modules", "environments", "examples"].flatMap((kind) =>
  readdirSync(join(root, kind)).map((name) => [kind, join(root, kind, name)]),
);
for (const [kind, folder] of folders) {
  for (const file of kind === "examples" ? ["main.tf", "versions.tf"] : ["main.tf", "variables.tf", "outputs.tf", "versions.tf"]) {
    if (!existsSync(join(folder, file))) problems.push(`${folder}: has no ${file}`);
  }
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tf"))) {
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, what, name, body] of text.matchAll(/^(variable|output) "([^"]+)" \{\n(.*?)^\}/gms)) {
      const wanted = what === "variable" ? ["description", "type"] : ["description"];
      for (const key of wanted) {
        if (!new RegExp(`^  ${key}\\s+= \\S`, "m").test(body)) problems.push(`${join(folder, file)}: ${what} ${name} has no ${key}`);
      }
    }
  }
}
problems.forEach((problem) => console.log(problem));
process.exit(problems.length === 0 ? 0 : 1);
