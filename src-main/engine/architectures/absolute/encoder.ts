import type { Value } from '../../graph/value.ts';
import type { AbsoluteConfig } from '../config/absolute-config.ts';
import type { EncoderInputs } from '../encoder-inputs.ts';
import { feedForward } from '../layers/feed-forward.ts';
import { residualOutput } from '../layers/residual-output.ts';
import type { ModelScope } from '../model-scope.ts';
import { absoluteEmbeddings } from './embeddings.ts';
import { paddingPenalty, selfAttention } from './self-attention.ts';

/** BERT, ELECTRA and RoBERTa: the token vectors before and after each layer, each [batch, tokens, hidden]. */
export function absoluteEncoder(
  scope: ModelScope,
  config: AbsoluteConfig,
  inputs: EncoderInputs,
): readonly Value[] {
  let x = absoluteEmbeddings(scope, config, inputs);
  const states = [x];
  const penalty = scope.within('encoder', () => paddingPenalty(scope.g, inputs.mask));
  for (let layer = 0; layer < config.layers; layer++) {
    x = scope.atDepth(layer + 1, () =>
      scope.within(`encoder.layer.${layer}`, () => encoderLayer(scope, config, x, penalty)),
    );
    states.push(x);
  }
  return states;
}

function encoderLayer(scope: ModelScope, config: AbsoluteConfig, x: Value, penalty: Value): Value {
  const attended = scope.within('attention', () =>
    residualOutput(scope, config, selfAttention(scope, config, x, penalty), x),
  );
  return feedForward(scope, config, attended);
}
