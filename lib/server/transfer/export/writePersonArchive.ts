import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Database } from '@/db/client';
import type { RecordLine } from '@/lib/shared/transfer/format';
import { exportLines } from './exportLines';
import { outlastReaders } from './outlastReaders';

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/tiff': 'tif',
};

/**
 * Writes a ZIP of everything stored about a person, for that person to read: `person.json`, and each picture as a file.
 * Ends `sink`.
 * @throws KithError NOT_FOUND if there is no such person
 */
export async function writePersonArchive(db: Database, personId: number, sink: Writable): Promise<void> {
  const zip = new Zip((error, chunk, final) => {
    if (error) sink.destroy(error);
    else if (final) sink.end(chunk);
    else sink.write(chunk);
  });
  const done = finished(sink);
  // Thrown again below. Without this line, an early rejection would be unhandled.
  done.catch(() => undefined);
  await db.transaction(
    async (tx) => {
      await outlastReaders(tx);
      const samples: object[] = [];
      const events: RecordLine[] = [];
      let person: RecordLine | undefined;
      for await (const line of exportLines(tx, 'this server', { personId })) {
        if (line.type === 'person') person = line;
        if (line.type === 'event') events.push(line);
        if (line.type !== 'sample') continue;
        const { pictures = [], ...sample } = line;
        const names = pictures.map(({ kind, mime }) => `pictures/${line.face_id}-${kind}.${EXTENSIONS[mime] ?? 'bin'}`);
        samples.push({ ...sample, pictures: names });
        for (const [index, { data }] of pictures.entries()) {
          const file = new ZipPassThrough(names[index] as string);
          zip.add(file);
          file.push(Buffer.from(data, 'base64'), true);
          if (sink.writableNeedDrain) await Promise.race([once(sink, 'drain'), done]);
        }
      }
      const file = new ZipDeflate('person.json');
      zip.add(file);
      const exportedAt = new Date().toISOString();
      file.push(strToU8(`${JSON.stringify({ exported_at: exportedAt, person, samples, events }, null, 2)}\n`), true);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  zip.end();
  await done;
}
