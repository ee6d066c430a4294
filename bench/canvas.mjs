// 500 steps on the canvas against plain React Flow with as many plain nodes: frames while the view is dragged and while a step is, in a headless Chromium.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { findNeeds } from '../scripts/test-needs.mjs';
import { median, openDatabase } from './database.mjs';
import { owner, signIn, startServer } from './server.mjs';

const steps = Number(process.env.STEPS ?? 500);
const rounds = Number(process.env.ROUNDS ?? 3);
/** How many moves of the mouse one drag is made of: two seconds at 60 a second. */
const moves = 120;
const viewport = { width: 1440, height: 900 };

export async function run() {
  const { CHROMIUM } = await findNeeds();
  const stops = [];
  try {
    const graph = makeGraph();
    const plain = await servePlain(graph, stops);
    const ours = await serveOurs(graph, stops);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    stops.push(() => browser.close());
    const pages = {
      ours: await open(browser, ours, owner),
      'plain React Flow': await open(browser, plain),
      'plain, only what is in sight drawn': await open(browser, `${plain}?visible`),
    };
    const samples = [];
    // In turn, so that whatever else the machine does slows all of them.
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, page] of Object.entries(pages)) {
        await page.bringToFront();
        for (const zoom of ['all in sight', 'at full size']) {
          await look(page, zoom);
          samples.push({ name, zoom, what: 'view', ...(await drag(page, await pointOf(page, 'ground'))) });
          samples.push({ name, zoom, what: 'step', ...(await drag(page, await pointOf(page, 'step'))) });
        }
      }
    }
    return report(samples);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

/** Rows of ten steps, each a chain that every third row joins to the one above. */
function makeGraph() {
  const types = [
    { type: 'word-match', settings: { patterns: 'цен* стоим*' }, port: 'yes' },
    { type: 'reply', settings: { text: 'Здравствуйте, %NAME%. Цены пришлёт менеджер, обычно это пять минут.' }, port: 'next' },
    { type: 'add-tags', settings: { tags: 'спросил цену' }, port: 'next' },
    { type: 'time-window', settings: { from: '22:00', to: '08:00' }, port: 'inside' },
    { type: 'create-task', settings: { text: 'Ответить клиенту' }, port: 'next' },
  ];
  const kindOf = (index) => (index % 10 === 0 ? { type: 'on-message', settings: {}, port: 'next' } : types[index % types.length]);
  const nodes = Array.from({ length: steps }, (_, index) => {
    const { type, settings } = kindOf(index);
    return { id: `s${index}`, type, settings, position: [(index % 10) * 320, Math.floor(index / 10) * 180] };
  });
  const edges = nodes.flatMap(({ id }, index) => {
    const from = `${id}.${kindOf(index).port}`;
    const next = index % 10 < 9 && index + 1 < steps ? [{ from, to: `s${index + 1}` }] : [];
    const across = index % 30 === 3 && index + 11 < steps ? [{ from, to: `s${index + 11}` }] : [];
    return [...next, ...across];
  });
  return { format: 1, name: 'Большой граф', nodes, edges };
}

async function serveOurs(graph, stops) {
  const database = await openDatabase();
  stops.push(database.close);
  const server = await startServer(database.url);
  stops.push(server.stop);
  const call = await signIn(server.url);
  const { id } = await call('POST', '/api/rule-sets', { name: graph.name, graph });
  return `${server.url}/rules/${id}`;
}

