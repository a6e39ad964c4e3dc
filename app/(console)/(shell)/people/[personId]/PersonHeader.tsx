import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { person as personSchema } from '@/lib/shared/contract/people';
import { counted } from '@/lib/shared/text/counted';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { nameOf } from '../../../_components/people/nameOf';
import { Badge } from '../../../_components/ui/Badge';

export type Person = z.output<typeof personSchema>;

function consentOf(person: Person): { tone: 'good' | 'warn' | 'bad'; text: string } {
  if (person.consent_given_at === null) return { tone: 'warn', text: 'no consent recorded' };
  if (person.consent_until === null) return { tone: 'good', text: 'consent given' };
  const until = person.consent_until.slice(0, 10);
  return new Date(person.consent_until) < new Date()
    ? { tone: 'bad', text: `consent ended ${until}` }
    : { tone: 'good', text: `consent until ${until}` };
}

export function PersonHeader({ person, actions }: { person: Person; actions: ReactNode }) {
  const consent = consentOf(person);
  return (
    <header className="mb-6 flex flex-wrap items-center gap-x-5 gap-y-4">
      <FaceCrop faceId={person.best_face_id} alt="" className="size-18 rounded-2xl" />
      <div className="min-w-40 flex-1">
        <h1 className="truncate text-2xl font-semibold tracking-tight">{nameOf(person)}</h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {person.user_id ? <span className="min-w-0">ID {person.user_id}</span> : null}
          <span>{counted(person.samples, 'sample')}</span>
          <Badge tone={consent.tone}>{consent.text}</Badge>
        </p>
      </div>
      {actions}
    </header>
  );
}
