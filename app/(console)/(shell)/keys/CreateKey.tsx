'use client';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { createKey } from '@/lib/shared/contract/keys';
import { SCOPES, type Scope } from '@/lib/shared/contract/scopes';
import { GroupChoice, type GroupOption } from '../../_components/people/GroupChoice';
import { Checkbox } from '../../_components/ui/Checkbox';
import { CopyField } from '../../_components/ui/CopyField';
import { CreateDialog, type Creating } from '../../_components/ui/CreateDialog';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { call } from '../../_lib/api';

const MEANING: Record<Scope, string> = {
  'faces:read': 'read people and samples',
  'faces:write': 'enrol, change and delete',
  'faces:enrol': 'enrol new people; see, change and delete only what this key added',
  match: 'recognise and compare',
  sync: 'copy the whole gallery',
  'events:write': 'report recognitions',
  admin: 'everything, users and keys too',
};

export function CreateKey({ groups }: { groups: GroupOption[] }) {
  return (
    <CreateDialog<{ key: string }>
      icon={Plus}
      trigger="Create key"
      title="Create API key"
      description="The key is shown only once."
      form={(creating) => <CreateKeyForm {...creating} groups={groups} />}
      shown={({ key }) => <CopyField label="API key" value={key} hint="Copy it now. You will not see it again." />}
    />
  );
}

function CreateKeyForm({ create, actions, groups }: Creating<{ key: string }> & { groups: GroupOption[] }) {
  const [chosen, setChosen] = useState<number[]>([]);
  const id = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['faces:read', 'match']);
  const [expires, setExpires] = useState('');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const limit = chosen.length === 0 ? null : chosen;
        const expires_at = expires ? `${expires}T23:59:59Z` : null;
        void create(() => call(createKey, { body: { name, scopes, groups: limit, expires_at } }));
      }}
    >
      <Field label="Name">
        <Input required autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <fieldset>
        <legend className="mb-2 text-[13px] font-medium">Scopes</legend>
        <div className="flex flex-col gap-2">
          {SCOPES.map((scope) => (
            <div key={scope} className="flex items-center gap-2.5 text-sm">
              <Checkbox
                id={`${id}${scope}`}
                checked={scopes.includes(scope)}
                onCheckedChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
              />
              <label htmlFor={`${id}${scope}`}>
                <span className="font-mono text-[13px]">{scope}</span>{' '}
                <span className="text-muted">{MEANING[scope]}</span>
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      {groups.length > 0 ? (
        <GroupChoice
          legend="Only people in"
          hint="Without a group, the key works on everybody."
          groups={groups}
          chosen={chosen}
          onChange={setChosen}
        />
      ) : null}
      <Field label="Expires on (optional)">
        <Input type="date" value={expires} onChange={(event) => setExpires(event.target.value)} />
      </Field>
      {actions('Create key', { disabled: scopes.length === 0 })}
    </form>
  );
}
