import { z } from 'zod';
import { AppError } from '../../../contract/app-error.ts';
import { absoluteConfig, absoluteFields, type AbsoluteConfig } from './absolute-config.ts';
import { configError } from './config-error.ts';
import { debertaConfig, debertaFields, type DebertaConfig } from './deberta-config.ts';
import { word } from './fields.ts';

/** The configuration of an encoder, by family. */
export type EncoderConfig = AbsoluteConfig | DebertaConfig;

/** The values of model_type that have a builder. */
export const families = ['bert', 'electra', 'roberta', 'deberta-v2'] as const;

const familyField = z.object({ model_type: word(families) });

/**
 * The configuration in the contents of a config.json; refuses a setting that is unknown or contradicts another, by name. Fields that
 * don't concern the encoder (labels, versions, heads) are passed over.
 */
export function readEncoderConfig(json: unknown): EncoderConfig {
  const { model_type: family } = parse(familyField, json);
  const config =
    family === 'deberta-v2'
      ? debertaConfig(parse(debertaFields, json))
      : absoluteConfig(family, parse(absoluteFields[family], json));
  if (config.hidden % config.heads !== 0) {
    throw configError('num_attention_heads', config.heads, `a divisor of hidden_size (${config.hidden})`);
  }
  return config;
}

function parse<Output>(schema: z.ZodType<Output>, json: unknown): Output {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new AppError('bad-input', 'config.json holds no settings; expected those of a Hugging Face model.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? 'config.json');
  const found = (json as Readonly<Record<string, unknown>>)[field];
  throw configError(field, found, issue?.message ?? 'another value');
}
