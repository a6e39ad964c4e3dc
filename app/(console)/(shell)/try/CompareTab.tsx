'use client';
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { verifyFace } from '@/lib/shared/contract/faces';
import { PictureInput } from '../../_components/picture/PictureInput';
import { PictureWithBoxes } from '../../_components/picture/PictureWithBoxes';
import { callInputOf } from '../../_components/picture/source';
import { usePicture } from '../../_components/picture/usePicture';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { cn } from '../../_components/ui/cn';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { api } from '../../_lib/api';

type Verdict = z.output<(typeof verifyFace)['answer']>;

/** Returns the largest face of a picture, which a comparison uses. */
function useLargestFace() {
  return usePicture(async (source, signal) => {
    const { faces } = await api.faces.detect({ ...callInputOf(source), signal });
    const [largest] = faces;
    if (!largest) throw new Error('There is no face in this picture. Choose another.');
    return largest;
  });
}

export function CompareTab() {
  const first = useLargestFace();
  const second = useLargestFace();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);

  async function compare() {
    if (!first.source || !second.source) return;
    setPending(true);
    setError(null);
    const one = callInputOf(first.source);
    const two = callInputOf(second.source, '_2');
    const files = one.files || two.files ? { ...one.files, ...two.files } : undefined;
    try {
      setVerdict(await api.faces.verify({ body: { ...one.body, ...two.body }, files }));
    } catch (failure) {
      setVerdict(null);
      setError(failure);
    } finally {
      setPending(false);
    }
  }

  function pick(which: ReturnType<typeof useLargestFace>): ReturnType<typeof useLargestFace>['pick'] {
    return (source) => {
      setVerdict(null);
      return which.pick(source);
    };
  }

  return (
    <>
      <div className="grid gap-5 md:grid-cols-2">
        <Side title="First picture" urlLabel="First image URL" picture={first} onPick={pick(first)} />
        <Side title="Second picture" urlLabel="Second image URL" picture={second} onPick={pick(second)} />
      </div>
      <div className="mt-5 flex flex-col items-center gap-4">
        <Button
          variant="primary"
          size="lg"
          disabled={!first.result || !second.result}
          pending={pending}
          onClick={() => void compare()}
        >
          Compare
        </Button>
        {error ? <ErrorNotice error={error} /> : null}
        <div aria-live="polite" className="w-full max-w-md">
          {verdict ? <VerdictCard verdict={verdict} /> : null}
        </div>
      </div>
    </>
  );
}

interface SideProps {
  title: string;
  urlLabel: string;
  picture: ReturnType<typeof useLargestFace>;
  onPick: ReturnType<typeof useLargestFace>['pick'];
}

function Side({ title, urlLabel, picture: { preview, result, error, pending }, onPick }: SideProps) {
  return (
    <Card className="p-5">
      <h2 className="mb-3 text-[15px] font-semibold">{title}</h2>
      <PictureInput action="Load" urlLabel={urlLabel} pasteAnywhere={false} pending={pending} onPick={onPick} />
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {preview ? (
        <PictureWithBoxes
          preview={preview}
          alt={title}
          faces={result ? [{ position: result.position, label: 'Compared', tone: 'known' }] : []}
          selected={null}
          className="mt-4"
        />
      ) : null}
    </Card>
  );
}

function VerdictCard({ verdict }: { verdict: Verdict }) {
  const Icon = verdict.match ? CircleCheck : CircleX;
  return (
    <Card
      className={cn('flex items-center gap-4 p-5', verdict.match ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad')}
    >
      <Icon className="size-8 shrink-0" aria-hidden />
      <div>
        <p className="text-lg font-semibold">{verdict.match ? 'The same person' : 'Not the same person'}</p>
        <p className="text-sm">
          Trust {verdict.trust} of 100, distance {verdict.distance.toFixed(3)}
        </p>
      </div>
    </Card>
  );
}
