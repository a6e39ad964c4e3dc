'use client';
import { useId } from 'react';
import { Checkbox } from '../ui/Checkbox';
import { GroupDot } from './GroupDot';

export interface GroupOption {
  group_id: number;
  name: string;
  colour: string | null;
}

interface GroupChoiceProps {
  legend: string;
  hint?: string;
  groups: readonly GroupOption[];
  /** Ids of the chosen groups. */
  chosen: readonly number[];
  onChange: (chosen: number[]) => void;
}

/** Chooses any number of groups. */
export function GroupChoice({ legend, hint, groups, chosen, onChange }: GroupChoiceProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={hint ? `${id}hint` : undefined}>
      <legend className="mb-2 text-[13px] font-medium">{legend}</legend>
      {groups.length === 0 ? (
        <p className="text-sm text-muted">There are no groups yet.</p>
      ) : (
        <div className="flex max-h-52 flex-col gap-2 overflow-y-auto rounded-lg border p-3">
          {groups.map(({ group_id, name, colour }) => (
            <div key={group_id} className="flex items-center gap-2.5 text-sm">
              <Checkbox
                id={`${id}${group_id}`}
                checked={chosen.includes(group_id)}
                onCheckedChange={(on) =>
                  onChange(on ? [...chosen, group_id] : chosen.filter((other) => other !== group_id))
                }
              />
              <label htmlFor={`${id}${group_id}`} className="flex min-w-0 items-center gap-2">
                <GroupDot colour={colour} />
                <span className="truncate">{name}</span>
              </label>
            </div>
          ))}
        </div>
      )}
      {hint ? (
        <p id={`${id}hint`} className="mt-1.5 text-[13px] text-muted">
          {hint}
        </p>
      ) : null}
    </fieldset>
  );
}
