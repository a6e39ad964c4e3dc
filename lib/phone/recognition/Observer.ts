import type { Recognition } from '@/lib/phone/store/EventQueue';
import type { FrameReport } from '@/lib/phone/vision/protocol';
import { Cooldown } from './Cooldown';
import type { Diagnostics } from './Diagnostics';
import { FrameRate } from './FrameRate';
import type { Feedback } from './feedback';
import { type Headline, headlineOf } from './headline';
import { type Candidate, whatToRecord } from './whatToRecord';

/** The large result stays this long after the face has gone, so that a glance away does not lose it, ms. */
const LINGER_MS = 1_200;

export interface ObserverListener {
  onHeadline(headline: Headline): void;
  onDiagnostics(diagnostics: Diagnostics): void;
  /** Somebody worth writing down. */
  onNews(event: Candidate['event']): void;
}

/** What the frames amount to: the large result, its sound, and what is worth writing down. */
export class Observer {
  readonly #listener: ObserverListener;
  readonly #feedback: Feedback;
  readonly #rate = new FrameRate();
  readonly #cooldown = new Cooldown();
  #headline: Headline = { kind: 'nobody' };
  #announced = '';
  #lastSeenAt = 0;

  constructor({ listener, feedback }: { listener: ObserverListener; feedback: Feedback }) {
    this.#listener = listener;
    this.#feedback = feedback;
  }

  see(report: FrameReport): void {
    const headline = headlineOf(report.faces);
    if (headline.kind !== 'nobody') this.#lastSeenAt = report.at;
    const lingers = headline.kind === 'nobody' && report.at - this.#lastSeenAt < LINGER_MS;
    if (!lingers) this.#take(headline);
    const framesPerSecond = this.#rate.tick(report.at);
    if (framesPerSecond !== null) {
      const { timing, width, height } = report;
      this.#listener.onDiagnostics({ framesPerSecond, timing, width, height });
    }
    for (const { key, event } of whatToRecord(report.faces)) {
      if (this.#cooldown.isNews(key, report.at)) this.#listener.onNews(event);
    }
  }

  /** Whom an earlier visit wrote down a moment ago is not news to this one. */
  remember(recent: readonly Recognition[]): void {
    for (const { face_id, person_id, at } of recent) {
      const age = Date.now() - Date.parse(at);
      const key = person_id === null ? `face:${face_id}` : `person:${person_id}`;
      if (face_id !== null) this.#cooldown.isNews(key, performance.now() - Math.max(0, age));
    }
  }

  /** Nobody is in sight any more, as nothing is seen: the next result is shown and heard anew. */
  reset(): void {
    this.#headline = { kind: 'nobody' };
    this.#announced = '';
  }

  #take(headline: Headline): void {
    if (JSON.stringify(headline) !== JSON.stringify(this.#headline)) {
      this.#headline = headline;
      this.#listener.onHeadline(headline);
    }
    this.#announce(headline);
  }

  /** Sound and vibration when the result changes to one that matters. */
  #announce(headline: Headline): void {
    const key = headline.kind === 'known' ? `known ${headline.names.join()}` : headline.kind;
    if (key === this.#announced) return;
    this.#announced = key;
    if (headline.kind === 'known') this.#feedback.known();
    if (headline.kind === 'unknown' || headline.kind === 'not-alive') this.#feedback.unknown();
  }
}
