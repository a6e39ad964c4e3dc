import type { Challenge } from '@/lib/shared/vision/liveness';
import type { Position } from '@/lib/shared/vision/types';
import type { BackendChoice, BackendName } from './backend';

/** Messages between the page and the vision worker. Pictures are transferred, never copied. */

/** The identity of a face. */
export interface Identity {
  /** Identifies a person or an unassigned sample: equal keys are the same identity. */
  key: string;
  /** Null for a person enrolled on this phone whom the server does not know yet. */
  faceId: number | null;
  personId: number | null;
  name: string | null;
  /** Id of the enrolment on this phone that identified the person, or null. */
  enrolment: string | null;
  /** Lineage of the gallery that `faceId` and `personId` are from; missing where it is not known. */
  lineage?: string;
}

/** Somebody a face may be, by their nearest sample. */
export interface Candidate {
  faceId: number;
  /** 0–100. */
  trust: number;
  /** Normalised. */
  distance: number;
}

export type Label =
  | { kind: 'deciding' }
  /** `stranger` is the same key for the same face as long as the vision worker runs. */
  | { kind: 'unknown'; trust: number; stranger: string }
  | { kind: 'known'; identity: Identity; trust: number };

export type LivenessMode = 'off' | 'passive' | 'challenge';

export type LivenessState =
  | { kind: 'off' }
  | { kind: 'checking'; challenge: Challenge | null }
  | { kind: 'passed' }
  | { kind: 'failed' };

/** A face in the form that the page shows. */
export interface SeenFace {
  track: number;
  /** Pixels of the frame. */
  position: Position;
  label: Label;
  /** Who it may be, nearest first, when it was last matched. */
  candidates: readonly Candidate[];
  liveness: LivenessState;
  /** How well the face is visible, 0–1. */
  view: number;
}

/** Duration of the stages of the last frame, ms; `encode` is 0 when nothing was encoded. */
export interface Timing {
  read: number;
  mesh: number;
  encode: number;
  total: number;
}

export interface FrameReport {
  type: 'frame';
  /** Time of the frame, ms of the worker's clock, which begins at 0 in each worker. */
  at: number;
  width: number;
  height: number;
  faces: SeenFace[];
  timing: Timing;
}

/** Settings of the pipeline. */
export interface PipelineSettings {
  /** Minimum trust of a recognised face, 0–100. Null: faces stay undecided, because the page matches by an old rule. */
  matchTrust: number | null;
  liveness: LivenessMode;
}

export type ToWorker =
  | { type: 'start'; remembered: BackendName | null; settings: PipelineSettings }
  | { type: 'settings'; settings: PipelineSettings }
  /** Frames from `MediaStreamTrackProcessor`: the worker reads them at its own pace. */
  | { type: 'stream'; readable: ReadableStream<VideoFrame> }
  /** One frame, for browsers without that processor. The next may be sent after its `frame` report. */
  | { type: 'picture'; picture: ImageBitmap | VideoFrame }
  /** The camera has stopped: tracks are dropped, models stay loaded. */
  | { type: 'stop' }
  /** Requests the best picture of a tracked face, for enrolment; the response is `captured`. */
  | { type: 'capture'; track: number }
  /** Encodes every face of a single picture; the response is `encoded` with the same request. */
  | { type: 'encode'; request: number; picture: ImageBitmap };

export type FromWorker =
  | { type: 'ready'; choice: BackendChoice; loadedMs: number }
  | { type: 'gallery'; faces: number; people: number }
  | FrameReport
  | { type: 'captured'; track: number; picture: Blob | null; encoding: Float32Array | null }
  | { type: 'encoded'; request: number; faces: { position: Position; encoding: Float32Array }[] }
  | { type: 'failed'; message: string };
