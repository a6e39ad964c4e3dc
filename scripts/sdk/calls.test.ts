import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { KithApiError, KithClient } from '@kith/sdk';
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { typeText } from './typeText';
import { writeCalls } from './writeCalls';

const FILE = 'sdk/src/client/calls.ts';

test('the SDK has the calls of today: npm run sdk:calls', () => {
  const formatted = execFileSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${FILE}`],
    { input: writeCalls(), encoding: 'utf8' },
  );
  expect(readFileSync(FILE, 'utf8')).toBe(formatted);
});

describe('a call by its name', () => {
  const requests: { line: string; body: unknown; key: string | null }[] = [];
  let answers: unknown[] = [];
  const kith = new KithClient({
    url: 'http://kith.test',
    retries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      requests.push({
        line: `${request.method} ${request.url.slice('http://kith.test'.length)}`,
        body: text ? JSON.parse(text) : undefined,
        key: request.headers.get('Idempotency-Key'),
      });
      return Response.json(answers.shift() ?? {});
    },
  });

  test('sends its fields where the contract has them', async () => {
    await kith.call('changeWebhook', { webhook_id: 7, active: false });
    expect(requests.pop()).toEqual({ line: 'PATCH /api/webhooks/7', body: { active: false }, key: null });
    await kith.call('listAudit', { actor: 'ana@a.test', limit: 5 });
    expect(requests.pop()?.line).toBe('GET /api/audit?limit=5&actor=ana%40a.test');
    await kith.call('createPerson', { name: 'Ana' }, { idempotencyKey: 'k-1' });
    expect(requests.pop()).toEqual({ line: 'POST /api/people', body: { name: 'Ana' }, key: 'k-1' });
    await kith.call('createPerson', { name: 'Ana' });
    expect(requests.pop()?.key).toMatch(/^.{8,}$/);
  });

  test('a list is read to its end, as far as somebody asks for it', async () => {
    answers = [
      { people: [{ person_id: 1 }, { person_id: 2 }], next_cursor: 'c' },
      { people: [{ person_id: 3 }], next_cursor: null },
    ];
    const ids: number[] = [];
    for await (const person of kith.each('listPeople', { q: 'a' })) ids.push(person.person_id);
    expect(ids).toEqual([1, 2, 3]);
    expect(requests.splice(0).map(({ line }) => line)).toEqual(['GET /api/people?q=a', 'GET /api/people?cursor=c&q=a']);

    answers = [{ people: [{ person_id: 1 }], next_cursor: 'c' }];
    for await (const page of kith.pages('listPeople', {})) {
      expect(page.people).toHaveLength(1);
      break;
    }
    expect(requests.splice(0)).toHaveLength(1);
  });

  test('what the path needs must be there', () => {
    // @ts-expect-error webhook_id is missing
    expect(() => kith.call('changeWebhook', { active: false })).toThrow('changeWebhook needs webhook_id');
  });

  test('an answer that is no JSON is an error of the API', async () => {
    const broken = new KithClient({ url: 'http://kith.test', retries: 0, fetch: async () => new Response('<html>') });
    await expect(broken.call('readHealth', {})).rejects.toThrow(KithApiError);
  });
});

test('every call with a JSON answer that needs no upload is among them', () => {
  const text = writeCalls();
  const missing = OPERATIONS.filter(({ id }) => !text.includes(`\n  ${id}: {"method"`)).map(({ id }) => id);
  expect(missing).toEqual([
    'readCrop',
    'readPicture',
    'addImportPicture',
    'readImportPicture',
    'exportServer',
    'exportPerson',
    'importServer',
    'backUp',
    'readMetrics',
  ]);
});

test.each([
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ anyOf: [{ $ref: '#/components/schemas/Person' }, { type: 'null' }] }, 'Person | null'],
  [{ enum: ['a', 2] }, '"a" | 2'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, 'Array<"a" | "b">'],
  [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, '{\n"a": string;\n}'],
  [{ type: 'object', additionalProperties: {} }, '{ [name: string]: unknown }'],
  [{ type: 'object' }, 'Record<string, never>'],
])('%j is %s', (schema, expected) => {
  expect(typeText(schema)).toBe(expected);
});
