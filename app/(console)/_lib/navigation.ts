import {
  Activity,
  ArrowLeftRight,
  BookOpen,
  FileUp,
  Fingerprint,
  Gauge,
  Group,
  Images,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldUser,
  Smartphone,
  UsersRound,
  Webhook,
} from 'lucide-react';
import {
  canChangeSettings,
  canEditPeople,
  canExport,
  canImport,
  canManageKeys,
  canManageUsers,
  canManageWebhooks,
  canReadAudit,
  canReadGallery,
  canRecognise,
  type Role,
} from '@/lib/shared/contract/permissions';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  /** More search words for the command palette. */
  keywords: string;
  allowed: (role: Role) => boolean;
}

export interface NavGroup {
  label: string;
  items: NavItem[];
}

const GROUPS: NavGroup[] = [
  {
    label: 'Recognise',
    items: [
      { href: '/', label: 'Overview', icon: LayoutDashboard, keywords: 'dashboard home', allowed: canReadGallery },
      { href: '/try', label: 'Try it', icon: Fingerprint, keywords: 'match verify compare', allowed: canRecognise },
      { href: '/events', label: 'Events', icon: Activity, keywords: 'recognitions live log', allowed: canReadGallery },
    ],
  },
  {
    label: 'Gallery',
    items: [
      { href: '/people', label: 'People', icon: UsersRound, keywords: 'names consent', allowed: canReadGallery },
      { href: '/groups', label: 'Groups', icon: Group, keywords: 'departments classes tags', allowed: canReadGallery },
      { href: '/samples', label: 'Samples', icon: Images, keywords: 'faces photos', allowed: canReadGallery },
      { href: '/review', label: 'Review', icon: ListChecks, keywords: 'tidy wrong poor', allowed: canEditPeople },
      { href: '/import', label: 'Import', icon: FileUp, keywords: 'csv zip bulk', allowed: canImport },
    ],
  },
  {
    label: 'Connect',
    items: [
      { href: '/devices', label: 'Devices', icon: Smartphone, keywords: 'phones pairing', allowed: canReadGallery },
      { href: '/docs', label: 'API reference', icon: BookOpen, keywords: 'openapi docs', allowed: canReadGallery },
      { href: '/keys', label: 'API keys', icon: KeyRound, keywords: 'tokens', allowed: canManageKeys },
      { href: '/webhooks', label: 'Webhooks', icon: Webhook, keywords: 'hooks notify', allowed: canManageWebhooks },
    ],
  },
  {
    label: 'Administer',
    items: [
      { href: '/users', label: 'Users', icon: ShieldUser, keywords: 'roles invite', allowed: canManageUsers },
      {
        href: '/accuracy',
        label: 'Accuracy',
        icon: Gauge,
        keywords: 'calibrate threshold',
        allowed: canChangeSettings,
      },
      { href: '/settings', label: 'Settings', icon: Settings, keywords: 'threshold', allowed: canChangeSettings },
      {
        href: '/export',
        label: 'Move data',
        icon: ArrowLeftRight,
        keywords: 'export import backup',
        allowed: canExport,
      },
      { href: '/audit', label: 'Audit log', icon: ScrollText, keywords: 'history who', allowed: canReadAudit },
    ],
  },
];

/** Returns the menu of a role. This is no access control: each page and each action checks again on the server. */
export function navigationFor(role: Role): NavGroup[] {
  return GROUPS.map((group) => ({ ...group, items: group.items.filter((item) => item.allowed(role)) })).filter(
    (group) => group.items.length > 0,
  );
}
