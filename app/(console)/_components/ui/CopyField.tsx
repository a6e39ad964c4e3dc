'use client';
import { Check, Copy } from 'lucide-react';
import { Button } from './Button';
import { Field } from './Field';
import { Input } from './Input';
import { useCopy } from './useCopy';

/** Text to copy: a link, a key. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { copied, copy } = useCopy();

  return (
    <div className="flex items-end gap-2">
      <Field label={label} hint={hint} className="flex-1">
        <Input
          readOnly
          value={value}
          className="font-mono text-[13px] sm:text-[13px]"
          onFocus={(event) => event.target.select()}
        />
      </Field>
      <Button
        onClick={() => void copy(value)}
        aria-label={`Copy ${label.toLowerCase()}`}
        className={hint ? 'mb-[26px]' : ''}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