/** Builds the plain page as the product's pages are built, and serves it with the graph. */
async function servePlain(graph, stops) {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-bench-plain-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'canvas'),
    plugins: [react()],
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2_000 },
  });
  const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
  const server = createServer(({ url }, answer) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (pathname === '/graph.json') return answer.setHeader('content-type', 'application/json').end(JSON.stringify(graph));
    const name = pathname === '/' ? '/index.html' : pathname;
    try {
      answer.setHeader('content-type', kinds[extname(name)] ?? 'application/octet-stream').end(readFileSync(join(folder, name)));
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  stops.push(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

async function open(browser, url, person) {
  const context = await browser.newContext({ viewport, locale: 'ru-RU' });
  if (person) {
    const { origin } = new URL(url);
    await context.request.post(`${origin}/api/session`, { data: person, headers: { origin, 'x-requested-with': 'razvilka' } });
  }
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.react-flow__node').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** The whole graph fitted into the window, or so large that a card's text is read. */
async function look(page, zoom) {
  const fit = page.locator('.react-flow__controls-fitview').or(page.getByRole('button', { name: 'Показать всё' }));
  await fit.click();
  if (zoom === 'at full size') {
    const { x, y } = await middleOf(page);
    await page.mouse.move(x, y);
    const scaleOf = () => page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);
    for (let turns = 0; turns < 60 && (await scaleOf()) < 0.95; turns += 1) await page.mouse.wheel(0, -120);
  }
  await frames(page, 20);
}

async function middleOf(page) {
  const box = await page.locator('.react-flow__pane').boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A point near the middle of the canvas: of free ground, or of a card away from its exits. */
async function pointOf(page, wanted) {
  const found = await page.evaluate((wanted) => {
    const isWanted = {
      ground: (element) => element.classList.contains('react-flow__pane'),
      step: (element) => element.closest('.react-flow__node') !== null && !element.classList.contains('react-flow__handle'),
    }[wanted];
    const box = document.querySelector('.react-flow__pane').getBoundingClientRect();
    for (let ring = 0; ring < 40; ring += 1) {
      for (let turn = 0; turn < 12; turn += 1) {
        const x = box.x + box.width / 2 + ring * 9 * Math.cos(turn / 1.9);
        const y = box.y + box.height / 2 + ring * 9 * Math.sin(turn / 1.9);
        const element = document.elementFromPoint(x, y);
        if (element && isWanted(element)) return { x, y };
      }
    }
    return undefined;
  }, wanted);
  if (!found) throw new Error(`no ${wanted} in the middle of the canvas`);
  return found;
}

/** Drags from a point there and back with the real mouse, and counts the frames that the page drew meanwhile. */
async function drag(page, { x, y }) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 6, y + 6);
  await page.evaluate(() => {
    const times = (globalThis.frameTimes = []);
    const note = (time) => {
      times.push(time);
      globalThis.frameRequest = requestAnimationFrame(note);
    };
    globalThis.frameRequest = requestAnimationFrame(note);
  });
  for (let move = 1; move <= moves; move += 1) {
    const way = (move / moves) * 2 * Math.PI;
    await page.mouse.move(x + 6 + 150 * Math.sin(way), y + 6 + 90 * Math.sin(2 * way));
  }
  const times = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.frameRequest);
    return globalThis.frameTimes;
  });
  await page.mouse.up();
  await frames(page, 10);
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const sorted = gaps.toSorted((a, b) => a - b);
  return { perSecond: (gaps.length / total) * 1000, p95: sorted[Math.floor(sorted.length * 0.95)], longest: sorted.at(-1) };
}

function frames(page, count) {
  return page.evaluate(
    (left) =>
      new Promise((done) => {
        const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
        next();
      }),
    count,
  );
}

function report(samples) {
  console.log(
    `| ${steps} steps, ${viewport.width} × ${viewport.height} | frames a second | 95 % of frames within, ms | longest, ms |\n|---|---|---|---|`,
  );
  const figures = [];
  for (const zoom of ['all in sight', 'at full size']) {
    for (const what of ['view', 'step']) {
      for (const name of new Set(samples.map((sample) => sample.name))) {
        const own = samples.filter((sample) => sample.name === name && sample.zoom === zoom && sample.what === what);
        const of = (key) => median(own.map((sample) => sample[key]));
        const figure = { name, zoom, what, perSecond: of('perSecond'), p95: of('p95'), longest: of('longest') };
        figures.push(figure);
        const values = [figure.perSecond, figure.p95, figure.longest].map((value) => value.toFixed(1));
        console.log(`| ${zoom}, ${what === 'view' ? 'the view dragged' : 'a step dragged'}: ${name} | ${values.join(' | ')} |`);
      }
    }
  }
  return figures;
}
