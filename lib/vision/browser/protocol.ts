import type { Position } from '../types';
import type { BackendChoice, BackendName } from './backend';

/** The messages between the page and the vision worker. Pictures are transferred, never copied. */

/** What an encoding was matched to. */
export interface Identity {
  /** One person, or one sample that belongs to nobody: equal keys are the same face. */
  key: string;
  faceId: number;
  personId: number | null;
  name: string | null;
}

export type Label =
  | { kind: 'deciding' }
  | { kind: 'unknown'; trust: number }
  | { kind: 'known'; identity: Identity; trust: number };

/** A face as the page shows it. */
export interface SeenFace {
  track: number;
  /** Pixels of the frame. */
  position: Position;
  label: Label;
  /** 0–1: how well the face can be seen. */
  view: number;
}

export interface FrameReport {
  type: 'frame';
  /** The frame's own time, ms of the sender's clock. */
  at: number;
  width: number;
  height: number;
  faces: SeenFace[];
  timing: Timing;
}

/** Milliseconds the last frame took; `encode` and `passive` are 0 when nothing was encoded or judged. */
export interface Timing {
  read: number;
  mesh: number;
  encode: number;
  passive: number;
  total: number;
}

export type ToWorker =
  | { type: 'start'; remembered?: BackendName }
  /** Frames from `MediaStreamTrackProcessor`: the worker reads them at its own pace. */
  | { type: 'stream'; readable: ReadableStream<VideoFrame> }
  /** One frame where there is no such processor; answered by a `frame` report before the next may be sent. */
  | { type: 'picture'; picture: ImageBitmap | VideoFrame; at: number }
  | { type: 'stop' };

export type FromWorker =
  | { type: 'ready'; choice: BackendChoice; loadedMs: number }
  | FrameReport
  | { type: 'failed'; message: string };
