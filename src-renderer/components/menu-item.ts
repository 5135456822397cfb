import type { IconName } from './icon-paths.ts';

/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** What stands at the end of the line, such as a count. */
  readonly note?: string;
  /** A second line. */
  readonly hint?: string;
  readonly icon?: IconName;
  /** Set for lines that are on or off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
}
