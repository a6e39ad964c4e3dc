'use client';
import Link from 'next/link';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { Card, CardHeader } from '../../_components/ui/Card';

/** The threshold for a wanted risk, and what it would have done to the recent recognitions. */
export function Suggestions({ accuracy: { suggestions, recent, match_trust } }: { accuracy: AccuracyAnswer }) {
  return (
    <Card className="pb-5">
      <CardHeader
        title="Threshold for a wanted risk"
        description={`The threshold in use is ${match_trust}.`}
        action={
          <Link href="/settings" className="text-[13px] text-accent hover:underline">
            Change the threshold
          </Link>
        }
      />
      <dl className="grid gap-3 px-5 pt-4 sm:grid-cols-3">
        {suggestions.map((suggestion) => (
          <div key={suggestion.one_in} className="rounded-lg bg-sunken px-4 py-3">
            <dt className="text-[13px] text-muted">1 in {suggestion.one_in.toLocaleString('en')} strangers accepted</dt>
            <dd className="mt-0.5 text-xl font-semibold tabular-nums">{suggestion.trust ?? 'not reached'}</dd>
            <dd className="mt-1 text-[13px] text-muted">{effect(suggestion, match_trust, recent)}</dd>
          </div>
        ))}
      </dl>
      {recent.whole ? null : (
        <p className="px-5 pt-3 text-[13px] text-muted">
          Only the newest 20,000 recognitions of each kind are counted.
        </p>
      )}
    </Card>
  );
}

function effect(
  { trust, lost, gained }: AccuracyAnswer['suggestions'][number],
  match_trust: number,
  recent: AccuracyAnswer['recent'],
): string {
  if (trust === null) return 'Some of your people are too much alike.';
  if (recent.known + recent.unknown === 0) return `No recognitions in the last ${recent.days} days.`;
  const days = `of the last ${recent.days} days`;
  return trust >= match_trust
    ? `${lost.toLocaleString('en')} of ${recent.known.toLocaleString('en')} recognitions ${days} would have been “unknown”.`
    : `${gained.toLocaleString('en')} of ${recent.unknown.toLocaleString('en')} unknown faces ${days} would have been named.`;
}
