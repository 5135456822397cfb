import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  undefined: 'nothing',
};

function words(type: string): string {
  return typeWords[type] ?? type;
}

function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') {
    return value.length > 60 ? `text of ${value.length} characters` : JSON.stringify(value);
  }
  return typeof value === 'object' ? 'an object' : String(value);
}

const sizeUnits: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return words(issue.expected);
    case 'too_big':
      return `at most ${issue.maximum}${sizeUnits[issue.origin] ?? ''}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${sizeUnits[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `no ${issue.keys.map((key) => JSON.stringify(key)).join(', ')} here`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

/** A path such as `libraryIds[2]`, `input` for the whole. */
function pathWords(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'input' : text.replace(/^\./, '');
}

/** The faults of an input in plain words: where, what was found, what was expected; at most three of them. */
export function describeIssues(issues: readonly Issue[], input: unknown): string {
  const described = issues
    .slice(0, 3)
    .map(
      (issue) =>
        `${pathWords(issue.path)}: found ${found(at(input, issue.path))}, expected ${expected(issue)}`,
    );
  const more = issues.length - described.length;
  return described.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** The path of the first fault, such as `libraryIds[2]`. */
export function firstPath(issues: readonly Issue[]): string {
  return pathWords(issues[0]?.path ?? []);
}
