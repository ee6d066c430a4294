// From rounds to figures, and from figures to the tables of docs/benchmarks.md.

/**
 * @param results of `contest`
 * @param ours the contender whose time the ratios are measured by
 * @returns by name: { compared, built (ms), late, sets: { <set>: { median, lowest, highest (µs), ratio (its time over ours, the median of the rounds' own) } } }
 */
export function summarize(results, ours) {
  const summary = {};
  for (const [name, { compared, built, late, times }] of Object.entries(results)) {
    const sets = {};
    for (const [set, list] of Object.entries(times)) {
      const own = results[ours].times[set];
      sets[set] = {
        median: median(list),
        lowest: Math.min(...list),
        highest: Math.max(...list),
        ratio: median(list.map((time, round) => time / own[round])),
      };
    }
    summary[name] = { compared, built, ...(late && { late }), sets };
  }
  return summary;
}

export function enginesTable(summary) {
  console.log('| | µs per message | per second and core | its time over ours | decisions compared |\n|---|---|---|---|---|');
  for (const [name, { compared, late, sets }] of Object.entries(summary)) {
    const { median: each, lowest, highest, ratio } = sets.messages ?? {};
    if (late || each === undefined) console.log(`| ${name} | not done in time (${late}) | | | |`);
    else
      console.log(
        `| ${name} | ${short(each)} (${short(lowest)}..${short(highest)}) | ${Math.round(1e6 / each).toLocaleString('en-US')} | ${short(ratio)} | ${compared} |`,
      );
  }
  const [closures, session] = ['closures', 'session'].map((name) => summary[name].sets.messages);
  console.log(
    `\nOurs over the closures: ${short(1 / closures.ratio)} (target ≤ 6 with the trace kept), in a session ${short(session.ratio / closures.ratio)}.`,
  );
  for (const [names, target] of peers) {
    for (const name of names) {
      const { ratio } = summary[name]?.sets.messages ?? {};
      if (ratio !== undefined) console.log(`${name}: ${short(ratio)} × ours (target ≥ ${target})${ratio < target ? ' — missed' : ''}`);
    }
  }
}

const peers = [
  [['zen tuned', 'zen with host help'], 20],
  [['zen custom node', 'zen function node'], 100],
  [['node-red chain'], 30],
  [['node-red function'], 5],
  [['json-rules-engine tuned', 'jsonata tuned'], 14],
];

export function wordsTable(summaries) {
  const counts = Object.keys(summaries);
  console.log(
    `| | ${counts.map((count) => Number(count).toLocaleString('en-US')).join(' | ')} | build at ${counts.at(-1)} |\n|---|${'---|'.repeat(counts.length + 1)}`,
  );
  const cell = (summary) => {
    if (!summary.sets['2000']) return 'not in 12 s';
    return ['100', '2000'].map((length) => short(summary.sets[length].median)).join(' / ');
  };
  for (const name of Object.keys(summaries[counts[0]])) {
    const last = summaries[counts.at(-1)][name];
    console.log(
      `| ${name} | ${counts.map((count) => cell(summaries[count][name])).join(' | ')} | ${last.built ? `${short(last.built)} ms` : '—'} |`,
    );
  }
  const ours = (count, length) => summaries[count].ours.sets[length].median;
  const growth = ['100', '2000'].map((length) => short(ours(10_000, length) / ours(10, length)));
  const bound = ['100', '2000'].map((length) => short(1 / summaries[10_000]['one table by hand'].sets[length].ratio));
  const build = short(summaries[10_000].ours.built / summaries[10_000]['one table by hand'].built);
  console.log(
    `\nOurs at 10,000 over ours at 10: ${growth.join(' and ')} (target ≤ 2); over one table by hand: ${bound.join(' and ')} (≤ 2); to build: ${build} (≤ 3).`,
  );
}

export function windowsTable(summary) {
  const sets = Object.keys(summary.ours.sets);
  console.log(`| | ${sets.join(' | its time over ours | ')} | its time over ours |\n|---|${'---|---|'.repeat(sets.length)}`);
  for (const [name, { sets: own }] of Object.entries(summary)) {
    console.log(`| ${name} | ${sets.map((set) => `${short(own[set].median * 1000)} | ${short(own[set].ratio)}`).join(' | ')} |`);
  }
  const over = (name) => sets.map((set) => short(summary[name].sets[set].ratio)).join(' and ');
  const fixed = sets.map((set) => short(1 / summary['fixed offset'].sets[set].ratio)).join(' and ');
  console.log(
    `\nOurs over the fixed offset: ${fixed} (target ≤ 2); Intl over ours: ${over('Intl format, kept')} (≥ 20); luxon: ${over('luxon')} (≥ 150).`,
  );
}

/** Three digits that count. */
function short(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}
