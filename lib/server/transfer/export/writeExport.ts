import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Database } from '@/db/client';
import { type Line, writeLine } from '@/lib/shared/transfer/format';
import { serverId } from '../serverId';
import type { ExportOptions } from './ExportOptions';
import { exportLines } from './exportLines';
import { outlastReaders } from './outlastReaders';

/** Size of the text passed to compression at once, in UTF-16 units. */
const CHUNK = 64 * 1024;

/**
 * Writes everything as of one moment, compressed, and ends `sink`. Holds one transaction of the database until the last
 * byte is read.
 * @throws KithError NOT_FOUND if there is no such person
 */
export async function writeExport(db: Database, options: ExportOptions, sink: Writable): Promise<void> {
  const origin = await serverId(db);
  await db.transaction(
    // Level 1, because most of it is pictures and encodings, which no level makes smaller.
    async (tx) => {
      await outlastReaders(tx);
      await pipeline(Readable.from(chunks(exportLines(tx, origin, options))), createGzip({ level: 1 }), sink);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function* chunks(lines: AsyncIterable<Line>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += writeLine(line);
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield text;
}
