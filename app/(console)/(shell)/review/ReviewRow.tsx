'use client';
import { FileWarning, Smartphone } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { markDistinct } from '@/lib/shared/contract/people';
import type { ReviewItem } from '@/lib/shared/contract/review';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { Badge } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { api, call } from '../../_lib/api';
import { toastUndo } from '../../_lib/toastUndo';
import { toastError } from '../../_lib/useChange';
import { useMergeSoon } from '../../_lib/useMergeSoon';
import { AddSampleForm } from '../samples/AddSampleForm';
import { MoveSamples } from '../samples/SelectionBar';
import { hrefOf, KIND_LABELS, reasonOf, titleOf } from './kinds';

interface ReviewRowProps {
  item: ReviewItem;
  /** It is decided. */
  onSettled: () => void;
  /** The decision was undone. */
  onBack: () => void;
  /** It is to stay as it is. */
  onLeave: () => void;
}

/** One item with its decisions. */
export function ReviewRow({ item, onSettled, onBack, onLeave }: ReviewRowProps) {
  const title = titleOf(item);
  return (
    <li
      data-row
      tabIndex={-1}
      aria-label={`${title}: ${reasonOf(item)}`}
      className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b p-4 last:border-b-0 focus:bg-sunken/60 focus:outline-2 focus:-outline-offset-2 focus:outline-accent sm:px-5"
    >
      <Pictures item={item} />
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link href={hrefOf(item)} data-action="open" className="min-w-0 font-medium break-words hover:underline">
            {title}
          </Link>
          <Badge>{KIND_LABELS[item.kind]}</Badge>
        </p>
        <p className="mt-0.5 text-[13px] text-muted">{reasonOf(item)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Decision item={item} onSettled={onSettled} onBack={onBack} />
        <Button
          size="sm"
          variant="ghost"
          data-action="leave"
          aria-label={item.kind === 'outlier' ? `It is right: ${title}` : `Leave ${title} as it is`}
          onClick={onLeave}
        >
          {item.kind === 'outlier' ? 'It is right' : 'Leave'}
        </Button>
      </div>
    </li>
  );
}

function Pictures({ item }: { item: ReviewItem }) {
  if (item.device_id !== null) return <Smartphone className="size-6 shrink-0 text-muted" aria-hidden />;
  if (item.import_id !== null) return <FileWarning className="size-6 shrink-0 text-muted" aria-hidden />;
  const faces = item.face_ids.length > 0 ? item.face_ids : [null];
  return (
    <span className="flex shrink-0 gap-1">
      {faces.map((id) => (
        <FaceCrop key={id} faceId={id} alt="" className="size-12" />
      ))}
    </span>
  );
}

function Decision({ item, onSettled, onBack }: Omit<ReviewRowProps, 'onLeave'>) {
  const mergeSoon = useMergeSoon();
  const [doing, setDoing] = useState<'move' | 'add' | null>(null);
  const { person, other_person: other } = item;
  const title = titleOf(item);
  const [faceId] = item.face_ids;

  async function attempt(change: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>) {
    try {
      await change();
      onSettled();
      if (undo)
        toastUndo(done, async () => {
          await undo();
          onBack();
        });
    } catch (error) {
      toastError(error);
    }
  }

  switch (item.kind) {
    case 'duplicate':
      if (!person || !other) return null;
      return (
        <>
          <Button
            size="sm"
            data-action="do"
            aria-label={`Merge ${nameOf(other)} into ${nameOf(person)}`}
            onClick={() => {
              if (mergeSoon(other, person, onBack)) onSettled();
            }}
          >
            Merge
          </Button>
          <Button
            size="sm"
            aria-label={`Two people: ${title}`}
            onClick={() =>
              void attempt(
                () => call(markDistinct, { body: { person_id: person.person_id, other_person_id: other.person_id } }),
                'Both are kept.',
              )
            }
          >
            Two people
          </Button>
        </>
      );
    case 'outlier':
      if (faceId === undefined) return null;
      return (
        <>
          <Button
            size="sm"
            data-action="do"
            aria-label={`Move to… (a sample of ${title})`}
            onClick={() => setDoing('move')}
          >
            Move to…
          </Button>
          <MoveSamples
            ids={[faceId]}
            open={doing === 'move'}
            onOpenChange={(open) => setDoing(open ? 'move' : null)}
            onMoved={onSettled}
            exclude={person?.person_id}
          />
        </>
      );
    case 'poor':
    case 'single':
      return (
        <>
          <Button size="sm" data-action="do" aria-label={`Add photo of ${title}`} onClick={() => setDoing('add')}>
            Add photo
          </Button>
          <Dialog
            open={doing === 'add'}
            onOpenChange={(open) => setDoing(open ? 'add' : null)}
            title={`Add a photo of ${title}`}
            className="max-w-2xl"
          >
            <AddSampleForm
              {...(person && { person })}
              onClose={() => setDoing(null)}
              onSaved={() => item.kind === 'single' && onSettled()}
            />
          </Dialog>
        </>
      );
    case 'consent_missing':
      if (!person) return null;
      return (
        <Button
          size="sm"
          data-action="do"
          aria-label={`Consent given: ${title}`}
          onClick={() =>
            void attempt(
              () => api.people.change(person.person_id, { consent_given_at: new Date().toISOString() }),
              `Consent of ${title} is recorded.`,
              () => api.people.change(person.person_id, { consent_given_at: null }),
            )
          }
        >
          Consent given
        </Button>
      );
    case 'consent_ending':
    case 'import':
    case 'device':
      return (
        <Button size="sm" asChild>
          <Link href={hrefOf(item)} data-action="do" aria-label={`Open ${title}`}>
            Open
          </Link>
        </Button>
      );
  }
}
