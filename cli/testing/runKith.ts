import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KITH = fileURLToPath(new URL('../bin/kith.mjs', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, with no server named by the environment, until it ends. */
export function runKith(
  args: string[],
  { env = {}, program = KITH }: { env?: Record<string, string>; program?: string } = {},
): Promise<Run> {
  const { KITH_URL: _url, KITH_KEY: _key, KITH_GALLERY: _gallery, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...inherited, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a command printed with `--json`. */
export function jsonLines<T>(stdout: string): T[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
