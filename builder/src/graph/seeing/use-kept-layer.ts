import { useCallback, useState } from 'react';
import { useMe } from '../../session.js';
import { allLayers, layerKey, noLayer, type LayerChoice } from '../proving/layer-choice.js';

/** The layer over the canvas, as this person chose it last in this browser; where nothing may be kept, none to begin with. */
export function useKeptLayer(): [LayerChoice, (layer: LayerChoice) => void] {
  const key = `razvilka.layer.${useMe().id}`;
  const [layer, setLayer] = useState(() => readKept(key));
  const choose = useCallback(
    (chosen: LayerChoice) => {
      setLayer(chosen);
      try {
        localStorage.setItem(key, layerKey(chosen));
      } catch {
        // A browser that keeps nothing forgets the choice with the page.
      }
    },
    [key],
  );
  return [layer, choose];
}

function readKept(key: string): LayerChoice {
  try {
    const kept = localStorage.getItem(key);
    return allLayers.find((layer) => layerKey(layer) === kept) ?? noLayer;
  } catch {
    return noLayer;
  }
}
