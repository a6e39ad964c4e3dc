import type { Recognition } from '@/lib/phone/store/EventQueue';
import type { FrameReport } from '@/lib/phone/vision/protocol';
import { identityKey } from '@/lib/shared/trust/identityKey';
import { Cooldown } from './Cooldown';
import type { Diagnostics } from './Diagnostics';
import { FrameRate } from './FrameRate';
import type { Feedback } from './feedback';
import { type Headline, headlineOf, headlineText } from './headline';
import { type PendingRecognition, recognitionsToRecord } from './recognitionsToRecord';

/** The large result stays this long after the face is lost, ms, so that a short glance away does not remove it. */
const LINGER_MS = 1_200;

export interface ObserverListener {
  onHeadline(headline: Headline): void;
  onDiagnostics(diagnostics: Diagnostics): void;
  /** A recognition to record. */
  onRecognition(event: PendingRecognition['event']): void;
}

/** Derives from the frames: the large result, its sound, and the recognitions to record. */
export class Observer {
  readonly #listener: ObserverListener;
  readonly #feedback: Feedback;
  readonly #rate = new FrameRate();
  readonly #cooldown = new Cooldown();
  #headline: Headline = { kind: 'nobody' };
  #lastPlayed = '';
  #lastSeenAt = 0;

  constructor({ listener, feedback }: { listener: ObserverListener; feedback: Feedback }) {
    this.#listener = listener;
    this.#feedback = feedback;
  }

  /**
   * @param at when the page heard of the frame, in ms of its own clock. The clock of `report.at` begins at 0 in each
   *   vision worker.
   */
  see(report: FrameReport, at = performance.now()): void {
    const headline = headlineOf(report.faces);
    if (headline.kind !== 'nobody') this.#lastSeenAt = at;
    const lingers = headline.kind === 'nobody' && at - this.#lastSeenAt < LINGER_MS;
    if (!lingers) this.#show(headline);
    const framesPerSecond = this.#rate.tick(at);
    if (framesPerSecond !== null) {
      const { timing, width, height } = report;
      this.#listener.onDiagnostics({ framesPerSecond, timing, width, height });
    }
    for (const { key, event } of recognitionsToRecord(report.faces)) {
      if (this.#cooldown.allows(key, at)) this.#listener.onRecognition(event);
    }
  }

  /** Restores the cooldown from recent recognitions, so that a reload does not record the same person twice. */
  remember(recent: readonly Recognition[]): void {
    for (const { face_id, person_id, at } of recent) {
      const age = Date.now() - Date.parse(at);
      const key = identityKey(person_id, face_id);
      if (face_id !== null) this.#cooldown.allows(key, performance.now() - Math.max(0, age));
    }
  }

  /**
   * Clears the result, because no frames arrive any more. The next result is shown and sounded again. The next vision
   * worker numbers strangers and tracks from 1, so that a number may then be somebody else.
   */
  reset(): void {
    this.#cooldown.forget((key) => key.startsWith('stranger:') || key.startsWith('track:'));
    this.#headline = { kind: 'nobody' };
    this.#lastPlayed = '';
  }

  #show(headline: Headline): void {
    if (JSON.stringify(headline) !== JSON.stringify(this.#headline)) {
      this.#headline = headline;
      this.#listener.onHeadline(headline);
    }
    this.#playFeedback(headline);
  }

  /** Plays sound and vibration when the result changes to a name, an unknown face or a failed liveness check. */
  #playFeedback(headline: Headline): void {
    const isText = headline.kind === 'known' || headline.kind === 'mixed';
    const key = isText ? `${headline.kind} ${headlineText(headline)}` : headline.kind;
    if (key === this.#lastPlayed) return;
    this.#lastPlayed = key;
    if (headline.kind === 'known') this.#feedback.known();
    if (headline.kind === 'unknown' || headline.kind === 'mixed' || headline.kind === 'not-alive')
      this.#feedback.unknown();
  }
}
