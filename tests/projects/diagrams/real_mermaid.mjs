// Reads a JSON list of diagram texts and answers, for each, how many entities, fields and lines Mermaid found, or why
// it refused. The one argument is the node_modules folder that holds the package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = join(process.argv[2], "mermaid", "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(entry));

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const found = db.getEntities();
    const entities = found instanceof Map ? [...found.values()] : Object.values(found);
    const fields = entities.reduce((sum, entity) => sum + entity.attributes.length, 0);
    return [entities.length, fields, db.getRelationships().length];
  } catch (error) {
    return String(error.message);
  }
}

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) answers.push(await read(text));
process.stdout.write(JSON.stringify(answers));
