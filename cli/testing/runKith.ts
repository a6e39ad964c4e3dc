import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KITH = fileURLToPath(new URL('../bin/kith.mjs', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  env?: Record<string, string>;
  program?: string;
}

/** A running command. */
export interface RunningKith {
  child: ChildProcess;
  /** Waits for the first match in its output, stdout or stderr. Rejects if the command ends earlier. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Run>;
}

/** Starts the command as a user would, without a server in the environment. */
export function startKith(args: string[], { env = {}, program = KITH }: RunOptions = {}): RunningKith {
  const { KITH_URL: _url, KITH_KEY: _key, KITH_GALLERY: _gallery, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (found) resolve(found);
      };
      look();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      ended.then(({ code }) => reject(new Error(`ended with ${code}, without ${pattern}: ${stdout}${stderr}`)), reject);
    });
  return { child, printed, ended };
}

/** Runs the command until it ends. */
export function runKith(args: string[], options: RunOptions = {}): Promise<Run> {
  return startKith(args, options).ended;
}

/** Returns the parsed output of a command with `--json`. */
export function jsonLines<T>(stdout: string): T[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
