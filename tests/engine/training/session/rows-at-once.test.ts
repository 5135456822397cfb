import { describe, expect, it } from 'vitest';
import { readEncoderConfig } from '../../../../src-main/engine/architectures/config/read-config.ts';
import { linearLogit } from '../../../../src-main/engine/architectures/heads/linear-logit.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import { add, multiply, reshape } from '../../../../src-main/engine/graph/operators.ts';
import { encoderModel } from '../../../../src-main/engine/training/encoder-model.ts';
import { losses } from '../../../../src-main/engine/training/losses/loss-table.ts';
import { peakBytes } from '../../../../src-main/engine/training/session/peak-bytes.ts';
import { rowsAtOnce, type RowsRequest } from '../../../../src-main/engine/training/session/rows-at-once.ts';
import { buildTrainingGraph } from '../../../../src-main/engine/training/session/training-graph.ts';

/** A BERT of a size, all of it trained. */
function requestOf(layers: number, hidden: number, settings: Partial<RowsRequest> = {}): RowsRequest {
  const model = encoderModel({
    config: readEncoderConfig({
      model_type: 'bert',
      vocab_size: 30522,
      hidden_size: hidden,
      num_hidden_layers: layers,
      num_attention_heads: hidden / 64,
      intermediate_size: 4 * hidden,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    }),
    appendHead: linearLogit('mean'),
    load: async () => undefined,
  });
  const trained = new Set(model.parameters.map(({ name }) => name));
  const { graph } = buildTrainingGraph({ model: model.training, loss: losses['bce-with-logits'], trained });
  return {
    model,
    graph,
    trained,
    wanted: { batch: 32, tokens: 64 },
    batchSize: 32,
    limitMb: 3800,
    ...settings,
  };
}

describe('the memory of a graph that runs', () => {
  it('is that of what lives at one time, without inputs, outputs and other shapes of the same', () => {
    const g = new GraphBuilder();
    const x = g.input('x', 'float32', ['batch', 10]);
    const a = multiply(g, x, x); // 40 bytes a row
    const b = reshape(g, a, [-1]);
    const c = multiply(g, b, b); // while a is read, and d while c is
    const d = add(g, c, c);
    const result = add(g, d, d);
    const graph = g.finish('small', [{ name: 'y', value: result }]);
    expect(peakBytes(graph, { batch: 3, tokens: 1 })).toBe(2 * 3 * 40);
  });

  it('grows with rows as measured: some 57 MB for each of 64 tokens of a base model', () => {
    const { graph } = requestOf(12, 768);
    const bytes = (batch: number): number => peakBytes(graph, { batch, tokens: 64 }) / 2 ** 20;
    expect((bytes(32) - bytes(8)) / 24).toBeGreaterThan(45);
    expect((bytes(32) - bytes(8)) / 24).toBeLessThan(60);
  });
});

describe('rows at once', () => {
  it('are the whole batch where there is room', () => {
    expect(rowsAtOnce(requestOf(4, 256))).toBe(32);
    expect(rowsAtOnce(requestOf(12, 768, { wanted: { batch: 32, tokens: 16 } }))).toBe(32);
    expect(rowsAtOnce(requestOf(12, 768, { limitMb: 8192 }))).toBe(32);
  });

  it('are a third of a batch of 32 rows of 64 tokens for a base model in 4 GB, and fewer in less', () => {
    const base = requestOf(12, 768);
    const rows = [3800, 3500, 3200].map((limitMb) => rowsAtOnce({ ...base, limitMb }));
    expect(rows[0]).toBe(11);
    expect(rows[1]).toBeLessThan(11);
    expect(rows[2]).toBeLessThan(rows[1] ?? 0);
  });

  it('are no more than the recipe wants, and one where nothing fits', () => {
    expect(rowsAtOnce(requestOf(4, 256, { wanted: { batch: 8, tokens: 64 } }))).toBe(8);
    expect(rowsAtOnce(requestOf(4, 256, { limitMb: 1 }))).toBe(1);
  });

  it('are no fewer than take a tenth of the limit: where parameters alone are too large, that would gain nothing', () => {
    const wide = requestOf(12, 768, { limitMb: 2000 });
    const rows = rowsAtOnce(wide);
    const run = (batch: number): number => peakBytes(wide.graph, { batch, tokens: 64 }) / 2 ** 20;
    expect(rows).toBeGreaterThan(1);
    expect(run(rows)).toBeLessThan(200);
  });

  it('are more where most of the model is frozen', () => {
    const base = requestOf(12, 768, { limitMb: 3200 });
    const few = new Set([...base.trained].filter((name) => name.startsWith('head.')));
    expect(rowsAtOnce({ ...base, trained: few })).toBeGreaterThan(rowsAtOnce(base));
  });
});
