import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { HostileHost } from './hostileHost';
import { type Answer, send } from './send';

/** The server that cases are sent to. */
export interface Target {
  /** Origin of the server under test. */
  origin: string;
  /** An API key with every scope. */
  key: string;
  /** The id of a sample that exists. */
  faceId: number;
  host: HostileHost;
}

export interface HostileCase {
  name: string;
  send: (target: Target) => Promise<Answer>;
  /** The expected codes, usually one. */
  expected: readonly ErrorCode[];
  /** The status, if HTTP has a more exact one than the code's own (405, 408, 413). */
  status?: number;
}

/** The calls that take a picture, with their other fields. */
export const PICTURE_CALLS: { path: string; fields: (target: Target) => Record<string, string | number> }[] = [
  { path: '/face', fields: () => ({}) },
  { path: '/face/match', fields: () => ({}) },
  { path: '/face/detect', fields: () => ({}) },
  { path: '/face/update', fields: ({ faceId }) => ({ face_id: faceId }) },
  { path: '/face/verify', fields: ({ faceId }) => ({ face_id: faceId }) },
];

export const authorised = (target: Target) => ({ authorization: `Bearer ${target.key}` });

export function postJson(target: Target, path: string, body: unknown, method = 'POST'): Promise<Answer> {
  return postText(target, path, JSON.stringify(body), 'application/json', method);
}

/** Sends any body with any type. */
export function postText(
  target: Target,
  path: string,
  body: string | Uint8Array,
  contentType: string | null,
  method = 'POST',
): Promise<Answer> {
  const headers = { ...authorised(target), ...(contentType === null ? {} : { 'content-type': contentType }) };
  return send({ origin: target.origin, path, method, headers, body });
}

export function get(target: Target, path: string): Promise<Answer> {
  return send({ origin: target.origin, path, method: 'GET', headers: authorised(target) });
}

export const BOUNDARY = 'xxxxBoundaryxxxx';

/** Encodes a multipart body. Values that are bytes become files. */
export function multipart(fields: Record<string, string | number | Uint8Array>): Buffer {
  const parts = Object.entries(fields).map(([name, value]) => {
    const file = value instanceof Uint8Array;
    const type = file ? '; filename="picture.jpg"\r\nContent-Type: image/jpeg' : '';
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${type}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), file ? value : Buffer.from(String(value)), Buffer.from('\r\n')]);
  });
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** Returns the picture calls in turn, so that a long table covers all of them. */
export const pictureCall = (nth: number) => PICTURE_CALLS[nth % PICTURE_CALLS.length] as (typeof PICTURE_CALLS)[number];

/** Returns a case that sends an image URL to one of the picture calls. */
export function imageUrlCase(options: {
  name: string;
  url: string | ((target: Target) => string);
  expected: ErrorCode | readonly ErrorCode[];
}): HostileCase {
  const { url, expected } = options;
  // The call depends on the case's name. The title is therefore the same in every process, and after any other tables.
  const call = pictureCall(Buffer.from(options.name).reduce((sum, byte) => sum + byte, 0));
  return {
    name: `${call.path} image_url ${options.name}`,
    expected: typeof expected === 'string' ? [expected] : expected,
    send: (target) =>
      postJson(target, call.path, {
        ...call.fields(target),
        image_url: typeof url === 'string' ? url : url(target),
      }),
  };
}
