import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/**
 * Runs its arguments as a program that gets SIGINT when standard input ends. So the program does not outlive its
 * parent.
 */
const UNTIL_PIPE_ENDS = '"$@" </dev/null & read -r _; kill -INT $!; wait $!';

export interface TiedProgram {
  stderr: ChildProcess['stderr'];
  /** Stops the program. */
  end(): Promise<void>;
  /** Stops the program and removes its folder. */
  stop(): Promise<void>;
}

/**
 * PostgreSQL and PgBouncer refuse to run as root. Returns the user that their package created, if this process is root.
 */
export function serverOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts a server program as {@link serverOwner} in its own folder. It ends with this process, however that ends,
 * because it notices the end of a pipe.
 * @param stderr whether its stderr is read here, or shown
 */
export function startTied(options: {
  folder: string;
  program: string;
  args: string[];
  stderr: 'pipe' | 'inherit';
}): TiedProgram {
  const { folder, program, args, stderr } = options;
  const child = spawn('sh', ['-c', UNTIL_PIPE_ENDS, 'sh', program, ...args], {
    ...serverOwner(),
    cwd: folder,
    stdio: ['pipe', 'ignore', stderr],
  });
  const end = async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : null;
    child.stdin?.end();
    await ended;
  };
  const stop = async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  return { stderr: child.stderr, end, stop };
}
