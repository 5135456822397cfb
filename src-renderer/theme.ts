import type { Settings } from '../src-main/contract/calls.ts';

type Theme = Settings['theme'];

const key = 'priorphrase.theme';

/** Puts a theme on the page; `system` follows the operating system. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A page without storage only loses the early paint.
  }
}

/** Puts the theme of the last visit on the page before the settings have arrived, so that nothing flashes. */
export function applyRememberedTheme(): void {
  try {
    const theme = localStorage.getItem(key);
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  } catch {
    // As above.
  }
}
