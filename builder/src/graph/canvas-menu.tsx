import { Menu, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { menuSections } from './command-list.js';
import type { Place } from './commands.js';
import { keysFor } from './keys.js';
import type { Commands } from './selection-commands.js';

/** Where a menu was asked for, on the screen in pixels, and on what. */
export interface MenuRequest {
  screen: { x: number; y: number };
  on: keyof typeof menuSections;
}

/** What can be done at a place of the canvas: opened by a right click, a long press, or the key for it. */
export function CanvasMenu({ request, commands, onClose }: { request: MenuRequest; commands: Commands; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const sections = menuSections[request.on].map((names) => names.filter((name) => commands[name])).filter((names) => names.length > 0);
  // A graph that is only read has nothing to offer on a wire.
  if (sections.length === 0) return null;
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={2} withinPortal shadow="md" returnFocus>
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: request.screen.x, top: request.screen.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('menu.label')}>
        {sections.map((names, index) => (
          <div key={names[0]}>
            {index > 0 && <Menu.Divider />}
            {names.map((name) => (
              <Menu.Item
                key={name}
                color={name.startsWith('remove') ? 'red' : undefined}
                rightSection={
                  <Text size="xs" c="dimmed" ml="md">
                    {keysFor(name)[0]}
                  </Text>
                }
                onClick={() => {
                  onClose();
                  // The menu gives the focus back first: a command may want to put it elsewhere.
                  requestAnimationFrame(() => commands[name]?.());
                }}
              >
                {t(`keys.${name}`)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where the menu opens for the key: on the card that is selected, else in the middle of the canvas. */
export function menuAtSelection(middle: () => Place): MenuRequest & { place: Place } {
  const card = document.querySelector('.react-flow__node.selected');
  const { left, top, width, height } = (card ?? document.querySelector('[data-canvas]') ?? document.body).getBoundingClientRect();
  const screen = card ? { x: left + 20, y: top + 20 } : { x: left + width / 2, y: top + height / 2 };
  return { screen, place: middle(), on: card ? 'thing' : 'ground' };
}
