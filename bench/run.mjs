// npm run bench: measures in one run, side by side with the alternative, and prints tables for docs/benchmarks.md. Load goes to loopback only, bounded in count and time.
//   npm run bench                 all parts
//   npm run bench -- evaluate     one part: evaluate, path, lists
const parts = { evaluate: './evaluate.mjs', path: './path.mjs', lists: './lists.mjs' };
const wanted = process.argv.slice(2);
for (const name of wanted) if (!(name in parts)) throw new Error(`no such part: ${name}; there are ${Object.keys(parts).join(', ')}`);
for (const [name, file] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(file);
  console.log(`\n## ${name}\n`);
  await run();
}
