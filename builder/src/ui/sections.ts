import { IconAddressBook, IconBriefcase, IconMessages, IconPlugConnected, IconSettings, IconSitemap, type Icon } from '@tabler/icons-react';
import type { Role } from '../../../api/session.js';
import { can } from '../session.js';

/** A section of the navigation; its name is the text `nav.<key>`. */
export interface Section {
  key: 'rules' | 'messages' | 'channels' | 'contacts' | 'deals' | 'settings';
  path: string;
  icon: Icon;
}

const sections: (Section & { isOpenTo: (role: Role) => boolean })[] = [
  { key: 'rules', path: '/rules', icon: IconSitemap, isOpenTo: (role) => can(role, 'readRules') },
  { key: 'messages', path: '/messages', icon: IconMessages, isOpenTo: () => true },
  { key: 'channels', path: '/channels', icon: IconPlugConnected, isOpenTo: (role) => can(role, 'readChannels') },
  { key: 'contacts', path: '/contacts', icon: IconAddressBook, isOpenTo: () => true },
  { key: 'deals', path: '/deals', icon: IconBriefcase, isOpenTo: () => true },
  { key: 'settings', path: '/settings', icon: IconSettings, isOpenTo: () => true },
];

/** The sections that a role sees, in order. */
export function sectionsOf(role: Role): Section[] {
  return sections.filter((section) => section.isOpenTo(role));
}

/** Whether a path lies in a section that is closed to the role. */
export function isClosedTo(role: Role, path: string): boolean {
  const section = sections.find((section) => path === section.path || path.startsWith(`${section.path}/`));
  return section !== undefined && !section.isOpenTo(role);
}

/** Where a role begins its day. */
export function homeOf(role: Role): string {
  return can(role, 'readRules') ? '/rules' : '/messages';
}
