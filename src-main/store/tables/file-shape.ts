import type { ReadingChoices } from '../../contract/table-file.ts';
import type { Store } from '../store.ts';

// Shapes that nobody uses any more are forgotten.
const mostShapes = 500;

/** What was chosen for the last file of a shape, or null. */
export function readShapeChoices(store: Store, shape: string): ReadingChoices | null {
  const choices = store.value<string>('SELECT choices FROM file_shape WHERE shape = ?', shape);
  return choices === undefined ? null : (JSON.parse(choices) as ReadingChoices);
}

/** Keeps what was chosen for files of a shape. */
export function keepShapeChoices(
  store: Store,
  shape: string,
  choices: ReadingChoices,
  now = new Date(),
): void {
  store.transaction(() => {
    store.run(
      `INSERT INTO file_shape (shape, choices, used_at) VALUES (?, ?, ?)
         ON CONFLICT (shape) DO UPDATE SET choices = excluded.choices, used_at = excluded.used_at`,
      shape,
      JSON.stringify(choices),
      now.toISOString(),
    );
    store.run(
      'DELETE FROM file_shape WHERE shape NOT IN (SELECT shape FROM file_shape ORDER BY used_at DESC LIMIT ?)',
      mostShapes,
    );
  });
}

/** Forgets what was chosen for files of a shape. */
export function forgetShapeChoices(store: Store, shape: string): void {
  store.run('DELETE FROM file_shape WHERE shape = ?', shape);
}
