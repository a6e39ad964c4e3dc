import { Gauge } from 'prom-client';
import type { Gallery } from '@/lib/server/gallery/types';
import { metrics } from '@/lib/server/platform/metrics';
import type { Recogniser } from '@/lib/server/vision/recogniser';

/** Registers measurements that are computed when they are read. */
export function addGauges({ recogniser, gallery }: { recogniser: Recogniser; gallery: Gallery }): void {
  const registers = [metrics().registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('kith_recogniser_waiting', 'Pictures that wait for the recogniser', () => recogniser.stats().waiting);
  gauge('kith_recogniser_running', 'Pictures the recogniser looks at', () => recogniser.stats().running);
  gauge('kith_gallery_samples', 'Samples that are searched', () => gallery.stats().samples);
  gauge('kith_gallery_bytes', 'Memory the gallery takes', () => gallery.stats().bytes);
  gauge(
    'kith_gallery_feed_number',
    'The feed number up to which the gallery is current',
    () => gallery.stats().lastUpdatedAt,
  );
}
