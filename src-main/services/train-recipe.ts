import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { recipe as schema, type Recipe } from '../contract/recipe.ts';
import { describeIssues, firstPath } from './describe-issues.ts';

/** A recipe and the name it goes by. */
export interface NamedRecipe {
  readonly name: string;
  /** Its paths are absolute. */
  readonly recipe: Recipe;
}

/** The folder of the recipes that come with Priorphrase. */
export const recipesFolder = 'recipes';

/** The recipe of a name that comes with Priorphrase, or of a file: what ends in `.json` or holds a slash. */
export async function readRecipe(nameOrFile: string, resourcesDir: string): Promise<NamedRecipe> {
  const isFile = extname(nameOrFile) === '.json' || /[\\/]/.test(nameOrFile);
  const path = isFile ? resolve(nameOrFile) : join(resourcesDir, recipesFolder, `${nameOrFile}.json`);
  const text = await readFile(path, 'utf8').catch(async (cause: unknown) => {
    const names = await recipeNames(resourcesDir);
    const found = isFile ? `There is no recipe file ${path}` : `There is no recipe "${nameOrFile}"`;
    throw new AppError(
      'not-found',
      `${found}. Name a file that ends in .json, or one of the recipes that come with Priorphrase: ${names.join(', ')}.`,
      { found: nameOrFile, expected: names },
      { cause },
    );
  });
  return { name: basename(path, '.json'), recipe: parseRecipe(text, path) };
}

/** The names of the recipes that come with Priorphrase. */
export async function recipeNames(resourcesDir: string): Promise<string[]> {
  const files = await readdir(join(resourcesDir, recipesFolder)).catch(() => []);
  return files
    .filter((file) => extname(file) === '.json')
    .map((file) => basename(file, '.json'))
    .sort();
}

/** The recipe in a file's text; throws `bad-input` that names each wrong field. */
export function parseRecipe(text: string, path: string): Recipe {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('bad-input', `The recipe ${path} is not valid JSON: ${why}.`, { path }, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw new AppError('bad-input', `The recipe ${path} cannot be used. ${describeIssues(issues, json)}.`, {
      path,
      field: firstPath(issues),
    });
  }
  checkTogether(parsed.data, path);
  return withAbsolutePaths(parsed.data, dirname(path));
}

// The trainer's own limit.
const mostRowsInStep = 4096;

function checkTogether({ encoder, frozenLayers, batchSize, accumulation }: Recipe, path: string): void {
  const refuse = (field: string, found: number, expected: string): never => {
    throw new AppError(
      'bad-input',
      `The recipe ${path} cannot be used. ${field}: found ${found}, expected ${expected}.`,
      { path, field },
    );
  };
  const rows = batchSize * accumulation;
  if (rows > mostRowsInStep) {
    refuse(
      'accumulation',
      accumulation,
      `batchSize times accumulation to be at most ${mostRowsInStep}, not ${rows}`,
    );
  }
  if (encoder.kind !== 'fresh') return;
  const { hidden, heads, layers } = encoder;
  if (hidden % heads !== 0) refuse('encoder.heads', heads, `a divisor of encoder.hidden (${hidden})`);
  if (frozenLayers > layers) refuse('frozenLayers', frozenLayers, `at most encoder.layers (${layers})`);
}

function withAbsolutePaths(recipe: Recipe, folder: string): Recipe {
  const { encoder } = recipe;
  if (encoder.kind === 'folder') {
    return { ...recipe, encoder: { ...encoder, path: resolve(folder, encoder.path) } };
  }
  if (encoder.kind === 'fresh' && encoder.tokeniser.kind === 'folder') {
    const tokeniser = { ...encoder.tokeniser, path: resolve(folder, encoder.tokeniser.path) };
    return { ...recipe, encoder: { ...encoder, tokeniser } };
  }
  return recipe;
}
