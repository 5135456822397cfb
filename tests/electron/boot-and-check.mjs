// Boots the built shell and asks it, from inside the main process, what the tests want to know. The same file runs
// under the stand-in and under a real Electron; the answers go to the file named in CHECK_OUTPUT as JSON.
import { app, BrowserWindow, Menu, session } from 'electron';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { CHECK_OUTPUT: output, CHECK_MAIN: main, CHECK_STEPS: steps = '' } = process.env;
const facts = {};
const save = () => writeFileSync(output, JSON.stringify(facts));

async function pageSays(contents, code) {
  return contents.executeJavaScript(`(async () => { ${code} })()`);
}

async function settled(promise) {
  return promise.then(
    (value) => ({ value }),
    (error) => ({ error: String(error?.message ?? error) }),
  );
}

async function loaded(window) {
  while (!window.isVisible()) await new Promise((done) => setTimeout(done, 20));
}

async function fetched(url, init) {
  const answer = await settled(session.defaultSession.fetch(url, init));
  if (answer.error !== undefined) return answer;
  const { status, headers } = answer.value;
  return { status, headers: Object.fromEntries(headers), text: (await answer.value.text()).slice(0, 200) };
}

async function looks(window) {
  const { width, height } = window.getBounds();
  const preferences = window.webContents.getLastWebPreferences?.() ?? {};
  facts.window = { width, height, url: window.webContents.getURL(), background: window.getBackgroundColor() };
  facts.preferences = Object.fromEntries(
    [
      'contextIsolation',
      'sandbox',
      'nodeIntegration',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'webSecurity',
      'webviewTag',
      'spellcheck',
    ].map((name) => [name, preferences[name]]),
  );
}

async function serves() {
  facts.page = await fetched('priorphrase://app/');
  facts.refused = {};
  const places = [
    'priorphrase://app/../package.json',
    'priorphrase://app/%2e%2e/%2e%2e/package.json',
    'priorphrase://app/..%2f..%2fpackage.json',
    'priorphrase://app/..%5c..%5cpackage.json',
    'priorphrase://app/index.html%00.js',
    'priorphrase://app//etc/passwd',
    'priorphrase://app/assets/',
    'priorphrase://other/index.html',
  ];
  for (const place of places) facts.refused[place] = (await fetched(place)).status ?? 'refused';
  facts.posted = (await fetched('priorphrase://app/', { method: 'POST' })).status;
}

async function staysOffline(contents) {
  let reached = 0;
  const server = createServer((_request, response) => {
    reached += 1;
    response.end('reached');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}/`;
  facts.fetchFromMain = await fetched(url);
  facts.fetchFromPage = await pageSays(
    contents,
    `try { await fetch(${JSON.stringify(url)}); return 'reached' } catch { return 'refused' }`,
  );
  facts.reached = reached;
  server.close();
}

async function refuses(contents) {
  facts.permission = await pageSays(contents, 'return Notification.requestPermission()');
  facts.opened = await pageSays(contents, "return window.open('https://example.com/') === null");
  await pageSays(contents, "location.assign('https://example.com/')");
  await new Promise((done) => setTimeout(done, 100));
  facts.urlAfterNavigation = contents.getURL();
}

async function talks(window) {
  const contents = window.webContents;
  const call = (name, input) =>
    `try { return await priorphrase.call(${JSON.stringify(name)}, ${JSON.stringify(input)}) } catch (error) { return { refused: { code: error.code, message: error.message } } }`;
  facts.exposed = await pageSays(contents, 'return Object.keys(window.priorphrase).sort()');
  facts.info = await pageSays(contents, call('app.info', {}));
  facts.search = await pageSays(contents, call('cpc.search', { query: 'furniture', limit: 3 }));
  facts.badInput = await pageSays(contents, call('cpc.search', { query: 5 }));
  facts.unknown = await pageSays(contents, call('no.such', {}));
  if (steps.includes('engine')) {
    facts.ranked = await pageSays(
      contents,
      call('rank.retrieve', { anchor: 'abatement of pollution', context: 'A47', limit: 5 }),
    );
  }
  // The same page in a window that the application did not open.
  const preload = fileURLToPath(new URL('../preload/preload.cjs', pathToFileURL(main)));
  const stranger = new BrowserWindow({
    show: false,
    width: 300,
    height: 200,
    webPreferences: { preload, sandbox: true, contextIsolation: true },
  });
  await stranger.loadURL('priorphrase://app/');
  facts.stranger = await pageSays(stranger.webContents, call('app.info', {}));
  stranger.close();
}

async function hearsTheMenu(contents) {
  await pageSays(
    contents,
    "window.heard = []; window.stop = priorphrase.on('app.command', (event) => window.heard.push(event.command))",
  );
  const items = Menu.getApplicationMenu().items;
  facts.menus = items.map((item) => (item.label ?? '').replace('&', ''));
  const find = (label) =>
    items.flatMap((item) => item.submenu?.items ?? []).find((item) => item.label === label);
  for (const label of ['New Query', 'History', 'Switch Theme', 'About Priorphrase', 'Import…', 'Jobs'])
    find(label).click();
  await new Promise((done) => setTimeout(done, 100));
  facts.heard = await pageSays(contents, 'return window.heard');
  await pageSays(contents, 'window.stop()');
  find('New Query').click();
  await new Promise((done) => setTimeout(done, 100));
  facts.heardAfterStop = await pageSays(contents, 'return window.heard.length');
}

async function check(window) {
  await loaded(window);
  const contents = window.webContents;
  await looks(window);
  if (steps.includes('all')) {
    await serves();
    await talks(window);
    await hearsTheMenu(contents);
    await staysOffline(contents);
    await refuses(contents);
  }
  facts.ready = true;
  save();
  if (steps.includes('hold')) return;
  facts.bounds = window.getBounds();
  if (steps.includes('move')) window.setBounds({ x: 40, y: 60, width: 900, height: 700 });
  save();
  window.close();
}

let checking = false;
app.on('browser-window-created', (_event, window) => {
  if (checking) return;
  checking = true;
  check(window).catch((error) => {
    facts.failed = String(error?.stack ?? error);
    save();
    app.exit(3);
  });
});
app.on('second-instance', () => {
  facts.secondInstance = true;
  save();
});
await import(pathToFileURL(main).href);
