// Reads a JSON list of graph texts and answers, for each, how many nodes, lines and frames Mermaid found, or why it
// refused. The one argument is the node_modules folder that holds the package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = join(process.argv[2], "mermaid", "dist", "mermaid.core.mjs");
// Cleaning needs a browser's document, and is not what is asked here: texts are read as they stand.
const { default: purify } = await import(pathToFileURL(join(process.argv[2], "dompurify", "dist", "purify.es.mjs")));
Object.assign(purify, { addHook: () => {}, sanitize: (text) => text });
const { default: mermaid } = await import(pathToFileURL(entry));

const size = (found) => (found instanceof Map ? found.size : Object.keys(found).length);

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return [size(db.getVertices()), db.getEdges().length, db.getSubGraphs().length];
  } catch (error) {
    return String(error.message);
  }
}

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) answers.push(await read(text));
process.stdout.write(JSON.stringify(answers));
