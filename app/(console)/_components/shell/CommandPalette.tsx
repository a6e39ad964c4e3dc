'use client';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ImagePlus, Keyboard, Moon, Search, Sun, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { canEditPeople, type Role } from '@/lib/shared/contract/permissions';
import { api } from '../../_lib/api';
import { navigationFor } from '../../_lib/navigation';
import { useShortcut, useSingleKeys } from '../../_lib/useShortcut';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Kbd } from '../ui/Kbd';
import { KeyboardHelp } from './KeyboardHelp';
import { ShellActions } from './ShellActions';

const ITEM =
  'flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-sm data-[selected=true]:bg-accent-soft [&_svg]:size-4 [&_svg]:text-muted';
const GROUP =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';

/** The search of the page in view; a page without one has only the palette. */
const pageSearch = () => document.querySelector<HTMLInputElement>('main input[type=search]');

/** The command palette (Ctrl K or ⌘ K): pages, people and frequent actions. Also handles the global shortcuts. */
export function CommandPalette({ role, children }: { role: Role; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [helping, setHelping] = useState(false);
  const actions = useMemo(() => ({ openPalette: () => setOpen(true), openKeyboardHelp: () => setHelping(true) }), []);
  const [singleKeys] = useSingleKeys();
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setOpen((shown) => !shown);
      }
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useShortcut('?', actions.openKeyboardHelp, { enabled: singleKeys });
  useShortcut(
    '/',
    () => {
      const field = pageSearch();
      if (!field) return actions.openPalette();
      field.focus();
      field.select();
    },
    { enabled: singleKeys },
  );

  const people = useQuery({
    queryKey: ['palette', search],
    queryFn: () => api.people.list({ q: search.trim(), limit: 6 }),
    enabled: open && search.trim().length > 1,
    placeholderData: (before) => before,
  });

  function go(href: string) {
    setOpen(false);
    setSearch('');
    router.push(href);
  }

  return (
    <>
      <ShellActions value={actions}>{children}</ShellActions>
      <KeyboardHelp open={helping} onOpenChange={setHelping} />
      <Command.Dialog
        open={open}
        onOpenChange={setOpen}
        label="Command palette"
        overlayClassName="overlay fade-in"
        contentClassName="rise-in fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-2xl border bg-raised shadow-float"
      >
        <div className="flex items-center gap-3 border-b px-4">
          <Search className="size-4 text-muted" aria-hidden />
          <Command.Input
            value={search}
            onValueChange={setSearch}
            placeholder="Go to a page, a person, an action…"
            className="h-12 w-full bg-transparent text-[15px] outline-none"
          />
        </div>
        <Command.List className="max-h-[50vh] overflow-y-auto p-2">
          {people.error ? <ErrorNotice error={people.error} onRetry={people.refetch} className="mb-1" /> : null}
          {people.error ? null : (
            <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
              {people.isFetching ? 'Searching…' : 'No results.'}
            </Command.Empty>
          )}
          {people.data && people.data.people.length > 0 && search.trim().length > 1 ? (
            <Command.Group heading="People" className={GROUP}>
              {people.data.people.map((person) => (
                <Command.Item
                  key={person.person_id}
                  value={`person ${person.person_id}`}
                  keywords={[search, person.name ?? '']}
                  className={ITEM}
                  onSelect={() => go(`/people/${person.person_id}`)}
                >
                  <UserRound aria-hidden />
                  {person.name ?? person.user_id ?? `Person ${person.person_id}`}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Command.Group heading="Pages" className={GROUP}>
            {navigationFor(role)
              .flatMap((group) => group.items)
              .map(({ href, label, icon: Icon, keywords }) => (
                <Command.Item
                  key={href}
                  value={label}
                  keywords={keywords.split(' ')}
                  className={ITEM}
                  onSelect={() => go(href)}
                >
                  <Icon aria-hidden />
                  {label}
                </Command.Item>
              ))}
          </Command.Group>
          <Command.Group heading="Actions" className={GROUP}>
            {canEditPeople(role) ? (
              <Command.Item
                value="Add photo"
                keywords={['enrol', 'new', 'face', 'sample']}
                className={ITEM}
                onSelect={() => go('/samples?add=1')}
              >
                <ImagePlus aria-hidden />
                Add photo
              </Command.Item>
            ) : null}
            <Command.Item
              value="Switch theme"
              keywords={['dark', 'light']}
              className={ITEM}
              onSelect={() => {
                setTheme(resolvedTheme === 'dark' ? 'light' : 'dark');
                setOpen(false);
              }}
            >
              {resolvedTheme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
              Switch theme
            </Command.Item>
            <Command.Item
              value="Keyboard shortcuts"
              keywords={['keys', 'help']}
              className={ITEM}
              onSelect={() => {
                setOpen(false);
                setHelping(true);
              }}
            >
              <Keyboard aria-hidden />
              Keyboard shortcuts
              {singleKeys ? <Kbd className="ml-auto">?</Kbd> : null}
            </Command.Item>
          </Command.Group>
        </Command.List>
      </Command.Dialog>
    </>
  );
}
