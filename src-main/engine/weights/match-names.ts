import { AppError } from '../../contract/app-error.ts';
import { shown } from './refuse.ts';
import type { WeightSource } from './weight-source.ts';

/** A tensor that a model needs. */
export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** How the names in files differ from the model's. */
export interface NamingRules {
  /** What may stand before a name, such as `bert.`. */
  readonly prefixes: readonly string[];
  /** Names (without prefix) of what the model does not use, such as the heads of pre-training. */
  readonly ignored: readonly RegExp[];
}

/** Which stored tensor each of the wanted ones is. */
export interface NameMatch {
  readonly stored: ReadonlyMap<string, string>;
  /** Wanted, not in the file, and allowed to be missing. */
  readonly missing: readonly string[];
  /** In the file and not used, as the rules allow. */
  readonly ignored: readonly string[];
}

const mostListed = 12;

/** The model's name for a stored tensor: without prefix, and in the words of today (`gamma` and `beta` of old files). */
export function canonicalName(name: string, { prefixes }: NamingRules): string {
  const prefix = prefixes.find((each) => name.startsWith(each)) ?? '';
  return name
    .slice(prefix.length)
    .replace(/(?<=LayerNorm\.)gamma$/, 'weight')
    .replace(/(?<=LayerNorm\.)beta$/, 'bias');
}

/** Matches what a model needs with what a file has; refuses with one error that lists all that is missing, unexpected or of another shape. */
export function matchNames(
  source: WeightSource,
  wanted: readonly WantedTensor[],
  rules: NamingRules,
  mayMiss: (name: string) => boolean = () => false,
): NameMatch {
  const needed = new Map(wanted.map((each) => [each.name, each]));
  const stored = new Map<string, string>();
  const ignored: string[] = [];
  const unexpected: string[] = [];
  const wrong: string[] = [];
  for (const [name, { shape, dtype }] of source.tensors) {
    const own = canonicalName(name, rules);
    const target = needed.get(own);
    if (!target) {
      (rules.ignored.some((pattern) => pattern.test(own)) ? ignored : unexpected).push(shown(name));
    } else if (stored.has(own)) {
      wrong.push(`${shown(name)} stands for the same parameter as ${shown(stored.get(own) ?? '')}`);
    } else if (shape.join() !== target.shape.join()) {
      wrong.push(`${shown(name)} is [${shape.join(', ')}], expected [${target.shape.join(', ')}]`);
      stored.set(own, name);
    } else if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16') {
      wrong.push(`${shown(name)} is ${dtype}, expected F32, F16 or BF16`);
      stored.set(own, name);
    } else stored.set(own, name);
  }
  const absent = wanted.map(({ name }) => name).filter((name) => !stored.has(name));
  const missing = absent.filter((name) => !mayMiss(name));
  if (missing.length + unexpected.length + wrong.length > 0)
    throw mismatch(source.label, { missing, unexpected, wrong });
  return { stored, missing: absent, ignored };
}

function mismatch(
  label: string,
  { missing, unexpected, wrong }: Readonly<Record<'missing' | 'unexpected' | 'wrong', readonly string[]>>,
): AppError {
  const parts = [
    ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
    ...(unexpected.length > 0 ? [`unexpected: ${listed(unexpected)}`] : []),
    ...(wrong.length > 0 ? [`different: ${listed(wrong, '; ')}`] : []),
  ];
  return new AppError(
    'bad-input',
    `${label} does not fit its config.json. ${parts.join('. ')}. ` +
      'Take both files from the same model, of one of the kinds BERT, ELECTRA, RoBERTa, DeBERTa-v2 or v3.',
    { missing, unexpected, different: wrong },
  );
}

function listed(names: readonly string[], separator = ', '): string {
  const rest = names.length - mostListed;
  return names.slice(0, mostListed).join(separator) + (rest > 0 ? ` and ${rest} more` : '');
}
