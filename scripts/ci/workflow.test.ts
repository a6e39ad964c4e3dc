import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../prepare/step.mjs';
import { chooseTests } from '../testing/chooseTests.mjs';
import { loadWorkflowParser } from './testing/loadWorkflowParser';

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
}
interface Job {
  strategy: { matrix: { node: number[]; os?: string[] } };
  steps: Step[];
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const WORKFLOW = '.github/workflows/ci.yml';
const jobs: Record<string, Job> = parse(read(WORKFLOW)).jobs;
const action: { runs: { steps: Step[] }; inputs: Record<string, unknown> } = parse(
  read('.github/actions/prepare/action.yml'),
);
const steps = [...Object.values(jobs).flatMap((job) => job.steps), ...action.runs.steps];

/** Returns the errors that GitHub's own parser finds in a workflow. */
async function errorsOf(content: string): Promise<string[]> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();
  const { context, value } = parseWorkflow({ name: WORKFLOW, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

test('the workflow is one that GitHub takes', async () => {
  expect(await errorsOf(read(WORKFLOW))).toEqual([]);
  // The parser must also refuse unknown keys.
  expect(await errorsOf(read(WORKFLOW).replace('runs-on:', 'run-on:'))).not.toEqual([]);
});

test('each part of the suite is a job, on Node.js 22 and 24', () => {
  expect(Object.keys(jobs)).toEqual(['check', 'unit', 'api', 'console', 'scan', 'systems']);
  for (const { strategy } of Object.values(jobs)) expect(strategy.matrix.node).toEqual([22, 24]);
  expect(jobs.systems?.strategy.matrix.os).toEqual(['macos-latest', 'windows-latest']);
});

test('everything that a step runs is there', async () => {
  const { scripts } = JSON.parse(read('package.json'));
  const runs = steps.flatMap(({ run = '' }) => run.split('\n'));
  for (const run of runs) {
    const [, script] = /^npm run (\S+)/.exec(run) ?? [];
    if (script) expect(scripts, run).toHaveProperty([script]);
    const [, part] = /^npm test -- (\S+)/.exec(run) ?? [];
    // `chooseTests` would take an unknown part for a file.
    if (part) expect((await chooseTests([part])).unit ?? [], run).toEqual([]);
  }
  for (const { uses = '', with: inputs = {} } of steps) {
    if (!uses.startsWith('./')) continue;
    expect(readdirSync(join(ROOT, uses)), uses).toContain('action.yml');
    for (const input of Object.keys(inputs)) expect(action.inputs).toHaveProperty([input]);
  }
  expect(existsSync(join(ROOT, '.nvmrc'))).toBe(true);
});

test('actions are of GitHub, and of a major version each', () => {
  for (const { uses = './' } of steps) expect(uses).toMatch(/^(\.\/|actions\/[\w-]+@v\d+$)/);
});
