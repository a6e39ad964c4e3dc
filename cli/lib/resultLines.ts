import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { RecognisedFace } from './recogniseFaces';

/** The people in a picture, or in a video at one moment. */
export interface Result {
  file: string;
  /** Seconds from a video's start. */
  at?: number;
  faces: RecognisedFace[];
}

export const CSV_HEADER = 'file,at,face_id,person_id,name,trust,top,left,bottom,right';

/** Returns the lines of a result: one as text or JSON, one for each face as CSV. */
export function resultLines({ file, at, faces }: Result, format: 'text' | 'json' | 'csv'): string[] {
  if (format === 'json') return [JSON.stringify({ file, ...(at !== undefined && { at }), faces })];
  if (format === 'csv') {
    return faces.map(({ face_id, person_id, name, trust, position: { top, left, bottom, right } }) =>
      [file, at, face_id, person_id, name, trust, top, left, bottom, right].map(csvField).join(','),
    );
  }
  const where = at === undefined ? file : `${file} at ${at.toFixed(1)} s`;
  const who = faces.map((face) => `${face.name ?? label(face)} (${wholeTrust(face.trust)}, ${box(face)})`);
  return [`${where}: ${who.join(', ') || 'no face'}`];
}

function label({ face_id }: RecognisedFace): string {
  return face_id === null ? 'unknown' : `face ${face_id}`;
}

function box({ position: { left, top, right, bottom } }: RecognisedFace): string {
  return `${right - left}×${bottom - top} at ${left},${top}`;
}

/** RFC 4180: quoted if necessary, with quotes doubled. */
function csvField(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
