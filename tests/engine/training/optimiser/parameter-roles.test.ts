import { describe, expect, it } from 'vitest';
import { parameterRoles } from '../../../../src-main/engine/training/optimiser/parameter-roles.ts';
import { tinyEncoder, tinyRecipe } from '../tiny-encoder.ts';

const rolesWith = (settings: Readonly<Record<string, unknown>>) =>
  new Map(
    parameterRoles(
      tinyEncoder(),
      tinyRecipe({ learningRate: 0.001, headLearningRate: 0.01, ...settings }),
    ).map((role) => [role.name, role]),
  );

describe('the roles of parameters', () => {
  it('decay matrices and tables, and neither biases nor the scales of normalisations', () => {
    const roles = rolesWith({ weightDecay: 0.1 });
    const decayed = [...roles.values()].filter(({ weightDecay }) => weightDecay > 0).map(({ name }) => name);
    expect(decayed).toContain('embeddings.word_embeddings.weight');
    expect(decayed).toContain('head.classifier.weight');
    expect(decayed.filter((name) => /bias|LayerNorm/.test(name))).toEqual([]);
    expect([...roles.values()].filter(({ weightDecay }) => weightDecay === 0).length).toBeGreaterThan(10);
  });

  it('slow down layer by layer, and give the head a rate of its own', () => {
    const roles = rolesWith({ layerDecay: 0.5 });
    const rates = [
      'embeddings.LayerNorm.weight',
      'encoder.layer.0.output.dense.weight',
      'encoder.layer.1.output.dense.weight',
      'head.classifier.weight',
    ].map((name) => roles.get(name)?.learningRate);
    expect(rates).toEqual([0.00025, 0.0005, 0.001, 0.01]);
  });

  it('freeze embeddings and the lowest layers', () => {
    const roles = rolesWith({ freezeEmbeddings: true, frozenLayers: 1 });
    const trained = [...roles.values()].filter((role) => role.trained).map(({ name }) => name);
    expect(trained.every((name) => /^(?:encoder\.layer\.1|head)\./.test(name))).toBe(true);
    expect(trained).toHaveLength(16 + 2);
  });
});
