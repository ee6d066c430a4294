import type { Release } from '../../api/releases.js';
import type { Shadow, ShadowWithLedger } from '../../api/shadows.js';
import type { Company } from './company.js';
import { waitUntil } from './wait-until.js';

/** The shadows of the rule set that are kept, newest first. */
export const shadowsOf = async ({ owner, url }: Company) => (await owner.request<{ items: Shadow[] }>('GET', `${url}/shadows`)).body.items;
/** Asks for one, of the draft unless a version is named. */
export const startShadow = ({ owner, url }: Company, body: object = {}) =>
  owner.request<{ id: string; version: number }>('POST', `${url}/shadows`, body);

/** The ledger once so many lines are in it. */
export async function ledger({ owner, url }: Company, id: string, lines: number): Promise<ShadowWithLedger> {
  const read = async () => (await owner.request<ShadowWithLedger>('GET', `${url}/shadows/${id}`)).body;
  await waitUntil(`${lines} lines are compared`, async () => (await read()).lines >= lines);
  return read();
}

/** Its releases, newest first. */
export const releasesOf = async ({ owner, url }: Company) =>
  (await owner.request<{ items: Release[] }>('GET', `${url}/releases`)).body.items;
