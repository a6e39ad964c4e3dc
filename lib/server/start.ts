import { env } from '@/lib/env';
import { quietConsole } from '@/lib/log/quietConsole';
import { failStart } from './failStart';
import { keepFilesPrivate } from './privateFolder';
import { startFunction } from './startFunction';
import { startServer } from './startServer';

/** Starts what this process is: a server that runs all the time, or a function on Vercel. What fails ends the process. */
export async function start(): Promise<void> {
  quietConsole();
  keepFilesPrivate();
  try {
    await (env().VERCEL ? startFunction() : startServer());
  } catch (error) {
    await failStart(error);
  }
}
