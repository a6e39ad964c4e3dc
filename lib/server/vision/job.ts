import type { Box } from '@/lib/shared/vision/boxes';
import type { Description } from './describe';
import type { Canvas, Reach } from './networks';

/** A picture in memory that all threads see. */
export interface SharedPicture {
  pixels: SharedArrayBuffer;
  width: number;
  height: number;
}

export interface DetectJob {
  kind: 'detect';
  canvas: Canvas;
  reach: Reach;
}

export interface DescribeJob {
  kind: 'describe';
  picture: SharedPicture;
  boxes: Box[];
  encode: boolean;
}

/** What a worker is asked; `id` comes back with the answer. */
export type Job = (DetectJob | DescribeJob) & { id: number };

/** What each job is answered with. */
export interface JobResults {
  detect: Box[];
  describe: Description[];
}

/** A worker's answer; the one with id 0 says that its networks are loaded. */
export type JobAnswer =
  | { id: number; ok: true; result: Box[] | Description[] | null }
  | { id: number; ok: false; name: string; message: string };
