import { Table, Text } from '@mantine/core';

/** The account's own fields with their values, shown as text whatever they are. */
export function OwnFields({ fields, none }: { fields: Record<string, unknown>; none: string }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <Text c="dimmed">{none}</Text>;
  return (
    <Table variant="vertical" layout="fixed" withTableBorder>
      <Table.Tbody>
        {entries.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="40%">{name}</Table.Th>
            <Table.Td>
              <span className="client-text">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
