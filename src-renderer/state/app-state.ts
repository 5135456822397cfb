import type { Api } from '../../src-main/contract/transport.ts';
import type { Connection } from './connection.svelte.ts';
import { CpcPicker } from './cpc-picker.svelte.ts';
import { CpcTree } from './cpc-tree.svelte.ts';
import { EngineStatus } from './engine-status.svelte.ts';
import { Explanation } from './explanation.svelte.ts';
import { ImportForm } from './import-form.svelte.ts';
import { JobList } from './job-list.svelte.ts';
import { Libraries } from './libraries.svelte.ts';
import { Lookup } from './lookup.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import type { Address } from './navigation.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Packs } from './packs.svelte.ts';
import { Panels } from './panels.svelte.ts';
import { QueryForm } from './query-form.svelte.ts';
import { QueryHistory } from './query-history.svelte.ts';
import { ResultsView } from './results-view.svelte.ts';
import { SettingsState } from './settings-state.svelte.ts';
import { SheetList } from './sheet-list.svelte.ts';
import { SheetRowReader } from './sheet-row-reader.svelte.ts';
import { SheetView } from './sheet-view.svelte.ts';
import { SymbolPaths } from './symbol-paths.svelte.ts';

/** All state of the window, each part made once. */
export type AppState = ReturnType<typeof createAppState>;

/** Makes the state over an Api; tests pass a fake one, and an address of their own. */
export function createAppState(api: Api, connection: Connection, address?: Address) {
  const history = new QueryHistory(api);
  const settings = new SettingsState(api);
  const libraries = new Libraries(api);
  const picker = new CpcPicker(api);
  const lookup = new Lookup(api, () => void history.refresh());
  const view = new ResultsView(() => lookup.results);
  const jobs = new JobList(api);
  return {
    api,
    connection,
    history,
    settings,
    libraries,
    picker,
    lookup,
    view,
    form: new QueryForm({ picker, libraries, lookup, view, settings }),
    tree: new CpcTree(api),
    explanation: new Explanation(api),
    paths: new SymbolPaths(api),
    engine: new EngineStatus(api),
    jobs,
    importForm: new ImportForm({ api, jobs, libraries }),
    sheets: new SheetList(api),
    sheetView: new SheetView(api),
    sheetRow: new SheetRowReader(api),
    sheetExplanation: new Explanation(api),
    navigation: new Navigation(address),
    packs: new Packs(api),
    notices: new Notices(),
    panels: new Panels(),
  };
}

/** Reads what the first screen needs and follows the main side; the result stops following. */
export function startAppState(app: AppState): () => void {
  const refresh = () => {
    for (const part of [app.engine, app.settings, app.libraries, app.history, app.jobs, app.sheets])
      void part.refresh();
  };
  refresh();
  app.connection.onBack = refresh;
  const stops = [
    app.engine.follow(() => void app.lookup.engineIsBack()),
    app.libraries.follow(),
    app.jobs.follow(),
    app.sheets.follow(),
    app.sheetView.follow(),
    app.navigation.follow(),
  ];
  return () => stops.forEach((stop) => stop());
}
