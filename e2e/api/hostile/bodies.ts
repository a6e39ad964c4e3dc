import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import {
  authorised,
  BOUNDARY,
  type HostileCase,
  MULTIPART_TYPE,
  multipart,
  postText,
  type Target,
} from './hostileCase';
import { send } from './send';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Small and valid, but not a picture. The server decodes it only if everything else is right. */
const URL_FIELD = '"image_url":"data:,x"';

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** Bodies that do not match their type, or contain what no field may contain. */
const MALFORMED: [path: string, name: string, type: string | null, body: string | Uint8Array][] = [
  ['/face', 'an empty body', JSON_TYPE, ''],
  ['/face', 'an empty object', JSON_TYPE, '{}'],
  ['/face', 'blanks', JSON_TYPE, '   \n'],
  ['/face/match', 'no JSON', JSON_TYPE, 'hello'],
  ['/face/detect', 'half of an object', JSON_TYPE, '{"image_url":"'],
  ['/face/delete', 'something behind the object', JSON_TYPE, '{"face_id":1} x'],
  ['/face/delete', 'two objects', JSON_TYPE, '{"face_id":1}{"face_id":2}'],
  ['/face/delete', 'single quotes', JSON_TYPE, "{'face_id':1}"],
  ['/face/delete', 'a comment', JSON_TYPE, '{/* x */"face_id":1}'],
  ['/face/delete', 'a trailing comma', JSON_TYPE, '{"face_id":1,}'],
  ['/face/match', 'null', JSON_TYPE, 'null'],
  ['/face/match', 'an array', JSON_TYPE, '[]'],
  ['/face/match', 'a JSON text', JSON_TYPE, '"x"'],
  ['/face/match', 'a number', JSON_TYPE, '1'],
  ['/face/delete', 'NaN', JSON_TYPE, '{"face_id":NaN}'],
  ['/face/delete', 'Infinity', JSON_TYPE, '{"face_id":Infinity}'],
  ['/face', 'a number beyond a double', JSON_TYPE, `{${URL_FIELD},"unique_args":{"n":1e400}}`],
  ['/face', 'a number of 100,000 digits', JSON_TYPE, `{${URL_FIELD},"unique_args":{"n":${'9'.repeat(100_000)}}}`],
  ['/face', 'arrays 100,000 deep', JSON_TYPE, nested(100_000, '[', ']')],
  ['/face', 'objects 50,000 deep', JSON_TYPE, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['/face', 'deep unique_args', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a":${nested(2_000, '[', ']')}}}`],
  ['/face', 'deep unique_args as text', JSON_TYPE, `{${URL_FIELD},"unique_args":"${nested(5_000, '[', ']')}"}`],
  ['/face', 'unique_args over 8 KB', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a":"${'x'.repeat(8_200)}"}}`],
  ['/face', 'unique_args over 8 KB of UTF-8', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a":"${'é'.repeat(4_100)}"}}`],
  ['/face', 'unique_args that is an array', JSON_TYPE, `{${URL_FIELD},"unique_args":[1]}`],
  ['/face', 'unique_args that is a number', JSON_TYPE, `{${URL_FIELD},"unique_args":7}`],
  ['/face', 'unique_args that is no JSON', JSON_TYPE, `{${URL_FIELD},"unique_args":"{a:1}"}`],
  ['/face', 'unique_args with __proto__', JSON_TYPE, `{${URL_FIELD},"unique_args":{"__proto__":{"admin":true}}}`],
  ['/face', '__proto__', JSON_TYPE, `{${URL_FIELD},"__proto__":{"face_id":1}}`],
  ['/face', 'NUL in unique_args', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a":"\\u0000"}}`],
  ['/face', 'NUL in a name in unique_args', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a\\u0000":1}}`],
  ['/face', 'a lone surrogate', JSON_TYPE, `{${URL_FIELD},"unique_args":{"a":"\\ud800"}}`],
  ['/face/match', 'NUL in image_url', JSON_TYPE, '{"image_url":"http://example.com/\\u0000"}'],
  ['/face/match', 'an unescaped NUL', JSON_TYPE, '{"image_url":"\0"}'],
  ['/face/match', 'bytes that are not UTF-8', JSON_TYPE, Buffer.from('7b22696d6167655f75726c223a22fffe227d', 'hex')],
  ['/face/match', 'overlong UTF-8', JSON_TYPE, Buffer.from('7b22696d6167655f75726c223a22c0af227d', 'hex')],
  ['/face/match', 'UTF-16', JSON_TYPE, Buffer.from(`{${URL_FIELD}}`, 'utf16le')],
  ['/face/match', 'another charset', 'application/json; charset=iso-8859-1', `{${URL_FIELD}}`],
  ['/face/match', 'gzip', JSON_TYPE, gzipSync(`{${URL_FIELD}}`)],
  ['/face/match', 'two spellings of one field', JSON_TYPE, `{${URL_FIELD},"image-url":"data:,y"}`],
  ['/face/match', 'a picture as JSON', JSON_TYPE, '{"image":"AAAA"}'],
  ['/face/match', 'image_url that is null', JSON_TYPE, '{"image_url":null}'],
  ['/face/match', 'image_url that is a number', JSON_TYPE, '{"image_url":1}'],
  ['/face/match', 'image_url that is an object', JSON_TYPE, '{"image_url":{"toString":"x"}}'],
  ['/face/match', 'image_url that is an array', JSON_TYPE, '{"image_url":["http://example.com/"]}'],
  ['/face/match', 'image_url that is empty', JSON_TYPE, '{"image_url":""}'],
  ['/face/verify', 'one picture only', JSON_TYPE, `{${URL_FIELD}}`],
  ['/face/verify', 'a picture, a face and a person', JSON_TYPE, `{${URL_FIELD},"face_id":1,"person_id":1}`],
  ['/face/match', 'no type', null, `{${URL_FIELD}}`],
  ['/face/match', 'an empty type', '', `{${URL_FIELD}}`],
  ['/face/match', 'text', 'text/plain', `{${URL_FIELD}}`],
  ['/face/match', 'XML', 'application/xml', '<?xml version="1.0"?><image_url>http://127.0.0.1/</image_url>'],
  ['/face/match', 'a bare picture', 'image/jpeg', Buffer.from('ffd8ffe0', 'hex')],
  ['/face/match', 'a type of 4 KB', `application/${'x'.repeat(4_000)}`, '{}'],
  ['/face/match', 'JSON as a form', FORM_TYPE, `{${URL_FIELD}}`],
  ['/face/match', 'a form as JSON', JSON_TYPE, 'image_url=data:,x'],
  ['/face/match', 'a form with a broken percent sign', FORM_TYPE, 'image_url=%zz'],
  ['/face/match', 'a form with half a percent sign', FORM_TYPE, 'image_url=%2'],
  ['/face/match', 'a form that is not UTF-8', FORM_TYPE, 'image_url=%ff%fe'],
  ['/face/match', 'a form with a lone surrogate', FORM_TYPE, 'image_url=%ed%a0%80'],
  ['/face/match', 'a form with NUL', FORM_TYPE, 'image_url=http://example.com/%00'],
  ['/face/match', 'a form with a field twice', FORM_TYPE, 'image_url=data:,x&image_url=data:,y'],
  ['/face/match', 'a form of 50,000 fields', FORM_TYPE, Array.from({ length: 50_000 }, (_, i) => `f${i}=`).join('&')],
  ['/face/match', 'a form of ampersands', FORM_TYPE, '&'.repeat(100_000)],
  ['/face', 'a form whose unique_args is no JSON', FORM_TYPE, 'image_url=data:,x&unique_args=user_id%3D1'],
];

const part = (head: string, content = 'x') => `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const NAMED = 'Content-Disposition: form-data; name="image_url"';

const MULTIPART: [name: string, body: string | Uint8Array, type?: string][] = [
  ['without a boundary', multipart({ image_url: 'data:,x' }), 'multipart/form-data'],
  ['with an empty boundary', multipart({ image_url: 'data:,x' }), 'multipart/form-data; boundary=""'],
  ['with another boundary', multipart({ image_url: 'data:,x' }), 'multipart/form-data; boundary=other'],
  ['with a boundary of 10 KB', 'x', `multipart/form-data; boundary=${'b'.repeat(10_000)}`],
  ['of another kind', multipart({ image_url: 'data:,x' }), `multipart/mixed; boundary=${BOUNDARY}`],
  ['without any part', END],
  ['with nothing but blanks', ' '.repeat(1_000)],
  ['without an end', part(NAMED)],
  ['cut within a part', `--${BOUNDARY}\r\n${NAMED}\r\n\r\nhttp://exa`],
  ['cut within a header', `--${BOUNDARY}\r\nContent-Dispo`],
  ['with a part without a name', part('Content-Disposition: form-data') + END],
  ['with a part with an empty name', part('Content-Disposition: form-data; name=""') + END],
  ['with a part without headers', part('') + END],
  ['with a part that is an attachment', part('Content-Disposition: attachment; name="image_url"') + END],
  ['with a header of 100 KB', part(`${NAMED}\r\nX: ${'x'.repeat(100_000)}`) + END],
  ['with 10,000 headers', part(`${NAMED}\r\n${'X: y\r\n'.repeat(10_000).trimEnd()}`) + END],
  [
    'with 10,000 parts',
    Array.from({ length: 10_000 }, (_, i) => part(`Content-Disposition: form-data; name="f${i}"`)).join('') + END,
  ],
  ['with a field twice', part(NAMED) + part(NAMED) + END],
  ['with bare line feeds', (part(NAMED) + END).replaceAll('\r\n', '\n')],
  [
    'with a name that is not UTF-8',
    Buffer.from(`${part('Content-Disposition: form-data; name="\xff\xfe"')}${END}`, 'latin1'),
  ],
  ['with a field that is not UTF-8', Buffer.from(`${part(NAMED, '\xff\xfe')}${END}`, 'latin1')],
  ['with NUL in a field', part(NAMED, 'http://example.com/\0') + END],
  ['with a picture and a URL', multipart({ image_url: 'data:,x', image: Buffer.from('ffd8ff', 'hex') })],
  ['with image_url as a file', multipart({ image_url: Buffer.from('data:,x') })],
  ['with image as text', multipart({ image: 'data:,x' })],
  ['within a multipart', part(`${NAMED}\r\nContent-Type: multipart/mixed; boundary=inner`, '--inner--') + END],
];

const MEBIBYTE = 1024 * 1024;

async function* zeros(bytes: number) {
  for (let sent = 0; sent < bytes; sent += 65_536) yield Buffer.alloc(65_536, 0x20);
}

/** Headers for a connection that stays open. One that ends with the response may end before the client has read it. */
const asking = (target: Target, type: string) => ({
  ...authorised(target),
  'content-type': type,
  connection: 'keep-alive',
});

const OVERSIZED: [name: string, path: string, type: string, expected: ErrorCode][] = [
  ['JSON', '/face', JSON_TYPE, 'IMAGE_TOO_LARGE'],
  ['form', '/face/match', FORM_TYPE, 'IMAGE_TOO_LARGE'],
  ['multipart', '/face/detect', MULTIPART_TYPE, 'IMAGE_TOO_LARGE'],
  ['text', '/face/update', 'text/plain', 'IMAGE_TOO_LARGE'],
  ['JSON', '/face/delete', JSON_TYPE, 'BAD_REQUEST'],
  ['JSON', '/api/people', JSON_TYPE, 'BAD_REQUEST'],
];

export function bodyCases(): HostileCase[] {
  return [
    ...MALFORMED.map(
      ([path, name, type, body]): HostileCase => ({
        name: `${path} with a body: ${name}`,
        expected: ['BAD_REQUEST'],
        send: (target) => postText(target, path, body, type),
      }),
    ),
    ...MULTIPART.map(
      ([name, body, type = MULTIPART_TYPE]): HostileCase => ({
        name: `/face/detect with a multipart body ${name}`,
        expected: ['BAD_REQUEST'],
        send: (target) => postText(target, '/face/detect', body, type),
      }),
    ),
    ...OVERSIZED.flatMap(([name, path, type, expected]): HostileCase[] => [
      {
        name: `${path} with a body that announces 10 GB of ${name}`,
        expected: [expected],
        status: 413,
        send: (target) =>
          send({
            origin: target.origin,
            path,
            headers: { ...asking(target, type), 'content-length': String(10 * 1024 * MEBIBYTE) },
            body: zeros(2 * MEBIBYTE),
          }),
      },
      {
        name: `${path} with a body of 80 MB of ${name} in chunks`,
        expected: [expected],
        status: 413,
        send: (target) =>
          send({
            origin: target.origin,
            path,
            headers: { ...asking(target, type), 'transfer-encoding': 'chunked' },
            body: zeros(80 * MEBIBYTE),
          }),
      },
    ]),
  ];
}
