import type { Challenge } from '@/lib/shared/vision/liveness';
import type { Position } from '@/lib/shared/vision/types';
import type { BackendChoice, BackendName } from './backend';

/** The messages between the page and the vision worker. Pictures are transferred, never copied. */

/** Whose face it is. */
export interface Identity {
  /** One person, or one sample that belongs to nobody: equal keys are the same face. */
  key: string;
  /** Null for somebody enrolled on this phone whom the server does not know yet. */
  faceId: number | null;
  personId: number | null;
  name: string | null;
  /** The enrolment on this phone, where that is how the person is known. */
  enrolment: string | null;
}

export type Label =
  | { kind: 'deciding' }
  /** `stranger` is the same for the same face, for as long as the page is open. */
  | { kind: 'unknown'; trust: number; stranger: string }
  | { kind: 'known'; identity: Identity; trust: number };

export type LivenessMode = 'off' | 'passive' | 'challenge';

export type LivenessState =
  | { kind: 'off' }
  | { kind: 'checking'; challenge: Challenge | null }
  | { kind: 'passed' }
  | { kind: 'failed' };

/** A face as the page shows it. */
export interface SeenFace {
  track: number;
  /** Pixels of the frame. */
  position: Position;
  label: Label;
  liveness: LivenessState;
  /** 0–1: how well the face can be seen. */
  view: number;
}

/** Milliseconds the last frame took; `encode` is 0 when nothing was encoded. */
export interface Timing {
  read: number;
  mesh: number;
  encode: number;
  total: number;
}

export interface FrameReport {
  type: 'frame';
  /** The frame's own time, ms of the worker's clock. */
  at: number;
  width: number;
  height: number;
  faces: SeenFace[];
  timing: Timing;
}

/** What the pipeline has to know besides pictures. */
export interface PipelineSettings {
  /** Trust from which a face counts as recognised, 0–100. */
  matchTrust: number;
  liveness: LivenessMode;
}

export type ToWorker =
  | { type: 'start'; remembered: BackendName | null; settings: PipelineSettings }
  | { type: 'settings'; settings: PipelineSettings }
  /** Frames from `MediaStreamTrackProcessor`: the worker reads them at its own pace. */
  | { type: 'stream'; readable: ReadableStream<VideoFrame> }
  /** One frame where there is no such processor; answered by a `frame` report before the next may be sent. */
  | { type: 'picture'; picture: ImageBitmap | VideoFrame }
  /** The camera stops: faces are forgotten, models stay. */
  | { type: 'stop' }
  /** The best picture of a face that is followed, for enrolment; answered by `captured`. */
  | { type: 'capture'; track: number }
  /** Every face of a picture on its own; answered by `encoded` with the same request. */
  | { type: 'encode'; request: number; picture: ImageBitmap };

export type FromWorker =
  | { type: 'ready'; choice: BackendChoice; loadedMs: number }
  | { type: 'gallery'; faces: number; people: number }
  | FrameReport
  | { type: 'captured'; track: number; picture: Blob | null; encoding: Float32Array | null }
  | { type: 'encoded'; request: number; faces: { position: Position; encoding: Float32Array }[] }
  | { type: 'failed'; message: string };
