import { env } from '@/lib/server/platform/env';
import { outliveReaders } from '@/lib/server/platform/outliveReaders';
import { keepFilesPrivate } from '@/lib/server/platform/privateFolder';
import { quietConsole } from '@/lib/server/platform/quietConsole';
import { failStart } from './failStart';
import { startFunction } from './startFunction';
import { startServer } from './startServer';

/** Starts a server that runs all the time, or a function on Vercel. A failure ends the process. */
export async function start(): Promise<void> {
  outliveReaders();
  quietConsole();
  keepFilesPrivate();
  try {
    await (env().VERCEL ? startFunction() : startServer());
  } catch (error) {
    await failStart(error);
  }
}
