import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { allLayers, layerKey, type LayerChoice } from './layer-choice.js';

/** Chooses the layer over the canvas: none, today's counts, coverage by tests or by live runs. */
export function LayerMenu({ layer, onLayer }: { layer: LayerChoice; onLayer: (layer: LayerChoice) => void }) {
  const { t } = useTranslation('graph');
  const isOn = layer.kind !== 'none';
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Tooltip label={t('cover.layers')} openDelay={400}>
          <ActionIcon
            variant={isOn ? 'light' : 'subtle'}
            color={isOn ? undefined : 'gray'}
            aria-label={t('cover.layers')}
            aria-pressed={isOn}
          >
            <IconStack2 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {allLayers.map((one) => (
          <Menu.Item
            key={layerKey(one)}
            role="menuitemradio"
            aria-checked={layerKey(one) === layerKey(layer)}
            leftSection={
              <IconCheck size={14} style={{ visibility: layerKey(one) === layerKey(layer) ? 'visible' : 'hidden' }} aria-hidden />
            }
            onClick={() => onLayer(one)}
          >
            {one.kind === 'live' ? t('cover.layer.live', { count: one.days }) : t(`cover.layer.${one.kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
