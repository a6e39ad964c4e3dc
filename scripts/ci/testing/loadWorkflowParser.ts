import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../prepare/step.mjs';

/**
 * Loads GitHub's own workflow parser. The parser imports JSON without the attribute that Node.js requires, so it is
 * bundled first. Bundlers accept such imports.
 */
export async function loadWorkflowParser(): Promise<typeof import('@actions/workflow-parser')> {
  const outfile = join(ROOT, '.cache/workflow-parser.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['@actions/workflow-parser'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
