import type { Transport } from '@kith/sdk';
import { CliError } from '../lib/CliError';
import { EXIT } from '../lib/exitCodes';
import { insteadOf, tellLeftOut } from '../lib/listFiles';
import { tell } from '../lib/output';
import type { EnrollOptions } from '../options/EnrollOptions';
import { serverOf } from '../server/serverOf';
import { type EnrolPlan, planEnrolment } from './rows';
import { followImport, startImport } from './runImport';
import { showEnrolled } from './showEnrolled';
import { showPlan } from './showPlan';

/**
 * Enrols URLs, pictures, folders, ZIP files and lists at a server, or retries the failed rows of an earlier run. Prints the
 * result. With `dryRun` it prints the plan and sends nothing.
 */
export async function enrolSources(sources: readonly string[], options: EnrollOptions): Promise<void> {
  if (!options.dryRun && !options.key) throw new CliError('Give an API key: --key KEY, or KITH_KEY.');
  if (options.retry !== undefined) {
    const server = serverOf(options);
    await server.json({ method: 'PATCH', path: `/api/imports/${options.retry}`, body: { action: 'retry' } });
    return showEnrolled(options, await followImport(server, options.retry));
  }
  const plan = await planOf(sources, options);
  for (const note of plan.notes) tell(`kith: ${note}`);
  const missing = tellLeftOut(plan.leftOut);
  if (options.dryRun) showPlan(options, plan);
  else await enrol(serverOf(options), plan, options);
  if ((missing || plan.badRows > 0) && !process.exitCode) process.exitCode = EXIT.partly;
}

async function enrol(server: Transport, plan: EnrolPlan, options: EnrollOptions): Promise<void> {
  const ifDifferent = options.ifDifferent ?? 'refuse';
  const importId = await startImport(server, { name: 'kith enroll', rows: plan.rows, ifDifferent });
  showEnrolled(options, await followImport(server, importId));
}

async function planOf(sources: readonly string[], options: EnrollOptions): Promise<EnrolPlan> {
  if (sources.length === 0) throw new CliError('Give a URL, a picture, a folder, a ZIP or a list.');
  const attributes = {
    ...(options.userId !== undefined && { user_id: options.userId }),
    ...(options.name !== undefined && { user_name: options.name }),
    ...options.set,
  };
  const plan = await planEnrolment(sources, { attributes, encoding: options.encoding, namesFrom: options.namesFrom });
  if (plan.rows.length === 0 && plan.badRows === 0) {
    throw new CliError(`${sources.join(', ')}: no pictures found.${insteadOf(plan.leftOut)}`);
  }
  if (plan.rows.length === 0) throw new CliError([...plan.notes, 'There is nothing to enrol.'].join('\n'));
  const groups = options.group ?? [];
  return { ...plan, rows: plan.rows.map((row) => ({ ...row, groups: [...(row.groups ?? []), ...groups] })) };
}
