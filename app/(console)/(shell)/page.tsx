import { CircleCheck, Fingerprint } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { listDevices } from '@/lib/server/access/devices/store';
import { type Overview, overview } from '@/lib/server/people/overview';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery, type Role } from '@/lib/shared/contract/permissions';
import { FirstFaces } from '../_components/faces/FirstFaces';
import { nameOf } from '../_components/people/nameOf';
import { Card, CardHeader } from '../_components/ui/Card';
import { EmptyState } from '../_components/ui/EmptyState';
import { PageHeader } from '../_components/ui/PageHeader';
import { Time } from '../_components/ui/Time';
import { HEADINGS } from '../_lib/headings';
import { requireAccount } from '../_lib/session';
import { LikelyDuplicates } from './LikelyDuplicates';
import { RecognitionsPlot } from './RecognitionsPlot';
import { ReviewCounts } from './review/ReviewCounts';

export const metadata: Metadata = { title: HEADINGS.overview.title };

export default async function OverviewPage() {
  const { role } = await requireAccount(canReadGallery);
  const db = await database();
  const facts = await overview(db);
  const devices = (await listDevices(db)).filter((device) => device.pairedAt && !device.revokedAt);
  const samples = facts.samples.good + facts.samples.fair + facts.samples.poor;
  if (samples === 0 && facts.people === 0) return <FirstSteps role={role} />;
  return (
    <>
      <PageHeader {...HEADINGS.overview} />
      <ul className="grid grid-cols-2 gap-4 lg:grid-cols-4" aria-label="At a glance">
        {(
          [
            ['People', facts.people, '/people'],
            ['Samples', samples, '/samples'],
            ['Recognitions today', facts.today, '/events'],
            ['Devices', devices.length, '/devices'],
          ] as const
        ).map(([label, count, href]) => (
          <li key={label}>
            <Card className="relative flex h-full flex-col-reverse justify-end gap-1 p-5 hover:bg-sunken/50">
              <span className="text-3xl font-semibold tracking-tight tabular-nums">{count.toLocaleString('en')}</span>
              <Link href={href} className="text-[13px] text-muted after:absolute after:inset-0">
                {label}
              </Link>
            </Card>
          </li>
        ))}
      </ul>
      <div className="mt-5 grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <Card>
          <CardHeader title="Recognitions" description="Last 14 days, known and unknown." />
          <RecognitionsPlot days={facts.days} />
        </Card>
        <div className="flex flex-col gap-5 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <QualityCard samples={facts.samples} total={samples} />
          <AttentionCard facts={facts} />
          {devices.length > 0 ? <DevicesCard devices={devices} /> : null}
          {canEditPeople(role) ? <ReviewCounts /> : null}
        </div>
        {/* The last, since it grows while the server looks through the samples. */}
        <LikelyDuplicates editable={canEditPeople(role)} />
      </div>
    </>
  );
}

function FirstSteps({ role }: { role: Role }) {
  return (
    <>
      <PageHeader {...HEADINGS.overview} description="Kith is ready. No people yet." />
      <Card>
        <EmptyState
          icon={Fingerprint}
          title="Add your first people"
          description="Upload a photo, or import a list or folder of photos."
          action={canEditPeople(role) ? <FirstFaces /> : null}
        />
      </Card>
    </>
  );
}

function QualityCard({ samples, total }: { samples: Overview['samples']; total: number }) {
  const bands = [
    ['Good', samples.good, 'bg-good', 'good'],
    ['Fair', samples.fair, 'bg-warn', 'fair'],
    ['Poor', samples.poor, 'bg-bad', 'poor'],
  ] as const;
  return (
    <Card>
      <CardHeader title="Samples by quality" />
      <div className="p-5">
        <div className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken" aria-hidden>
          {bands.map(([label, count, colour]) =>
            count === 0 ? null : <span key={label} className={colour} style={{ width: `${(count / total) * 100}%` }} />,
          )}
        </div>
        <ul className="mt-3 flex justify-between text-sm">
          {bands.map(([label, count, , band]) => (
            <li key={label}>
              <Link href={`/samples?quality=${band}`} className="hover:underline">
                {label} <span className="text-muted tabular-nums">{count}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function AttentionCard({ facts }: { facts: Overview }) {
  const nothing = facts.needSamples.length === 0 && facts.failedImports.length === 0;
  return (
    <Card>
      <CardHeader title="Needs attention" />
      {nothing ? (
        <p className="flex items-center gap-2 p-5 text-sm text-muted">
          <CircleCheck className="size-4 text-good" aria-hidden />
          Nothing right now.
        </p>
      ) : (
        <ul className="flex flex-col gap-2 p-5 text-sm">
          {facts.needSamples.map((person) => (
            <li key={person.id}>
              <Link href={`/people/${person.id}`} className="font-medium hover:underline">
                {nameOf({ person_id: person.id, name: person.name, user_id: person.external_id })}
              </Link>{' '}
              <span className="text-muted">has no good sample</span>
            </li>
          ))}
          {facts.failedImports.map((one) => (
            <li key={one.id}>
              <Link href={`/import/${one.id}`} className="font-medium hover:underline">
                {one.name}
              </Link>{' '}
              <span className="text-muted">has {one.failed === 1 ? '1 failed row' : `${one.failed} failed rows`}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Largest number of devices on the overview. */
const SHOWN_DEVICES = 5;

function DevicesCard({ devices }: { devices: { id: number; name: string; lastContactAt: Date | null }[] }) {
  return (
    <Card>
      <CardHeader
        title="Devices"
        action={
          devices.length > SHOWN_DEVICES ? (
            <Link href="/devices" className="text-[13px] text-accent hover:underline">
              All {devices.length}
            </Link>
          ) : null
        }
      />
      <ul className="flex flex-col gap-2 p-5 text-sm">
        {devices.slice(0, SHOWN_DEVICES).map((device) => (
          <li key={device.id} className="flex justify-between gap-3">
            <span className="truncate">{device.name}</span>
            <span className="text-muted">
              {device.lastContactAt ? (
                <>
                  <span className="sr-only">last contact </span>
                  <Time value={device.lastContactAt} />
                </>
              ) : (
                'no contact yet'
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
