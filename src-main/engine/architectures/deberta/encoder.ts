import { cast, unsqueeze } from '../../graph/operators.ts';
import type { Value } from '../../graph/value.ts';
import type { DebertaConfig } from '../config/deberta-config.ts';
import type { EncoderInputs } from '../encoder-inputs.ts';
import { feedForward } from '../layers/feed-forward.ts';
import { residualOutput } from '../layers/residual-output.ts';
import type { ModelScope } from '../model-scope.ts';
import { convolutionLayer } from './convolution-layer.ts';
import { disentangledAttention, type DisentangledContext } from './disentangled-attention.ts';
import { distances } from './distances.ts';
import { debertaEmbeddings } from './embeddings.ts';

/** DeBERTa-v2 and v3: the token vectors before and after each layer, each [batch, tokens, hidden]. */
export function debertaEncoder(
  scope: ModelScope,
  config: DebertaConfig,
  inputs: EncoderInputs,
): readonly Value[] {
  const { g } = scope;
  const present = unsqueeze(g, cast(g, cast(g, inputs.mask, 'bool'), 'float32'), [2]); // [batch, tokens, 1]
  const embeddings = debertaEmbeddings(scope, config, inputs, present);
  const context = scope.within('encoder', () => contextOf(scope, config, inputs));
  const states = [embeddings];
  let x = embeddings;
  for (let layer = 0; layer < config.layers; layer++) {
    x = scope.atDepth(layer + 1, () => {
      const y = scope.within(`encoder.layer.${layer}`, () => debertaLayer(scope, config, x, context));
      const { convolution } = config;
      if (layer > 0 || convolution === null) return y;
      return scope.within('encoder', () =>
        convolutionLayer(scope, config, convolution, { embeddings, x: y, present }),
      );
    });
    states.push(x);
  }
  return states;
}

function contextOf(
  scope: ModelScope,
  config: DebertaConfig,
  { ids, mask, tokens }: EncoderInputs,
): DisentangledContext {
  const { g } = scope;
  const known = cast(g, mask, 'bool');
  const visible = g.op('And', [unsqueeze(g, known, [0, 2]), unsqueeze(g, known, [0, 3])]);
  const batch = g.op('Slice', [g.op('Shape', [ids]), g.ints([0]), g.ints([1])]);
  return {
    visible,
    extent: { batch, tokens },
    distances: config.relative === null ? null : distances(scope, config, config.relative, tokens),
  };
}

function debertaLayer(
  scope: ModelScope,
  config: DebertaConfig,
  x: Value,
  context: DisentangledContext,
): Value {
  const attended = scope.within('attention', () =>
    residualOutput(scope, config, disentangledAttention(scope, config, x, context), x),
  );
  return feedForward(scope, config, attended);
}
