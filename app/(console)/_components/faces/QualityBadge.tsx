import { qualityBand } from '@/lib/shared/contract/qualityBand';
import { Badge, type Tone } from '../ui/Badge';

const TONES: Record<ReturnType<typeof qualityBand>, Tone> = { good: 'good', fair: 'warn', poor: 'bad' };

/** `score` 0–1. */
export function QualityBadge({ score }: { score: number }) {
  const band = qualityBand(score);
  return (
    <Badge tone={TONES[band]}>
      {band} {Math.round(score * 100)}
    </Badge>
  );
}
