import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../prepare/step.mjs';

/**
 * Loads GitHub's own parser of workflows. It imports JSON without the attribute that Node.js wants, as bundlers allow,
 * so it is bundled first.
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
