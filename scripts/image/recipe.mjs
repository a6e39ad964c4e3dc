import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { ROOT } from '../prepare/step.mjs';

/**
 * @typedef {object} Recipe What the last stage of the Dockerfile makes of the built project.
 * @property {{ from: string, to: string }[]} copies paths in the project, and the same files' paths in the image
 * @property {Record<string, string>} env
 * @property {string} workdir
 * @property {string} user
 * @property {string[]} command
 * @property {string[]} healthcheck
 */

/**
 * Reads the recipe from the Dockerfile, so that tests use the Dockerfile itself and not a second list.
 * @returns {Promise<Recipe>}
 */
export async function readRecipe() {
  const dockerfile = DockerfileParser.parse(await readFile(join(ROOT, 'Dockerfile'), 'utf8'));
  const instructions = dockerfile.getInstructions();
  const start = instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM');
  /** @type {Recipe} */
  const recipe = { copies: [], env: {}, workdir: '/', user: 'root', command: [], healthcheck: [] };
  for (const instruction of instructions.slice(start)) {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const list = () => JSON.parse(instruction.getArgumentsContent()?.replace(/^[^[]*/, '') ?? '[]');
    switch (instruction.getKeyword()) {
      case 'COPY': {
        const [source, target] = words.slice(-2);
        const to = join(recipe.workdir, target ?? '');
        // The path is of the other stage, which has the project in /app.
        recipe.copies.push({ from: (source ?? '').replace(/^\/app\//, ''), to });
        break;
      }
      case 'ENV':
        for (const property of /** @type {import('dockerfile-ast').Env} */ (instruction).getProperties()) {
          recipe.env[property.getName()] = property.getValue() ?? '';
        }
        break;
      case 'WORKDIR':
        recipe.workdir = words[0] ?? '/';
        break;
      case 'USER':
        recipe.user = words[0] ?? 'root';
        break;
      case 'CMD':
        recipe.command = list();
        break;
      case 'HEALTHCHECK':
        recipe.healthcheck = list();
        break;
    }
  }
  return recipe;
}
