'use client';
import { distanceOfTrust } from '@kith/sdk';
import { useState } from 'react';
import type { SettingsAnswer } from '@/lib/shared/contract/settings';
import { counted } from '@/lib/shared/text/counted';
import { CALIBRATION, ratesAt } from '@/lib/shared/trust/calibration';
import { acceptedPart, type GalleryDistances } from '@/lib/shared/trust/histogram';
import { Button } from '../../_components/ui/Button';
import { Card, CardHeader } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { NumberInput } from '../../_components/ui/NumberInput';
import { Slider } from '../../_components/ui/Slider';
import { CalibrationPlot } from './CalibrationPlot';
import { FixedNote } from './FixedNote';
import { GalleryPlot } from './GalleryPlot';
import { useSettings } from './useSettings';

/** Step of the slider. Half a unit of trust is finer than any gallery can distinguish. */
const STEP = 0.5;

const percent = (part: number) => `${(part * 100).toFixed(part > 0 && part < 0.1 ? 2 : 1)} %`;

/** Returns the rate of false accepts in words. Below the measured range, it returns a bound. */
function falseAccepts(far: number): string {
  const least = 1 / CALIBRATION.impostor;
  return far < least ? `under ${percent(least)}` : percent(far);
}

interface ThresholdProps {
  settings: SettingsAnswer;
  distances: GalleryDistances;
}

/**
 * Setting of the trust from which a face is recognised. Plots show its effect on measured photos and on the enrolled
 * people.
 */
export function Threshold({ settings, distances }: ThresholdProps) {
  const { save, error, pending } = useSettings();
  const [trust, setTrust] = useState(settings.match_trust);
  const fixed = settings.fixed.includes('match_trust');
  const threshold = distanceOfTrust(trust);
  const { far, tar } = ratesAt(threshold);
  const same = acceptedPart(distances.same, threshold);
  const different = acceptedPart(distances.different, threshold);
  const facts = [
    { label: 'Same person recognised', value: percent(tar) },
    { label: 'Strangers taken for each other', value: falseAccepts(far) },
    { label: 'As a distance', value: Number.isFinite(threshold) && threshold > 0 ? threshold.toFixed(3) : '–' },
  ];
  return (
    <Card className="pb-5">
      <CardHeader
        title="Recognition threshold"
        description="A face is recognised from this trust on. A higher value is stricter: fewer mistakes, but more people are not recognised."
      />
      <form
        noValidate
        className="flex flex-col gap-5 px-5 pt-5"
        onSubmit={(event) => {
          event.preventDefault();
          save({ match_trust: trust });
        }}
      >
        <FixedNote settings={settings} name="match_trust" />
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Field label="Trust" className="w-24">
            <NumberInput min={0} max={100} step="any" value={trust} disabled={fixed} onValue={setTrust} />
          </Field>
          <div className="min-w-48 flex-1 pb-1.5">
            <Slider
              label="Trust from which a face is recognised"
              min={0}
              max={100}
              step={STEP}
              value={Number.isNaN(trust) ? 0 : trust}
              disabled={fixed}
              onValueChange={setTrust}
            />
          </div>
          <Button
            type="submit"
            variant="primary"
            pending={pending}
            disabled={fixed || Number.isNaN(trust) || trust === settings.match_trust}
          >
            Save threshold
          </Button>
        </div>
        {error ? <ErrorNotice error={error} /> : null}
        <dl className="grid gap-3 sm:grid-cols-3">
          {facts.map(({ label, value }) => (
            <div key={label} className="rounded-lg bg-sunken px-4 py-3">
              <dt className="text-[13px] text-muted">{label}</dt>
              <dd className="mt-0.5 text-xl font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      </form>
      <div className="mt-6 px-5">
        <h3 className="text-[13px] font-medium">What the threshold accepts, measured</h3>
        <p className="text-[13px] text-muted">
          On {CALIBRATION.impostor.toLocaleString('en')} pairs of {CALIBRATION.strangers} strangers of all ages, and{' '}
          {CALIBRATION.genuine} pairs of photographs of the same {CALIBRATION.people} adults. For one comparison: a
          stranger is compared with everybody in the gallery. Some groups are confused more often than this average,
          small children above all.
        </p>
        <CalibrationPlot threshold={threshold} />
      </div>
      <div className="mt-6 px-5">
        <h3 className="text-[13px] font-medium">Distances in your own gallery</h3>
        <p className="text-[13px] text-muted">{inOwnGallery({ distances, same, different })}</p>
        {distances.same.pairs + distances.different.pairs > 0 ? (
          <GalleryPlot distances={distances} threshold={threshold} />
        ) : null}
      </div>
    </Card>
  );
}

function inOwnGallery(given: { distances: GalleryDistances; same: number | null; different: number | null }): string {
  const { distances, same, different } = given;
  const pairs = (count: number) => counted(count, 'pair');
  if (same === null && different === null) {
    return 'There is nothing to compare yet. Add samples of two people, or two samples of one person.';
  }
  const ofSame =
    same === null
      ? 'Nobody has two samples yet'
      : `Of ${pairs(distances.same.pairs)} of the same person this threshold accepts ${percent(same)}`;
  const ofDifferent =
    different === null
      ? 'there is only one person yet'
      : `of ${pairs(distances.different.pairs)} of different people ${percent(different)}`;
  return `${ofSame}; ${ofDifferent}. For many samples, only some pairs are counted.`;
}
