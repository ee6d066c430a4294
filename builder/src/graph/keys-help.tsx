import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bindings, spellKey, type KeyCommand } from './keys.js';

/** The list of keys. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('graph');
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const commands = [...new Set(bindings.map(({ command }) => command))];
  const keysOf = (command: KeyCommand) =>
    bindings.filter((binding) => binding.command === command).map((binding) => spellKey(binding, isMac));
  const mod = isMac ? '⌘' : 'Ctrl+';
  const more: [string, string[]][] = [
    ['clipboard', [`${mod}C`, `${mod}X`, `${mod}V`]],
    ['box', ['Shift']],
    ['pan', [t('keys.space')]],
    ['move', ['←', '↑', '→', '↓']],
  ];
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Table>
        <Table.Tbody>
          {[...commands.map((command): [string, string[]] => [command, keysOf(command)]), ...more].map(([name, keys]) => (
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
    </Modal>
  );
}
