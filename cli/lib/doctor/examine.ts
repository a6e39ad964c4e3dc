import { type Env, env, SettingsError } from '@/lib/server/platform/env';
import type { DoctorOptions } from '../../options/DoctorOptions';
import { print, printJson } from '../output';
import { checkClock } from './checkClock';
import { checkPermissions } from './checkPermissions';
import { checkDataDir, checkFfmpeg, checkModels, checkNode, checkPort } from './checkSystem';
import { type Finding, ok, problem } from './finding';

/**
 * Runs the checks and prints one line for each.
 * @returns whether there is no problem
 */
export async function examine({ url, gallery, json }: DoctorOptions): Promise<boolean> {
  const findings = [
    checkNode(),
    await checkModels(),
    await checkFfmpeg(),
    await checkClock(url),
    ...(await checkServerSettings(gallery)),
  ];
  for (const finding of findings) {
    if (json) printJson(finding);
    else print(asText(finding));
  }
  return findings.every(({ state }) => state !== 'problem');
}

async function checkServerSettings(gallery: string | undefined): Promise<Finding[]> {
  let settings: Env;
  try {
    settings = env();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split('\n')
      .map((line) => problem('settings', line, 'Correct it in the environment or in .env.'));
  }
  const { checkDatabase } = await import('./checkDatabase');
  return [
    ok('settings', 'all are valid'),
    await checkDataDir(settings),
    ...(await checkPermissions(settings, gallery)),
    ...(await checkDatabase(settings)),
    await checkPort(settings),
  ];
}

const MARKS = { ok: '✓', note: '·', problem: '✗' } as const;

function asText({ what, state, is, advice }: Finding): string {
  return `${MARKS[state]} ${what}: ${is}${advice ? `\n    ${advice}` : ''}`;
}
