import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { layerName } from '../seeing/layer-name.js';
import { allLayers, layerKey, noLayer, type LayerChoice } from './layer-choice.js';

/** Chooses the layer over the canvas: none, counts of the last days, coverage by tests, by live runs or by the last backtest. */
export function LayerMenu({ layer, onLayer }: { layer: LayerChoice; onLayer: (layer: LayerChoice) => void }) {
  const { t } = useTranslation('graph');
  const isOn = layer.kind !== 'none';
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Tooltip label={t('cover.layers')} openDelay={400}>
          <ActionIcon variant={isOn ? 'light' : 'subtle'} color={isOn ? undefined : 'gray'} aria-label={t('cover.layers')}>
            <IconStack2 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={layerKey(layer)} onChange={(key) => onLayer(allLayers.find((one) => layerKey(one) === key) ?? noLayer)}>
          {allLayers.map((one) => (
            <Menu.RadioItem key={layerKey(one)} value={layerKey(one)} closeMenuOnClick>
              {layerName(one, t)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
