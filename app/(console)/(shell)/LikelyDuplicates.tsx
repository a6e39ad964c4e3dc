'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, Merge } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { listDuplicates, markDistinct } from '@/lib/shared/contract/people';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { FaceCrop } from '../_components/faces/FaceCrop';
import { nameOf } from '../_components/people/nameOf';
import { Button } from '../_components/ui/Button';
import { Card, CardHeader } from '../_components/ui/Card';
import { Dialog, DialogActions } from '../_components/ui/Dialog';
import { ErrorNotice } from '../_components/ui/ErrorNotice';
import { call } from '../_lib/api';
import { useChange } from '../_lib/useChange';
import { useMergeSoon } from '../_lib/useMergeSoon';

type Duplicates = z.output<(typeof listDuplicates)['answer']>;
type Pair = Duplicates['pairs'][number];

const QUERY = ['people', 'duplicates'];
/** Polling interval while the server searches the gallery, ms. */
const AGAIN_MS = 1_000;

const keyOf = ({ people: [one, other] }: Pair) => `${one.person_id} ${other.person_id}`;

/**
 * Lists likely duplicates. The server searches some samples per request, so the list may grow while the page is open.
 */
export function LikelyDuplicates({ editable }: { editable: boolean }) {
  const { data, error, refetch } = useQuery({
    queryKey: QUERY,
    queryFn: () => call(listDuplicates, { query: { limit: 5 } }),
    refetchInterval: ({ state }) => (state.data?.complete === false ? AGAIN_MS : false),
  });
  const [open, setOpen] = useState<Pair | null>(null);
  const pairs = data?.pairs ?? [];
  return (
    <Card>
      <CardHeader title="Likely duplicates" description="People whose samples match each other." />
      <div className="min-h-17 p-5 text-sm">
        {error ? <ErrorNotice error={error} onRetry={refetch} /> : null}
        {pairs.length === 0 && !error ? (
          <p role="status" className="text-muted">
            {data?.complete ? 'No likely duplicates.' : 'Searching the samples…'}
          </p>
        ) : null}
        <ul className="flex flex-col gap-2" aria-label="Likely duplicates">
          {pairs.map((pair) => (
            <li key={keyOf(pair)} className="flex items-center gap-3">
              <span className="flex shrink-0 -space-x-2">
                {pair.face_ids.map((id) => (
                  <FaceCrop key={id} faceId={id} alt="" className="size-9 rounded-full ring-2 ring-surface" />
                ))}
              </span>
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2 font-medium">{pair.people.map(nameOf).join(' and ')}</span>
                <span className="block text-xs text-muted">trust {wholeTrust(pair.trust)}</span>
              </span>
              <Button
                size="sm"
                aria-label={`Compare ${pair.people.map(nameOf).join(' and ')}`}
                onClick={() => setOpen(pair)}
              >
                Compare
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <Dialog
        open={open !== null}
        onOpenChange={() => setOpen(null)}
        title="The same person?"
        description="Two people whose samples look alike."
      >
        {open ? <Decision pair={open} editable={editable} onClose={() => setOpen(null)} /> : null}
      </Dialog>
    </Card>
  );
}

function Decision({ pair, editable, onClose }: { pair: Pair; editable: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const { run, error, pending } = useChange();
  const mergeSoon = useMergeSoon();
  const [keepIndex, setKeepIndex] = useState<0 | 1>(0);
  const keep = pair.people[keepIndex];
  const other = pair.people[keepIndex === 0 ? 1 : 0];

  async function settle(change: () => Promise<unknown>, done: string) {
    await run(change, {
      done,
      after: () => {
        onClose();
        void queries.invalidateQueries({ queryKey: QUERY });
      },
    });
  }

  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        {pair.people.map((person, index) => (
          <figure key={person.person_id} className="min-w-0 text-sm">
            <FaceCrop faceId={pair.face_ids[index] ?? null} alt={`Sample of ${nameOf(person)}`} className="w-full" />
            <figcaption className="mt-2">
              <a href={`/people/${person.person_id}`} className="block truncate font-medium hover:underline">
                {nameOf(person)}
              </a>
              <span className="block text-[13px] text-muted">
                {person.user_id ? `ID ${person.user_id} · ` : ''}
                {person.samples === 1 ? '1 sample' : `${person.samples} samples`}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
      <p className="mt-4 text-sm text-muted">
        Trust {wholeTrust(pair.trust)} of 100, distance {pair.distance.toFixed(3)}.
      </p>
      {editable ? (
        <fieldset className="mt-4">
          <legend className="mb-2 text-[13px] font-medium">Keep this entry</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
            {pair.people.map((person, index) => (
              <label key={person.person_id} className="flex items-center gap-2">
                <input
                  type="radio"
                  name="keep"
                  className="size-4 accent-accent"
                  checked={keepIndex === index}
                  onChange={() => setKeepIndex(index === 0 ? 0 : 1)}
                />
                {nameOf(person)}
                <span className="text-muted">#{person.person_id}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        {editable ? (
          <>
            <Button
              disabled={pending}
              onClick={() =>
                void settle(
                  () => call(markDistinct, { body: { person_id: keep.person_id, other_person_id: other.person_id } }),
                  'Both are kept.',
                )
              }
            >
              Keep both
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                mergeSoon(other, keep);
                onClose();
              }}
            >
              <Merge aria-hidden />
              Merge into {nameOf(keep)}
            </Button>
          </>
        ) : (
          <Button asChild>
            <a href={`/people/${keep.person_id}`}>
              Open {nameOf(keep)}
              <ArrowRight aria-hidden />
            </a>
          </Button>
        )}
      </DialogActions>
    </>
  );
}
