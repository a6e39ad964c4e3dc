'use client';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { eraseImages, type SettingsAnswer, STORE_IMAGES, type StoreImages } from '@/lib/shared/contract/settings';
import { counted } from '@/lib/shared/text/counted';
import { Button } from '../../_components/ui/Button';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import { FixedNote } from './FixedNote';
import { SettingsForm } from './SettingsForm';

type Kind = 'crop' | 'original';

const CHOICES: Record<StoreImages, { label: string; meaning: string }> = {
  none: { label: 'No pictures', meaning: 'Only the encoding. People and samples have no picture.' },
  crop: { label: 'The face', meaning: 'A small picture of the face alone, 256 pixels at most.' },
  original: {
    label: 'The face and the whole picture',
    meaning: 'Also the original picture: more data to protect, and more space.',
  },
};

const KINDS: Record<Kind, { one: string; many: string; after: string }> = {
  original: { one: 'whole picture', many: 'whole pictures', after: 'The pictures of the faces stay.' },
  crop: {
    one: 'picture of a face',
    many: 'pictures of faces',
    after: 'People and samples are then shown without a face.',
  },
};

const picturesInWords = (count: number, kind: Kind) => counted(count, KINDS[kind].one, KINDS[kind].many);

interface PicturesProps {
  settings: SettingsAnswer;
  /** Numbers of stored pictures. */
  kept: Record<Kind, number>;
}

/** Settings of stored pictures, and actions to erase stored ones. */
export function Pictures({ settings, kept }: PicturesProps) {
  const id = useId();
  const { run } = useChange();
  const [choice, setChoice] = useState(settings.store_images);
  const [erasing, setErasing] = useState<Kind | null>(null);
  const fixed = settings.fixed.includes('store_images');
  return (
    <SettingsForm
      title="Pictures"
      description="What is stored of a photo when you add a person. Photos that are only recognised are never stored."
      action="Save pictures"
      change={fixed || choice === settings.store_images ? null : { store_images: choice }}
      below={
        <>
          <div className="mx-5 mt-5 border-t pt-4">
            <h3 className="text-[13px] font-medium">Kept now</h3>
            <ul className="mt-2 flex flex-col gap-2">
              {(['original', 'crop'] as const).map((kind) => (
                <li key={kind} className="flex flex-wrap items-center justify-between gap-2 text-sm">
                  <span className="tabular-nums">{picturesInWords(kept[kind], kind)}</span>
                  <Button
                    size="sm"
                    variant="quietDanger"
                    disabled={kept[kind] === 0}
                    onClick={() => setErasing(kind)}
                    aria-label={`Erase all ${KINDS[kind].many}`}
                  >
                    Erase all
                  </Button>
                </li>
              ))}
            </ul>
          </div>
          <ConfirmDialog
            open={erasing !== null}
            onOpenChange={(open) => !open && setErasing(null)}
            title={erasing ? `Erase all ${KINDS[erasing].many}` : ''}
            description={
              erasing
                ? `${picturesInWords(kept[erasing], erasing)} ${kept[erasing] === 1 ? 'is' : 'are'} erased for good. ${KINDS[erasing].after} Everybody is recognised as before.`
                : ''
            }
            action="Erase"
            onConfirm={async () => {
              if (!erasing) return;
              const { erased } = await call(eraseImages, { body: { kind: erasing } });
              toast.success(`${picturesInWords(erased, erasing)} ${erased === 1 ? 'was' : 'were'} erased.`);
              await run(async () => undefined);
            }}
          />
        </>
      }
    >
      <FixedNote settings={settings} name="store_images" />
      <fieldset className="flex flex-col gap-3" disabled={fixed}>
        <legend className="sr-only">What is stored of a picture</legend>
        {STORE_IMAGES.map((value) => (
          <div key={value} className="flex items-start gap-3 text-sm">
            <input
              type="radio"
              id={`${id}${value}`}
              name="store_images"
              value={value}
              checked={choice === value}
              onChange={() => setChoice(value)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <label htmlFor={`${id}${value}`}>
              <span className="font-medium">{CHOICES[value].label}</span>
              <span className="block text-[13px] text-muted">{CHOICES[value].meaning}</span>
            </label>
          </div>
        ))}
      </fieldset>
      {choice === settings.store_images ? null : (
        <p className="rounded-lg bg-sunken px-3.5 py-2.5 text-[13px] text-muted">
          This is for samples added from now on. Stored pictures stay until you erase them below. A picture that was not
          stored cannot be restored.
        </p>
      )}
    </SettingsForm>
  );
}
