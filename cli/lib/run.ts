import { KithApiError, KithConnectionError } from '@kith/sdk';
import { GalleryFileError } from '@kith/sdk/node';
import { type Command, CommanderError } from 'commander';
import { describeError, errorText } from '@/lib/server/platform/describeError';
import { KithError } from '@/lib/shared/contract/errors';
import { CliError } from './CliError';
import { EXIT } from './exitCodes';
import { maskSecrets } from './maskSecrets';
import { tell } from './output';

/**
 * Errors whose message says what to do. By name, because errors of a thread arrive without their class, and because not
 * every command loads the classes.
 */
const TO_PUT_RIGHT = new Set([
  'BackupError',
  'DatabaseDamagedError',
  'DatabaseError',
  'DataDirLockedError',
  'DiskError',
  'ModelError',
  'NewerDatabaseError',
  'SettingsError',
]);

/**
 * Runs the command line and resolves to its exit code. An error becomes one line on standard error. The stack trace
 * of an internal error is shown only if KITH_DEBUG is set.
 */
export async function run(program: Command, argv: readonly string[]): Promise<number> {
  // A closed pipe (`| head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  prepare(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { message, exitCode } = explain(error);
    tell(`kith: ${message}`);
    if (exitCode === EXIT.internal && process.env.KITH_DEBUG) tell(errorText(error));
    return exitCode;
  }
}

/** Makes errors throw instead of exiting, and hides credentials in repeated arguments. */
function prepare(command: Command): void {
  command.exitOverride();
  command.configureOutput({ outputError: (text, write) => write(maskSecrets(text)) });
  for (const child of command.commands) prepare(child);
}

/** Returns the message of an error with its credentials hidden, and its exit code. */
export function explain(error: unknown): { message: string; exitCode: number } {
  const { message, exitCode } = explanationOf(error);
  return { message: maskSecrets(message), exitCode };
}

function explanationOf(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof KithApiError) {
    const what = error.status === 401 || error.status === 403 ? ' Check --key (or KITH_KEY) and its scopes.' : '';
    return { message: `the server refused: ${error.message}.${what}`.replace('..', '.'), exitCode: EXIT.server };
  }
  if (error instanceof KithConnectionError) {
    return {
      message: `${error.message}. Check --url (or KITH_URL) and that the server runs.`,
      exitCode: EXIT.server,
    };
  }
  if (error instanceof KithError || error instanceof GalleryFileError) {
    return { message: error.message, exitCode: EXIT.usage };
  }
  if (!(error instanceof Error)) return { message: String(error), exitCode: EXIT.internal };
  if (TO_PUT_RIGHT.has(error.name)) return { message: error.message, exitCode: EXIT.usage };
  if ('code' in error && typeof error.code === 'string' && 'syscall' in error) {
    return { message: describeSystemError(error as NodeJS.ErrnoException), exitCode: EXIT.usage };
  }
  return { message: `unexpected: ${describeError(error).message} (KITH_DEBUG=1 shows where)`, exitCode: EXIT.internal };
}

const SYSTEM_ERRORS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'is a file, not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

function describeSystemError({ code = '', path, message }: NodeJS.ErrnoException): string {
  const known = SYSTEM_ERRORS[code];
  return known && path ? `${path}: ${known}` : message;
}
