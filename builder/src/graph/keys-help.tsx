import { Kbd, Modal, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bindings, keysFor, spellKey } from './keys.js';

/** The list of keys. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('graph');
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const mod = isMac ? '⌘' : 'Ctrl+';
  // The four arrows are one line.
  const commands = [...new Set(bindings.map(({ command }) => command))].filter((command) => !command.startsWith('move-'));
  const arrows = bindings.filter(({ command }) => command.startsWith('move-')).map((binding) => spellKey(binding, isMac));
  const more: [string, string[]][] = [
    ['move', arrows],
    ['clipboard', [`${mod}C`, `${mod}X`, `${mod}V`]],
    ['box', ['Shift']],
    ['pan', [t('keys.space')]],
  ];
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Table>
        <Table.Tbody>
          {[...commands.map((command): [string, string[]] => [command, keysFor(command)]), ...more].map(([name, keys]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
              <Table.Td ta="right">
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ' '}
                    <Kbd>{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" mt="md">
        {t('drawing.touchHelp')}
      </Text>
    </Modal>
  );
}
