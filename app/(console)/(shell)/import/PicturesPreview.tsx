'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { foldName } from '@/lib/shared/text/foldName';
import type { LeftOut } from '@/lib/shared/text/leftOut';
import type { NamesFrom } from '@/lib/shared/text/personsOfPaths';
import { planPictures } from '@/lib/shared/text/planPictures';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { Progress } from '../../_components/ui/Progress';
import type { ChosenSource, SourceFile } from './chosenSources';
import { counted } from './counted';
import { LeftOutFiles } from './LeftOutFiles';
import { PersonPreview } from './PersonPreview';
import { sendPictures } from './sendImport';

/** Everything that was chosen shows one person. */
type Naming = NamesFrom | 'one';

const NAMINGS: [Naming, string][] = [
  ['auto', 'Folders, or files where there are none'],
  ['folders', 'Folders'],
  ['inner-folders', 'Folders inside folders'],
  ['files', 'File names'],
  ['one', 'All pictures show one person'],
];

/** People shown at first, and by each click more. */
const PAGE = 30;

interface Group {
  /** The name by the path: what an edited name belongs to. */
  key: string;
  files: SourceFile[];
}

/** Who would be enrolled from which picture, before anything is sent: names are edited and pictures left out here. */
export function PicturesPreview({ sources }: { sources: ChosenSource[] }) {
  const router = useRouter();
  const [naming, setNaming] = useState<Naming>('auto');
  const [onlyName, setOnlyName] = useState('');
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [dropped, setDropped] = useState<ReadonlySet<SourceFile>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { groups, leftOut } = useMemo(() => planOf(sources, naming), [sources, naming]);

  const nameOf = ({ key }: Group) => (naming === 'one' ? onlyName : (names.get(key) ?? key));
  const used = (group: Group) => group.files.filter((file) => !dropped.has(file));
  const kept = groups.filter((group) => used(group).length > 0);
  const people = new Map<string, number>();
  for (const group of kept) people.set(foldName(nameOf(group)), (people.get(foldName(nameOf(group))) ?? 0) + 1);
  const pictures = kept.flatMap((group) =>
    used(group).map((file) => ({ path: file.shown, person: foldName(nameOf(group)), file: file.file })),
  );
  const unnamed = kept.filter((group) => foldName(nameOf(group)) === '').length;
  const contents = `${counted(pictures.length, 'picture', 'pictures')} of ${counted(people.size, 'person', 'people')}`;

  async function start() {
    setSent(0);
    setError(null);
    try {
      router.push(`/import/${await sendPictures(contents, pictures, setSent)}`);
    } catch (failure) {
      setError(failure);
      setSent(null);
    }
  }

  function toggle(file: SourceFile) {
    const next = new Set(dropped);
    if (!next.delete(file)) next.add(file);
    setDropped(next);
  }

  return (
    <section aria-label="Check before start" className="mt-5 border-t pt-5">
      <p className="text-sm" role="status">
        {groups.length === 0
          ? 'There are no pictures in it that can be used.'
          : `${contents}${dropped.size > 0 ? `, ${counted(dropped.size, 'picture', 'pictures')} left out by you` : ''}. Nothing has been sent.`}
      </p>
      <LeftOutFiles files={leftOut} />
      {groups.length > 0 ? (
        <>
          <div className="mt-4 grid gap-4 sm:grid-cols-2">
            <Field label="Names come from">
              <Select
                className="w-full"
                value={naming}
                onChange={(event) => {
                  setNaming(event.target.value as Naming);
                  setNames(new Map());
                }}
              >
                {NAMINGS.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
            {naming === 'one' ? (
              <Field label="Name of the person">
                <Input value={onlyName} maxLength={200} onChange={(event) => setOnlyName(event.target.value)} />
              </Field>
            ) : null}
          </div>
          <ul className="mt-4 divide-y rounded-xl border" aria-label="People">
            {groups.slice(0, shown).map((group) => (
              <PersonPreview
                key={group.key}
                name={nameOf(group)}
                files={group.files}
                dropped={dropped}
                isShared={(people.get(foldName(nameOf(group))) ?? 0) > 1}
                {...(naming === 'one'
                  ? {}
                  : { onRename: (name: string) => setNames(new Map(names).set(group.key, name)) })}
                onToggle={toggle}
              />
            ))}
          </ul>
          {groups.length > shown ? (
            <Button className="mt-3" onClick={() => setShown(shown + PAGE)}>
              Show more people ({groups.length - shown} left)
            </Button>
          ) : null}
          {error ? <ErrorNotice error={error} className="mt-4" /> : null}
          {unnamed > 0 ? (
            <p className="mt-4 text-sm text-warn">
              {naming === 'one'
                ? 'Give the person a name.'
                : `${counted(unnamed, 'person has', 'people have')} no name.`}
            </p>
          ) : null}
          {sent === null ? (
            <Button
              variant="primary"
              className="mt-4"
              disabled={pictures.length === 0 || unnamed > 0}
              onClick={() => void start()}
            >
              Start import
            </Button>
          ) : (
            <Progress className="mt-4" label="Sending pictures" value={(sent / pictures.length) * 100} />
          )}
        </>
      ) : null}
    </section>
  );
}

function planOf(sources: readonly ChosenSource[], naming: Naming): { groups: Group[]; leftOut: LeftOut[] } {
  const groups = new Map<string, Group>();
  const leftOut: LeftOut[] = [];
  for (const { files, wrapped } of sources) {
    const plan = planPictures(files, { wrapped, namesFrom: naming === 'one' ? 'auto' : naming });
    leftOut.push(...plan.leftOut);
    for (const { file, person } of plan.pictures) {
      const key = naming === 'one' ? 'one' : person;
      const group = groups.get(key) ?? { key, files: [] };
      group.files.push(file);
      groups.set(key, group);
    }
  }
  return { groups: [...groups.values()], leftOut };
}
