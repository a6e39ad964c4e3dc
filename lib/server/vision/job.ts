import type { Box } from '@/lib/shared/vision/boxes';
import type { Description } from './describe';
import type { Canvas } from './networks';
import type { TurnedBox } from './turn';

/** A picture in memory shared by all threads. */
export interface SharedPicture {
  pixels: SharedArrayBuffer;
  width: number;
  height: number;
}

export interface DetectJob {
  kind: 'detect';
  canvas: Canvas;
}

export interface DescribeJob {
  kind: 'describe';
  picture: SharedPicture;
  boxes: TurnedBox[];
  encode: boolean;
}

/** A job for a worker; its response has the same `id`. */
export type Job = (DetectJob | DescribeJob) & { id: number };

/** The result of each kind of job. */
export interface JobResults {
  detect: Box[];
  describe: Description[];
}

/** A worker's response; id 0 reports that its networks are loaded. */
export type JobAnswer =
  | { id: number; ok: true; result: Box[] | Description[] | null }
  | { id: number; ok: false; name: string; message: string };
