import type { CallOutput, LibraryEntry } from '../../src-main/contract/calls.ts';
import type { FileHandle } from '../../src-main/contract/file-handle.ts';
import type { OffScale } from '../../src-main/contract/import-calls.ts';
import type { JobEntry } from '../../src-main/contract/job.ts';
import type { ColumnRoleName, ReadingChoices } from '../../src-main/contract/table-file.ts';
import type { Api, DroppedFile, Upload } from '../../src-main/contract/transport.ts';
import { FileIntake } from './file-intake.svelte.ts';
import type { JobList } from './job-list.svelte.ts';
import type { Libraries } from './libraries.svelte.ts';
import { libraryNameOf } from './library-name.ts';
import { failed, idle, loading, ready, toAppError, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';
import { takeRole } from './roles.ts';

/** How a file would be read. */
export type ImportPreview = CallOutput<'import.preview'>;

/** What of the reading the user can decide, roles aside. */
export type ReadingChoice = Exclude<keyof ReadingChoices, 'roles'>;

/** The parts that an import touches. */
export interface ImportFormParts {
  readonly api: Api;
  readonly jobs: JobList;
  readonly libraries: Libraries;
}

/** The import of one file: choose it, see how it would be read, correct that, import. */
export class ImportForm {
  readonly #parts: ImportFormParts;
  readonly #wait: number;
  readonly #intake: FileIntake;
  #preview = $state.raw<Remote<ImportPreview>>(idle);
  #shown = $state.raw<ImportPreview | null>(null);
  #choices = $state.raw<ReadingChoices>({});
  #useRemembered = $state(true);
  #offScale = $state<OffScale>('refuse');
  #library = $state('');
  #libraryIsOwn = false;
  #mendsLibrary = $state<string | null>(null);
  #start = $state.raw<Remote<JobEntry>>(idle);
  #previewTurn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `wait` in milliseconds from the last change to the next preview. */
  constructor(parts: ImportFormParts, wait = 120) {
    this.#parts = parts;
    this.#wait = wait;
    this.#intake = new FileIntake(parts.api, {
      begin: () => this.#forget(),
      arrive: (file, library) => {
        this.#library = library ?? libraryNameOf(file.name);
        this.#changed(0);
      },
    });
  }

  get file(): Remote<FileHandle> {
    return this.#intake.file;
  }

  /** How far the file is on its way; null where the host reads it where it lies. */
  get upload(): Upload | null {
    return this.#intake.upload;
  }

  /** The preview for the choices as they stand. */
  get preview(): Remote<ImportPreview> {
    return this.#preview;
  }

  /** The last preview that arrived: it stays while the next one is on its way. */
  get shown(): ImportPreview | null {
    return this.#shown;
  }

  /** What the user has decided for this file. */
  get choices(): ReadingChoices {
    return this.#choices;
  }

  get offScale(): OffScale {
    return this.#offScale;
  }

  /** The library that the phrases go to. */
  get library(): string {
    return this.#library;
  }

  set library(name: string) {
    this.#library = name;
    this.#libraryIsOwn = true;
  }

  /** The library that a mended file belongs to; null where the file mends nothing. */
  get mendsLibrary(): string | null {
    return this.#mendsLibrary;
  }

  /** The import that was started, or why it was not. */
  get start(): Remote<JobEntry> {
    return this.#start;
  }

  /** The job as it stands now. */
  readonly job = $derived.by(() => {
    const started = valueOf(this.#start);
    return started === null ? null : (this.#parts.jobs.lastOf(started.id) ?? started);
  });

  /** Libraries that can be added to. */
  readonly ownLibraries = $derived.by(() =>
    this.#parts.libraries.entries.filter((entry) => entry.kind === 'user'),
  );

  /** The library of that name, whatever the case of its letters; null: a new one. */
  readonly existing = $derived.by<LibraryEntry | null>(() => {
    const name = this.#library.trim().toLowerCase();
    return this.#parts.libraries.entries.find((entry) => entry.name.toLowerCase() === name) ?? null;
  });

  /** What is wrong with the name of the library. */
  readonly libraryError = $derived.by(() => {
    if (this.#library.trim() === '') return 'Name the library that the phrases go to.';
    if (this.existing?.kind === 'builtin') return 'This library came with the product. Choose another name.';
    return null;
  });

  /** Whether a column holds scores, so that those off the scale need a decision. */
  readonly hasScores = $derived(this.#shown?.reading.columns.some(({ role }) => role === 'score') ?? false);

  /** Whether the import can be started now. */
  readonly canStart = $derived.by(
    () =>
      this.#preview.status === 'ready' &&
      this.#preview.value.blocked === null &&
      this.libraryError === null &&
      this.#start.status !== 'loading',
  );

  /** Lets the user choose a file, for a library if one is given; nothing changes where none is chosen. */
  async choose(library?: string): Promise<void> {
    await this.#intake.choose(library);
  }

  /** Takes a file that was dropped. */
  async take(file: DroppedFile): Promise<void> {
    await this.#intake.take(file);
  }

  /** Forgets the file. What is imported already stays. */
  clear(): void {
    this.#intake.clear();
  }

  /** Shows an import that was started elsewhere, or before the page was loaded again. */
  watch(job: JobEntry): void {
    this.clear();
    this.#start = ready(job);
  }

  /** Goes back from a started import to the file as it was chosen. */
  backToFile(): void {
    this.#start = idle;
    if (this.file.status === 'ready') this.#changed();
  }

  /** Decides a part of the reading; `undefined` leaves it to the detection again. */
  decide<K extends ReadingChoice>(choice: K, value: ReadingChoices[K] | undefined): void {
    const { [choice]: _before, ...others } = this.#choices;
    this.#choices = value === undefined ? others : { ...others, [choice]: value };
    if (choice === 'delimiter' || choice === 'member') this.#forgetColumns();
    this.#changed();
  }

  /** Gives a column its role, and takes it from the column that had it; null: none. */
  assign(column: number, role: ColumnRoleName | null): void {
    const roles = this.#choices.roles ?? this.#shown?.reading.columns.map((each) => each.role);
    if (roles === undefined) return;
    this.#choices = { ...this.#choices, roles: takeRole(roles, column, role) };
    this.#changed();
  }

  /** What stands in the role select of a column. */
  roleOf(column: number): ColumnRoleName | null {
    const own = this.#choices.roles;
    if (own !== undefined && column < own.length) return own[column] ?? null;
    return this.#shown?.reading.columns[column]?.role ?? null;
  }

  decideOffScale(offScale: OffScale): void {
    this.#offScale = offScale;
    this.#changed();
  }

  /** Reads the file as if none of its shape had been imported before, and as if nothing had been chosen. */
  detectAnew(): void {
    this.#useRemembered = false;
    this.#choices = {};
    this.#changed();
  }

  /** Asks for the preview again. */
  retry(): void {
    this.#changed(0);
  }

  /** Imports the file as it is shown. */
  async run(): Promise<void> {
    const file = valueOf(this.file);
    const preview = valueOf(this.#preview);
    if (file === null || preview === null || !this.canStart) return;
    this.#start = loading;
    const turn = this.#intake.turn;
    try {
      const { choices } = preview;
      const library = this.#library.trim();
      const job = await this.#parts.api.call('import.start', {
        file: file.id,
        library,
        choices,
        offScale: this.#offScale,
      });
      this.#parts.jobs.take(job);
      if (turn === this.#intake.turn) this.#start = ready(job);
    } catch (error) {
      if (turn === this.#intake.turn) this.#start = failed(error);
    }
  }

  // Another delimiter or member makes other columns: roles, also remembered ones, belong to the columns as they were.
  #forgetColumns(): void {
    const { roles: _, ...others } = this.#choices;
    this.#choices = others;
    if (this.#shown?.remembered !== true) return;
    const { roles: _remembered, ...inForce } = this.#shown.choices;
    this.#choices = { ...inForce, ...others };
    this.#useRemembered = false;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#previewTurn++;
    this.#preview = idle;
    this.#shown = null;
    this.#choices = {};
    this.#useRemembered = true;
    this.#offScale = 'refuse';
    this.#mendsLibrary = null;
    this.#start = idle;
    this.#library = '';
    this.#libraryIsOwn = false;
  }

  #changed(wait = this.#wait): void {
    clearTimeout(this.#timer);
    const turn = ++this.#previewTurn;
    this.#preview = loading;
    this.#start = this.#start.status === 'failed' ? idle : this.#start;
    if (wait === 0) void this.#read(turn);
    else this.#timer = setTimeout(() => void this.#read(turn), wait);
  }

  async #read(turn: number): Promise<void> {
    const file = valueOf(this.file);
    if (file === null) return;
    const { api } = this.#parts;
    try {
      const preview = await api.call('import.preview', {
        file: file.id,
        choices: this.#choices,
        remembered: this.#useRemembered,
        offScale: this.#offScale,
      });
      const mends = preview.mends === null ? null : await this.#libraryOfSheet(preview.mends.sheetId);
      if (turn !== this.#previewTurn) return;
      this.#preview = ready(preview);
      this.#shown = preview;
      // Rows find their old places only in the library that the file came from.
      if (mends !== null && mends !== this.#mendsLibrary && !this.#libraryIsOwn) this.#library = mends;
      this.#mendsLibrary = mends;
    } catch (error) {
      if (turn === this.#previewTurn) this.#preview = failed(toAppError(error));
    }
  }

  async #libraryOfSheet(sheetId: number): Promise<string | null> {
    const sheets = await this.#parts.api.call('sheets.list', {});
    return sheets.find(({ id }) => id === sheetId)?.library ?? null;
  }
}
