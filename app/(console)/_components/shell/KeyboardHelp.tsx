'use client';
import { useIsApple } from '../../_lib/useIsApple';
import { useSingleKeys } from '../../_lib/useShortcut';
import { Dialog } from '../ui/Dialog';
import { Kbd } from '../ui/Kbd';
import { SwitchField } from '../ui/SwitchField';

/** `Mod` is ⌘ on Apple's keyboards and Ctrl on others. */
const GROUPS: { title: string; shortcuts: [keys: string[], does: string][] }[] = [
  {
    title: 'Anywhere',
    shortcuts: [
      [['Mod', 'K'], 'Go to a page or a person, or do something'],
      [['/'], 'Search the list of this page'],
      [['?'], 'Show these shortcuts'],
      [['Esc'], 'Close a window or a menu'],
    ],
  },
  {
    title: 'Samples',
    shortcuts: [
      [['Enter'], 'Open the sample in focus'],
      [['Space'], 'Select the sample whose box is in focus'],
      [['Esc'], 'Clear the selection'],
    ],
  },
  {
    title: 'Review',
    shortcuts: [
      [['J', 'K'], 'Next and previous'],
      [['O'], 'Open'],
      [['D'], 'Decide'],
      [['L'], 'Leave it as it is'],
    ],
  },
  {
    title: 'Pictures',
    shortcuts: [[['Mod', 'V'], 'Paste a copied picture (Try it, Add photo)']],
  },
  {
    title: 'Tabs, plots and sliders',
    shortcuts: [[['←', '→'], 'To the next tab or day, or by one step']],
  },
];

/** Every shortcut of the console, and a switch for those of a single key. */
export function KeyboardHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const mod = useIsApple() ? '⌘' : 'Ctrl';
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" toRead>
      <div className="flex flex-col gap-5">
        {GROUPS.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3 className="text-xs font-medium text-muted">{title}</h3>
            <dl className="mt-1.5 flex flex-col">
              {shortcuts.map(([keys, does]) => (
                <div
                  key={does}
                  className="flex items-center justify-between gap-4 border-b py-2 text-sm last:border-b-0"
                >
                  <dt className="order-last flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key === 'Mod' ? mod : key}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <div className="border-t pt-4">
          <SwitchField
            label="Shortcuts of a single key"
            hint="/ and ?. Turn them off if you use speech input. Saved in this browser."
            checked={singleKeys}
            onCheckedChange={setSingleKeys}
          />
        </div>
      </div>
    </Dialog>
  );
}
