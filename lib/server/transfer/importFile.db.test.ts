import { gzipSync } from 'node:zlib';
import { encodingToBase64 } from '@kith/sdk';
import { count, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { people, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { FORMAT_VERSION, LARGEST_KEPT_ID, type Line, noCounts, writeLine } from '@/lib/shared/transfer/format';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { importFile } from './import/importFile';

const encoding = (seed = 1) =>
  encodingToBase64(Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * 7.3 + seed) * 0.12));
const header = (more: object = {}): Line =>
  ({ type: 'kith', version: FORMAT_VERSION, origin: 'test', model: MODEL_ID, ...more }) as Line;
const sample = (faceId: number, more: object = {}): Line =>
  ({
    type: 'sample',
    face_id: faceId,
    person_id: null,
    model: MODEL_ID,
    face_encoding: encoding(faceId),
    ...more,
  }) as Line;
const person = (personId: number, more: object = {}): Line => ({
  type: 'person',
  person_id: personId,
  user_id: null,
  name: `Person ${personId}`,
  notes: null,
  consent_given_at: null,
  consent_until: null,
  aliases: [],
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...more,
});
const end = (contains: object = {}): Line => ({ type: 'end', contains: { ...noCounts(), ...contains } });
const text = (...lines: Line[]) => lines.map(writeLine).join('');

