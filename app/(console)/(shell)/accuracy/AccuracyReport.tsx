'use client';
import { useQuery } from '@tanstack/react-query';
import { ScanFace } from 'lucide-react';
import Link from 'next/link';
import { type AccuracyAnswer, readAccuracy } from '@/lib/shared/contract/accuracy';
import { oneIn } from '@/lib/shared/trust/oneIn';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { PanelLoading } from '../../_components/ui/PageLoading';
import { Progress } from '../../_components/ui/Progress';
import { call } from '../../_lib/api';
import { ClosestPairs } from './ClosestPairs';
import { DoubtfulPeople } from './DoubtfulPeople';
import { Suggestions } from './Suggestions';
import { ThresholdTable } from './ThresholdTable';

/** Polling interval while the server compares people, ms. */
const AGAIN_MS = 500;

/** How well the enrolled people are told apart. The server compares some of them per request. */
export function AccuracyReport() {
  const { data, error, refetch } = useQuery({
    queryKey: ['accuracy'],
    queryFn: () => call(readAccuracy),
    refetchInterval: ({ state }) => (state.data?.complete === false && !state.error ? AGAIN_MS : false),
  });
  if (error) return <ErrorNotice error={error} onRetry={refetch} className="max-w-4xl" />;
  if (!data) {
    return (
      <div className="max-w-4xl" role="status" aria-label="Loading">
        <PanelLoading />
      </div>
    );
  }
  if (!data.complete) {
    return (
      <Card className="max-w-4xl p-5">
        <p role="status" className="text-sm">
          Comparing people with each other…
        </p>
        <Progress value={data.progress * 100} label="People compared" className="mt-3" />
      </Card>
    );
  }
  if (data.compared < 2) {
    return (
      <Card className="max-w-4xl">
        <EmptyState
          icon={ScanFace}
          title="Nobody to compare yet"
          description="Enrol at least two people. From 20 people on, this page says how many strangers would be accepted."
          action={
            <Button asChild variant="primary">
              <Link href="/import">Import people</Link>
            </Button>
          }
        />
      </Card>
    );
  }
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <Headline accuracy={data} />
      {data.now.strangers === null ? null : (
        <>
          <Suggestions accuracy={data} />
          <ThresholdTable accuracy={data} />
        </>
      )}
      <ClosestPairs pairs={data.closest} />
      <DoubtfulPeople accuracy={data} />
    </div>
  );
}

function Headline({ accuracy }: { accuracy: AccuracyAnswer }) {
  const { now, people, compared, match_trust } = accuracy;
  const count = people.toLocaleString('en');
  return (
    <Card className="p-5">
      <p className="text-lg font-semibold text-balance">
        {now.strangers === null
          ? `${compared === 2 ? 'Two' : compared} people are too few to say how many strangers would be accepted.`
          : `${capital(oneIn(now.strangers))} strangers would be accepted as one of your ${count} people.`}
      </p>
      <p className="mt-2 text-[13px] text-muted">
        {now.strangers === null
          ? 'This needs at least 20 people.'
          : `At the threshold in use, ${match_trust}. Each of ${compared === people ? 'your' : `${compared.toLocaleString('en')} of your`} people stood for a stranger to all the others, with one sample. Poor cameras and people alike (a family, small children) make it worse.`}
      </p>
      {now.strangers !== null && now.seen < 10 ? (
        <p className="mt-2 text-[13px] text-muted">
          Only {now.seen} of them {now.seen === 1 ? 'was' : 'were'} accepted. The rate is an estimate from those who
          nearly were.
        </p>
      ) : null}
    </Card>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
