import { csvRecord } from '@/lib/server/platform/csv/csvLine';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { RecognisedFace } from './recogniseFaces';

/** The people in a picture, or at one moment of a video. */
export interface Result {
  file: string;
  /** Seconds from the start of the video. */
  at?: number;
  faces: RecognisedFace[];
}

export const CSV_HEADER = 'file,at,face_id,person_id,name,trust,top,left,bottom,right';

/** Returns the lines of a result: one line as text or JSON, one line per face as CSV. */
export function resultLines({ file, at, faces }: Result, format: 'text' | 'json' | 'csv'): string[] {
  if (format === 'json') return [JSON.stringify({ file, ...(at !== undefined && { at }), faces })];
  if (format === 'csv') {
    return faces.map(({ face_id, person_id, name, trust, position: { top, left, bottom, right } }) =>
      csvRecord([file, at, face_id, person_id, name, trust, top, left, bottom, right]),
    );
  }
  const where = at === undefined ? file : `${file} at ${at.toFixed(1)} s`;
  const who = faces.map((face) => `${face.name ?? label(face)} (${wholeTrust(face.trust)}, ${box(face)})`);
  return [`${where}: ${who.join(', ') || 'no face'}`];
}

function label({ face_id, also }: RecognisedFace): string {
  if (also) return 'somebody who is named already';
  return face_id === null ? 'unknown' : `face ${face_id}`;
}

function box({ position: { left, top, right, bottom } }: RecognisedFace): string {
  return `${right - left}×${bottom - top} at ${left},${top}`;
}
