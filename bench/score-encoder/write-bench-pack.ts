import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { buildEncoder } from '../../src-main/engine/architectures/build-encoder.ts';
import { readEncoderConfig } from '../../src-main/engine/architectures/config/read-config.ts';
import { fillFresh } from '../../src-main/engine/architectures/fresh-weights.ts';
import { linearLogit } from '../../src-main/engine/architectures/heads/linear-logit.ts';
import { unsqueeze } from '../../src-main/engine/graph/operators.ts';
import type { Tensor } from '../../src-main/engine/graph/tensor.ts';
import { encoderOnnx } from '../../src-main/engine/weights/export-encoder.ts';

const builtInTokeniser = resolve(import.meta.dirname, '../../models/retriever-static-1/tokenizer.json');
const config = {
  model_type: 'bert',
  vocab_size: 8192,
  hidden_size: 256,
  num_hidden_layers: 4,
  num_attention_heads: 4,
  intermediate_size: 1024,
  max_position_embeddings: 128,
};

/** Writes a small encoder of random weights as a pack that transformers.js reads as well. */
export async function writeBenchPack(dir: string): Promise<void> {
  const { graph, parameters } = buildEncoder(readEncoderConfig(config), {
    training: false,
    // [batch, 1], as transformers.js expects it.
    appendHead: (scope, states) => unsqueeze(scope.g, linearLogit('cls')(scope, states), [1]),
  });
  const weights = new Map(
    parameters.map((parameter): [string, Tensor] => {
      const { name, shape } = parameter;
      const numbers = new Float32Array(shape.reduce((product, size) => product * size, 1));
      fillFresh(parameter, 1, numbers);
      return [name, { type: 'float32', shape, bytes: new Uint8Array(numbers.buffer) }];
    }),
  );
  const text = (value: unknown) => Buffer.from(JSON.stringify(value));
  const files: Readonly<Record<string, Uint8Array>> = {
    'onnx/model.onnx': encoderOnnx(graph, weights),
    'config.json': text({ ...config, id2label: { 0: 'score' }, problem_type: 'multi_label_classification' }),
    'tokenizer.json': text(await tokeniser()),
    'tokenizer_config.json': text({
      tokenizer_class: 'BertTokenizer',
      model_max_length: 128,
      cls_token: '[CLS]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
    }),
  };
  const manifest = {
    format: 1,
    id: 'bench-encoder',
    name: 'Encoder for measurements',
    version: '1.0.0',
    description: 'Random weights.',
    kind: 'scorer',
    family: 'encoder',
    modes: ['pair'],
    inputForm: 'anchor-target-context',
    graph: 'onnx/model.onnx',
    maxLength: 128,
    licence: 'CC0-1.0',
    provenance: { command: 'bench', seed: 1, data: [] },
    metrics: [],
    output: {
      activation: 'sigmoid',
      calibration: { raw: [0, 1], score: [0, 1] },
      ratingCuts: [0.2, 0.4, 0.6, 0.8],
    },
    files: Object.fromEntries(
      Object.entries(files).map(([file, bytes]) => [
        file,
        { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength },
      ]),
    ),
  };
  for (const [file, bytes] of Object.entries({ ...files, 'pack.json': text(manifest) })) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), bytes);
  }
}

/** The first pieces of the built-in vocabulary behind BERT's special tokens, as a BERT's tokenizer.json has them. */
async function tokeniser(): Promise<unknown> {
  const json = JSON.parse(await readFile(builtInTokeniser, 'utf8')) as {
    model: { vocab: Record<string, number> };
  };
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const byId = Object.entries(json.model.vocab).sort(([, a], [, b]) => a - b);
  const pieces = [...special, ...byId.map(([piece]) => piece).filter((piece) => !special.includes(piece))];
  const idOf = (content: string) => special.indexOf(content);
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const a = { Sequence: { id: 'A', type_id: 0 } };
  return {
    ...json,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    post_processor: {
      type: 'TemplateProcessing',
      single: [token('[CLS]'), a, token('[SEP]')],
      pair: [token('[CLS]'), a, token('[SEP]'), { Sequence: { id: 'B', type_id: 1 } }, token('[SEP]')],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }]),
      ),
    },
    model: {
      ...json.model,
      vocab: Object.fromEntries(pieces.slice(0, config.vocab_size).map((piece, id) => [piece, id])),
    },
  };
}