describeOnEachDatabase('importing a file', (database) => {
  async function* bytes(...parts: (string | Uint8Array)[]) {
    for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
  }
  const run = (...parts: (string | Uint8Array)[]) =>
    importFile(database(), bytes(...parts), { storeImages: 'none', maxLineBytes: 200_000 });
  const samplesHere = async () => (await database().select({ rows: count() }).from(samples))[0]?.rows;

  test.each<[string, (string | Uint8Array)[], RegExp]>([
    ['nothing', [], /not a file that Kith exported/],
    ['an empty line', ['\n'], /not a file that Kith exported/],
    ['a picture', [Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0])], /not a file that Kith exported/],
    ['a ZIP', ['PK\u0003\u0004../../etc/passwd'], /not a file that Kith exported/],
    ['another JSON', ['{"people": []}\n'], /not a file that Kith exported/],
    ['a later version', [text(header({ version: 2 }))], /version 2.*version 1.*update/],
    ['a version that is none', [text(header({ version: 'x' }))], /^Line 1: version/],
    ['no end', [text(header(), sample(1))], /cut off: its last line is missing/],
    ['half a line', [text(header()), text(sample(1)).slice(0, 90)], /^Line 2: is not valid JSON/],
    ['half a gzip', [gzipSync(text(header(), sample(1), end())).subarray(0, 200)], /cut off/],
    ['a damaged gzip', [gzipSync(text(header(), sample(1))).fill(7, 40, 60)], /damaged/],
    ['fewer than it says', [text(header(), sample(1), end({ samples: 2 }))], /has 2 samples, and has 1/],
    ['lines after the end', [text(header(), end(), sample(1))], /^Line 3: nothing may follow/],
    ['a type that is none', [text(header(), { type: 'user' } as unknown as Line)], /^Line 2: type/],
    ['bytes that are not UTF-8', [text(header()), Uint8Array.from([0xff, 0xfe, 10])], /^Line 2: it is not UTF-8/],
    ['a line that never ends', [text(header()), 'x'.repeat(300_000)], /^Line 2: it is longer than 200000 bytes/],
    ['a bomb', [gzipSync(text(header()) + '0'.repeat(50_000_000))], /^Line 2: it is longer/],
    ['NUL in text', [text(header(), person(1, { name: 'a\0b' }))], /^Line 2: contains NUL/],
    [
      'an encoding of 127 numbers',
      [text(header(), sample(1, { face_encoding: encoding().slice(8) }))],
      /face_encoding/,
    ],
    [
      'an encoding of zeros',
      [text(header(), sample(1, { face_encoding: encodingToBase64(new Float32Array(128)) }))],
      /implausible/,
    ],
    [
      'an encoding with infinity',
      [text(header(), sample(1, { face_encoding: `${'AACAfw'}${encoding().slice(6)}` }))],
      /face_encoding is not an encoding/,
    ],
    ['a file URL', [text(header(), sample(1, { source_url: 'file:///etc/passwd' }))], /source_url/],
    [
      'a sample of nobody in the file',
      [text(header(), sample(1, { person_id: 7 }), end({ samples: 1 }))],
      /^Line 2: person_id 7/,
    ],
    [
      'one user_id for two people',
      [text(header(), person(1, { user_id: 'x' }), person(2, { user_id: 'x' }), end({ people: 2 }))],
      /^Lines 2 to 3 contradict each other/,
    ],
    ['a prototype', [text(header()), '{"type":"sample","__proto__":{"face_id":1}}\n'], /__proto__/],
    ['deep nesting', [text(header()), `${'['.repeat(5_000)}${']'.repeat(5_000)}\n`], /nested deeper/],
  ])('refuses %s and changes nothing', async (_name, parts, message) => {
    const before = await samplesHere();
    await expect(run(...parts)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(message) });
    expect(await samplesHere()).toBe(before);
  });

  test('a portion is taken as a whole or not at all; after a break the same file goes on', async () => {
    const lines = Array.from({ length: 700 }, (_, i) => sample(10_000 + i));
    const whole = text(header(), ...lines, end({ samples: 700 }));
    const cut = whole.slice(0, whole.length - 2_000);
    await expect(run(cut)).rejects.toMatchObject({
      message: expect.stringMatching(/What comes up to line 501 is imported/),
      details: { imported_lines: 501 },
    });
    expect(await samplesHere()).toBe(500);
    // Regardless of how the bytes are split into chunks.
    const pieces = Array.from({ length: Math.ceil(whole.length / 1_777) }, (_, i) =>
      whole.slice(i * 1_777, (i + 1) * 1_777),
    );
    expect(await run(...pieces)).toMatchObject({ samples: { added: 200, present: 500 } });
  });

  test('given encodings are enrolled under keys, of whoever unique_args names', async () => {
    const given = (key: string, name: string): Line =>
      ({
        type: 'sample',
        key,
        model: MODEL_ID,
        face_encoding: encoding(key.length),
        unique_args: { user_name: name },
      }) as Line;
    const file = text(
      header({ origin: 'elsewhere' }),
      given('a', 'Ben'),
      given('bb', 'Ben'),
      given('a', 'Ben'),
      end({ samples: 3 }),
    );
    expect(await run(file)).toMatchObject({ samples: { added: 2, present: 0 } });
    expect(await run(file)).toMatchObject({ samples: { added: 0, present: 2 } });
    const bens = await database().select().from(people).where(eq(people.name, 'Ben'));
    expect(bens).toHaveLength(1);
    const [stored] = await database()
      .select()
      .from(samples)
      .where(eq(samples.personId, bens[0]?.id ?? 0));
    expect(stored).toMatchObject({ quality: { score: 0.4 }, position: { top: 0 } });
  });

  test('ids beyond all reason are not kept, and spoil nothing', async () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const file = text(
      header({ origin: 'huge', largest: { person: huge, sample: huge, device: huge } }),
      person(huge, { name: 'Big' }),
      sample(huge, { person_id: huge }),
      { type: 'tombstone', face_id: huge - 1 },
      end({ people: 1, samples: 1, tombstones: 1 }),
    );
    const report = await run(file);
    expect(report).toMatchObject({ changed_ids_count: 2, tombstones: { left_out: 1 } });
    for (const { to } of report.changed_ids) expect(to).toBeLessThan(LARGEST_KEPT_ID);
  });

  test('a file that does not say how large its ids get leaves the next ids free', async () => {
    await run(
      text(
        header({ origin: 'silent' }),
        sample(50_000),
        { type: 'tombstone', face_id: 60_000 },
        end({ samples: 1, tombstones: 1 }),
      ),
    );
    const report = await run(text(header({ origin: 'other' }), sample(50_000), end({ samples: 1 })));
    expect(report.changed_ids).toEqual([{ type: 'sample', from: 50_000, to: 60_001 }]);
    expect((await database().select().from(tombstones)).map(({ faceId }) => faceId)).toEqual([60_000]);
  });

  test('encodings of another model are kept and told', async () => {
    const file = text(header({ origin: 'm' }), sample(70_000, { model: 'other/1' }), end({ samples: 1 }));
    expect(await run(file)).toMatchObject({ other_model: 1, samples: { added: 1 } });
  });
});
