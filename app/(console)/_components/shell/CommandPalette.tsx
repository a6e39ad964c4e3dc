'use client';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ImagePlus, Moon, Search, Sun, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { canEditPeople, type Role } from '@/lib/accounts/permissions';
import { api } from '../../_lib/api';
import { navigationFor } from '../../_lib/navigation';
import { Button } from '../ui/Button';

const ITEM =
  'flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-sm data-[selected=true]:bg-sunken [&_svg]:size-4 [&_svg]:text-muted';
const GROUP = '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';

/** Ctrl K or ⌘ K anywhere: every page, every person, the commonest actions. */
export function CommandPalette({ role }: { role: Role }) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
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

  const people = useQuery({
    queryKey: ['palette', search],
    queryFn: () => api.people.list({ search, limit: 6 }),
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
      <Button
        onClick={() => setOpen(true)}
        className="w-full justify-start bg-canvas text-muted shadow-none max-lg:hidden"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Search aria-hidden />
        Search
        <kbd className="ml-auto rounded border bg-surface px-1.5 font-mono text-[11px]">Ctrl K</kbd>
      </Button>
      <Button onClick={() => setOpen(true)} variant="ghost" size="icon" className="lg:hidden" aria-label="Search">
        <Search aria-hidden />
      </Button>
      <Command.Dialog
        open={open}
        onOpenChange={setOpen}
        label="Command palette"
        overlayClassName="fade-in fixed inset-0 z-40 bg-black/45"
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
          <Command.Empty className="px-3 py-8 text-center text-sm text-muted">Nothing by that name.</Command.Empty>
          {people.data && people.data.people.length > 0 && search.trim().length > 1 ? (
            <Command.Group heading="People" className={GROUP}>
              {people.data.people.map((person) => (
                <Command.Item
                  key={person.id}
                  value={`${person.name} ${person.id}`}
                  keywords={[search]}
                  className={ITEM}
                  onSelect={() => go(`/people/${person.id}`)}
                >
                  <UserRound aria-hidden />
                  {person.name}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Command.Group heading="Pages" className={GROUP}>
            {navigationFor(role)
              .flatMap((group) => group.items)
              .map(({ href, label, icon: Icon, keywords }) => (
                <Command.Item key={href} value={label} keywords={keywords.split(' ')} className={ITEM} onSelect={() => go(href)}>
                  <Icon aria-hidden />
                  {label}
                </Command.Item>
              ))}
          </Command.Group>
          <Command.Group heading="Actions" className={GROUP}>
            {canEditPeople(role) ? (
              <Command.Item value="Add sample" keywords={['enrol', 'new', 'face']} className={ITEM} onSelect={() => go('/samples?add=1')}>
                <ImagePlus aria-hidden />
                Add sample
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
          </Command.Group>
        </Command.List>
      </Command.Dialog>
    </>
  );
}
