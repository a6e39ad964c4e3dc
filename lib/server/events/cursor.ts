import { KithError } from '@/lib/shared/contract/errors';

/** Where a page of recognitions ended. */
export interface EventPosition {
  at: Date;
  id: string;
}

const FORM = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function writeEventCursor({ at, id }: EventPosition): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** Throws BAD_REQUEST. */
export function readEventCursor(cursor: string): EventPosition {
  const [, at, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined || Number.isNaN(new Date(Number(at)).getTime())) {
    throw new KithError('BAD_REQUEST', 'cursor is not one of this list', { details: { field: 'cursor' } });
  }
  return { at: new Date(Number(at)), id };
}
