// Upper-case words of the section, class and subclass titles that stay so in running text.
const acronyms = new Set(['AC', 'DC', 'DNA', 'RNA', 'ICT', 'IPC', 'CPC', 'US', 'USPC', 'LED', '3-D', '2-D']);

// What keeps its capitals by its shape: bracketed abbreviations, symbols and ranges of symbols, `X-` of X-rays,
// the letter of a section.
const keptShape = /^\[.*\]$|^[A-HY]\d\d[A-Z]?(?:\d+\/\d+)?(?:[-–][A-HY]\d\d[A-Z]?)?$/;

/** A title in capitals as one reads it: each part between semicolons starts with a capital, acronyms are kept. */
export function sentenceCase(title: string): string {
  if (!mostlyCapitals(title)) return title;
  let previous = '';
  const words = title.split(/(\s+|[;,:])/).map((word) => {
    const cased = lowerWord(word, previous);
    if (word.trim() !== '') previous = word;
    return cased;
  });
  return words
    .join('')
    .replace(/(^|; )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function lowerWord(word: string, previous: string): string {
  if (acronyms.has(word) || keptShape.test(word)) return word;
  if (/^SECTION$/i.test(previous) && /^[A-HY]$/.test(word)) return word;
  return word.startsWith('X-') ? 'X' + word.slice(1).toLowerCase() : word.toLowerCase();
}

function mostlyCapitals(title: string): boolean {
  const upper = title.match(/\p{Lu}/gu)?.length ?? 0;
  const lower = title.match(/\p{Ll}/gu)?.length ?? 0;
  return upper > lower;
}
