import { AppError } from '../../../contract/app-error.ts';

/** A setting of config.json that can't be used: its field, what was found and what was expected. */
export function configError(field: string, found: unknown, expected: string): AppError {
  const text = found === undefined ? 'missing' : JSON.stringify(found);
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new AppError('bad-input', `config.json: ${field} is ${short}; expected ${expected}.`, {
    field,
    found: short,
    expected,
  });
}
