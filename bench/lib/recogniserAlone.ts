import { openImage } from '@/lib/server/images/decode';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { percentile } from './percentile';

/** The recogniser in this process, called directly: the baseline for everything built around it. */
export class RecogniserAlone {
  private constructor(private readonly recogniser: Recogniser) {}

  static async load(): Promise<RecogniserAlone> {
    return new RecogniserAlone(await Recogniser.load());
  }

  /** Returns the time from a JPEG's bytes to encodings, in ms. */
  async once(jpeg: Buffer): Promise<number> {
    const started = performance.now();
    await this.recogniser.analyse({
      bitmap: async () => (await openImage({ bytes: jpeg, maxPixels: 60e6 })).decode(),
      encode: true,
    });
    return performance.now() - started;
  }

  /** Returns the median of `times` sequential runs, in ms. */
  async oneByOne(jpeg: Buffer, times: number): Promise<number> {
    const took: number[] = [];
    for (let i = 0; i < times; i++) took.push(await this.once(jpeg));
    return percentile(took, 50);
  }

  /** Returns the pictures per second while the next picture is always ready. */
  async rate(jpegs: readonly Buffer[], times: number): Promise<number> {
    const all = Array.from({ length: times }, () => jpegs).flat();
    const started = performance.now();
    await Promise.all(all.map((jpeg) => this.once(jpeg)));
    return (all.length * 1000) / (performance.now() - started);
  }

  close(): Promise<void> {
    return this.recogniser.close();
  }
}
