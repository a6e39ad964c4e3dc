import type { SettingsAnswer } from '@/lib/shared/contract/settings';
import { Card, CardHeader } from '../../_components/ui/Card';

const NAMES = { memory: 'In memory', pgvector: 'pgvector' } as const;

/** Shows the gallery in use and the reason. GALLERY chooses it at the start, so it cannot be changed here. */
export function GalleryInUse({ gallery }: { gallery: SettingsAnswer['gallery'] }) {
  const facts = [
    ['In use', NAMES[gallery.kind]],
    ['GALLERY', gallery.setting],
    ['Samples searched', gallery.samples.toLocaleString('en')],
    ['Memory', `${(gallery.bytes / 1e6).toFixed(1)} MB`],
  ];
  return (
    <Card className="pb-5">
      <CardHeader
        title="Gallery"
        description={`Chosen at the start: ${gallery.reason}. Override it with the setting GALLERY.`}
      />
      <dl className="grid grid-cols-2 gap-4 px-5 pt-4 text-sm sm:grid-cols-4">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-[13px] text-muted">{label}</dt>
            <dd className="mt-0.5 font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
