'use client';
import { RotateCcw, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { samplesWantedText } from '@/lib/shared/trust/samplesWanted';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { type Attribute, AttributeRows, argsOf } from '../../_components/faces/AttributeRows';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { nameOf } from '../../_components/people/nameOf';
import { PersonPicker, type PickedPerson } from '../../_components/people/PersonPicker';
import { PictureInput } from '../../_components/picture/PictureInput';
import { FaceOfPicture, PictureWithBoxes } from '../../_components/picture/PictureWithBoxes';
import { callInputOf } from '../../_components/picture/source';
import { useFaceChoice } from '../../_components/picture/useFaceChoice';
import { Button } from '../../_components/ui/Button';
import { DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { Skeleton } from '../../_components/ui/Skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../_components/ui/Tabs';
import { api } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

interface AddSampleFormProps {
  onClose: () => void;
  /** The person, if known already. */
  person?: PickedPerson;
  /** Called with the person of the saved sample. */
  onSaved?: (person: PickedPerson) => void;
}

/** Shows a warning for as long as it takes to read. */
const warnOf = (text: string) => toast.warning(text, { duration: 12_000 });

export function AddSampleForm({ onClose, person: given, onSaved }: AddSampleFormProps) {
  const choice = useFaceChoice();
  const { run, error, pending, clear } = useChange();
  const [whose, setWhose] = useState<'new' | 'known'>(given ? 'known' : 'new');
  const [person, setPerson] = useState<PickedPerson | null>(given ?? null);
  const [name, setName] = useState('');
  const [userId, setUserId] = useState('');
  const [attributes, setAttributes] = useState<Attribute[]>([]);
  const { source, preview, chosen } = choice;

  async function save() {
    if (!source || !chosen) return;
    const { body, files } = callInputOf(source);
    const unique_args = {
      ...argsOf(attributes),
      ...(whose === 'new' && name.trim() ? { user_name: name.trim() } : {}),
      ...(whose === 'new' && userId.trim() ? { user_id: userId.trim() } : {}),
    };
    const person_id = whose === 'known' ? person?.person_id : undefined;
    await run(() => api.faces.enrol({ body: { ...body, unique_args, person_id, position: chosen.position }, files }), {
      done: ({ person, duplicate, disagrees, more_samples }) => {
        if (disagrees)
          warnOf(
            `This face does not look like the other samples of ${person ? nameOf(person) : 'this person'}. Check whom the picture shows.`,
          );
        const wanted = person ? samplesWantedText(nameOf(person), more_samples) : null;
        if (wanted) warnOf(wanted);
        if (!duplicate) return person ? `Added a sample of ${nameOf(person)}.` : 'The sample is added.';
        return person
          ? `This picture is a sample of ${nameOf(person)} already. Nothing was added.`
          : 'This picture is a sample already. Nothing was added.';
      },
      after: ({ person: saved }) => {
        onClose();
        if (saved) onSaved?.(saved);
      },
    });
  }

  if (!preview) {
    return (
      <>
        <PictureInput autoFocus action="Load" pending={choice.pending} onPick={choice.pick} />
        {choice.error ? <ErrorNotice error={choice.error} className="mt-4" /> : null}
        {choice.pending ? <Skeleton className="mt-4 aspect-video w-full" /> : null}
      </>
    );
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PictureWithBoxes preview={preview} alt="The picture to add" {...choice.boxes} className="max-h-[45vh]" />
      <div className="mt-2 flex items-center justify-between gap-2 text-[13px] text-muted">
        <span aria-live="polite">
          {choice.pending
            ? 'Looking for faces…'
            : choice.mustChoose
              ? `${choice.faces.length} faces: choose one in the picture.`
              : chosen
                ? 'The face in the box is added.'
                : ''}
        </span>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            clear();
            choice.reset();
          }}
        >
          <RotateCcw aria-hidden />
          Choose another picture
        </Button>
      </div>
      {choice.error ? <ErrorNotice error={choice.error} className="mt-2" /> : null}

      {chosen ? (
        <>
          <LooksLike
            choice={choice}
            intended={whose === 'known' ? (person?.person_id ?? null) : null}
            onAccept={(known) => {
              setPerson(known);
              setWhose('known');
            }}
          />
          <Tabs value={whose} onValueChange={(value) => setWhose(value as typeof whose)} className="mt-5">
            <TabsList aria-label="Whose face it is">
              <TabsTrigger value="new">New person</TabsTrigger>
              <TabsTrigger value="known">Someone known</TabsTrigger>
            </TabsList>
            <TabsContent value="new" className="mt-4 grid gap-4 sm:grid-cols-2">
              <Field label="Name">
                <Input value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
              </Field>
              <Field label="User ID" hint="Your own ID of the person, if any.">
                <Input value={userId} onChange={(event) => setUserId(event.target.value)} autoComplete="off" />
              </Field>
            </TabsContent>
            <TabsContent value="known" className="mt-4">
              <PersonPicker label="Person" value={person} onChange={setPerson} />
            </TabsContent>
          </Tabs>
          <div className="mt-4">
            <AttributeRows rows={attributes} onChange={setAttributes} />
          </div>
        </>
      ) : null}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          disabled={!chosen || (whose === 'known' && person === null)}
        >
          Save sample
        </Button>
      </DialogActions>
    </form>
  );
}

interface LooksLikeProps {
  choice: ReturnType<typeof useFaceChoice>;
  /** The intended person, whose match is expected. */
  intended: number | null;
  onAccept: (person: PickedPerson) => void;
}

/** Shows both pictures side by side if the face matches a known person. */
function LooksLike({ choice: { chosen, preview }, intended, onAccept }: LooksLikeProps) {
  const candidate = chosen?.face_id ? chosen.candidates[0] : undefined;
  if (!candidate || !preview || !chosen) return null;
  const { person } = candidate;
  if (person && person.person_id === intended) return null;
  return (
    <div role="status" className="mt-4 flex flex-wrap items-center gap-4 rounded-xl bg-warn-soft p-4 text-sm text-warn">
      <div className="flex gap-2">
        <FaceOfPicture preview={preview} box={chosen.position} alt="The face to add" className="size-16" />
        <FaceCrop faceId={candidate.face_id} alt={person ? nameOf(person) : 'Known sample'} className="size-16" />
      </div>
      <div className="min-w-40 flex-1">
        <p className="flex items-center gap-1.5 font-medium">
          <TriangleAlert className="size-4 shrink-0" aria-hidden />
          This looks like{' '}
          {person ? (
            <Link href={`/people/${person.person_id}`} target="_blank" className="underline">
              {nameOf(person)}
            </Link>
          ) : (
            'a known face'
          )}
        </p>
        <p className="mt-0.5">Trust {wholeTrust(candidate.trust)} of 100.</p>
      </div>
      {person ? (
        <Button size="sm" onClick={() => onAccept({ ...person, best_face_id: candidate.face_id })}>
          Add to {nameOf(person)}
        </Button>
      ) : null}
    </div>
  );
}
