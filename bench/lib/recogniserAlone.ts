import { openImage } from '@/lib/server/images/decode';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { percentile } from './percentile';

/** The recogniser in this process, called directly: the baseline of everything that is built around it. */
export class RecogniserAlone {
  private constructor(private readonly recogniser: Recogniser) {}

  static async load(): Promise<RecogniserAlone> {
    return new RecogniserAlone(await Recogniser.load());
  }

  /** From a JPEG's bytes to encodings, in ms. */
  async once(jpeg: Buffer): Promise<number> {
    const started = performance.now();
    await this.recogniser.analyse({
      bitmap: async () => (await openImage({ bytes: jpeg, maxPixels: 60e6 })).decode(),
      encode: true,
    });
    return performance.now() - started;
  }

  /** Median of so many, one after the other, in ms. */
  async oneByOne(jpeg: Buffer, times: number): Promise<number> {
    const took: number[] = [];
    for (let i = 0; i < times; i++) took.push(await this.once(jpeg));
    return percentile(took, 50);
  }

  /** Pictures a second while it never has to wait for one. */
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
