import { GraphBuilder } from '../graph/builder.ts';
import type { Graph, GraphOutput } from '../graph/graph.ts';
import type { Value } from '../graph/value.ts';
import { absoluteEncoder } from './absolute/encoder.ts';
import type { EncoderConfig } from './config/read-config.ts';
import { debertaEncoder } from './deberta/encoder.ts';
import type { DropoutMask } from './dropout-mask.ts';
import { encoderInputs, type EncoderInputs } from './encoder-inputs.ts';
import type { AppendHead } from './heads/head.ts';
import { ModelScope } from './model-scope.ts';
import type { Parameter } from './parameter.ts';

/** How an encoder is built. */
export interface EncoderOptions {
  /** With dropout, as multiplication by masks that are fed, and with what gradients read; without, for inference. */
  readonly training: boolean;
  /** Whether ONNX Runtime's own operators may be used; by default in training only, so that an inference graph runs anywhere. */
  readonly contrib?: boolean;
  /** Whether all token vectors are returned, as `hidden_states.<i>`. */
  readonly hiddenStates?: boolean;
  /** A head, of which the scores are returned as `logits` instead of `last_hidden_state`. */
  readonly appendHead?: AppendHead;
}

/** An encoder, or an encoder and a head, as a graph that is fed its parameters. */
export interface EncoderGraph {
  readonly graph: Graph;
  /** Inputs of the graph by name. */
  readonly parameters: readonly Parameter[];
  /** Inputs of the graph by name, in the order of their use; none for inference. */
  readonly masks: readonly DropoutMask[];
}

/**
 * The graph of an encoder. Inputs: input_ids, attention_mask and (where the model has token types) token_type_ids, int64
 * [batch, tokens]; its parameters; in training, dropout masks. Output: last_hidden_state [batch, tokens, hidden], or logits.
 */
export function buildEncoder(config: EncoderConfig, options: EncoderOptions): EncoderGraph {
  const { training, contrib = training, appendHead } = options;
  const scope = new ModelScope(new GraphBuilder({ contrib }), {
    training,
    deviation: config.initialDeviation,
  });
  const inputs = encoderInputs(scope.g, usesTokenTypes(config));
  const states = encoderStates(scope, config, inputs);
  const hidden = states.at(-1) as Value;
  const outputs: GraphOutput[] = options.hiddenStates
    ? states.map((value, at) => ({ name: `hidden_states.${at}`, value }))
    : [];
  if (appendHead) {
    const build = (): Value => appendHead(scope, { config, hidden, states, mask: inputs.mask });
    outputs.unshift({
      name: 'logits',
      value: scope.atDepth(config.layers + 1, () => scope.within('head', build)),
    });
  } else outputs.unshift({ name: 'last_hidden_state', value: hidden });
  return {
    graph: scope.g.finish(config.family, outputs),
    parameters: scope.parameters,
    masks: scope.masks,
  };
}

function encoderStates(scope: ModelScope, config: EncoderConfig, inputs: EncoderInputs): readonly Value[] {
  return config.family === 'deberta-v2'
    ? debertaEncoder(scope, config, inputs)
    : absoluteEncoder(scope, config, inputs);
}

/** RoBERTa has a table of token types, but always uses its first row. */
function usesTokenTypes({ family, tokenTypes }: EncoderConfig): boolean {
  return family !== 'roberta' && tokenTypes > 0;
}
