/** Keys and what they do. */
export interface Shortcut {
  readonly keys: readonly (readonly string[])[];
  readonly does: string;
}

/** Every shortcut of the product, by where it works. */
export const shortcuts: readonly { readonly place: string; readonly list: readonly Shortcut[] }[] = [
  {
    place: 'Anywhere',
    list: [
      { keys: [['Alt', '1–4']], does: 'Lookup, import, sheets, jobs' },
      { keys: [['/']], does: 'Go to the anchor phrase' },
      { keys: [['Ctrl', 'K']], does: 'Go to the CPC class' },
      { keys: [['Ctrl', 'Shift', 'H']], does: 'Past queries' },
      { keys: [['?']], does: 'This list' },
    ],
  },
  {
    place: 'Anchor and class',
    list: [
      { keys: [['Enter']], does: 'Rank' },
      { keys: [['↓']], does: 'From the anchor to the results; in the class, through the titles found' },
      { keys: [['Alt', '↓']], does: 'Browse the CPC tree' },
    ],
  },
  {
    place: 'Results',
    list: [
      { keys: [['↑'], ['↓']], does: 'Line by line' },
      { keys: [['Page ↑'], ['Page ↓']], does: 'Ten lines at once' },
      { keys: [['Home'], ['End']], does: 'First, last' },
      { keys: [['Enter']], does: 'Details of the phrase' },
      { keys: [['Space']], does: 'Select the phrase' },
      {
        keys: [
          ['Shift', '↑'],
          ['Shift', '↓'],
        ],
        does: 'Select several',
      },
      { keys: [['Ctrl', 'A']], does: 'Select all' },
      { keys: [['Ctrl', 'C']], does: 'Copy the selection, else the phrase' },
      { keys: [['Esc']], does: 'Close the details, then clear the selection' },
    ],
  },
  {
    place: 'Rows of a sheet',
    list: [
      { keys: [['↑'], ['↓']], does: 'Row by row' },
      { keys: [['Page ↑'], ['Page ↓']], does: 'A screen at once' },
      { keys: [['Home'], ['End']], does: 'First, last' },
      { keys: [['Enter']], does: 'The row in full' },
      { keys: [['Esc']], does: 'Close the row' },
    ],
  },
  {
    place: 'CPC tree',
    list: [
      { keys: [['→'], ['←']], does: 'Open and close a branch' },
      { keys: [['Enter']], does: 'Take the symbol' },
      { keys: [['A–Z']], does: 'Go to a symbol or title that begins so' },
    ],
  },
];
