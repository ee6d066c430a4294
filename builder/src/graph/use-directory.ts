import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { directory, type Directory } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { useLayerStore } from './layers.js';
import { namesOf } from './name-ids.js';

/** Names that forms choose from, which the cards show in place of ids too. Undefined until they are read. */
export function useDirectory(): Directory | undefined {
  const layers = useLayerStore();
  const data = useAllDirectory();
  useEffect(() => {
    if (data) layers.setState({ names: namesOf(data) });
  }, [layers, data]);
  return data;
}

/** The same names where there is no canvas around. */
export function useAllDirectory(): Directory | undefined {
  const { data } = useQuery({ queryKey: ['directory'], queryFn: () => api.get('/api/directory', directory), staleTime: 60_000 });
  useLiveQuery(['people', 'pipeline', 'channel'], ['directory']);
  return data;
}
