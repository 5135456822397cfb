import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-main/contract/app-error.ts';
import { readEncoderConfig } from '../../../../src-main/engine/architectures/config/read-config.ts';

const sizes = {
  vocab_size: 100,
  hidden_size: 12,
  num_hidden_layers: 2,
  num_attention_heads: 3,
  intermediate_size: 24,
};

// As published with the model, but for the sizes.
const debertaV3 = {
  model_type: 'deberta-v2',
  attention_probs_dropout_prob: 0.1,
  hidden_act: 'gelu',
  hidden_dropout_prob: 0.1,
  initializer_range: 0.02,
  max_position_embeddings: 512,
  relative_attention: true,
  position_buckets: 256,
  norm_rel_ebd: 'layer_norm',
  share_att_key: true,
  pos_att_type: 'p2c|c2p',
  layer_norm_eps: 1e-7,
  max_relative_positions: -1,
  position_biased_input: false,
  type_vocab_size: 0,
  pooler_dropout: 0,
  pooler_hidden_act: 'gelu',
  ...sizes,
};

describe('the configuration of an encoder', () => {
  it('is read for DeBERTa-v3', () => {
    expect(readEncoderConfig(debertaV3)).toEqual({
      family: 'deberta-v2',
      vocabulary: 100,
      hidden: 12,
      layers: 2,
      heads: 3,
      intermediate: 24,
      activation: 'gelu',
      hiddenDropout: 0.1,
      attentionDropout: 0.1,
      positions: 512,
      initialDeviation: 0.02,
      normEpsilon: 1e-7,
      paddingToken: 0,
      tokenTypes: 0,
      embedding: 12,
      absolutePositions: false,
      relative: {
        kinds: new Set(['p2c', 'c2p']),
        span: 256,
        buckets: 256,
        furthest: 512,
        normalised: true,
        sharedKeys: true,
      },
      convolution: null,
    });
  });

  it("has the family's defaults where fields are missing", () => {
    expect(readEncoderConfig({ model_type: 'electra', ...sizes })).toMatchObject({
      embedding: 128,
      normEpsilon: 1e-12,
      tokenTypes: 2,
      paddingToken: 0,
    });
    expect(readEncoderConfig({ model_type: 'roberta', ...sizes })).toMatchObject({ paddingToken: 1 });
    expect(readEncoderConfig({ model_type: 'deberta-v2', ...sizes })).toMatchObject({
      normEpsilon: 1e-7,
      relative: null,
      convolution: null,
      absolutePositions: true,
    });
  });

  const wrong: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['a family that is not known', { model_type: 'gpt2' }, 'model_type is "gpt2"; expected one of bert, electra'],
    ['no family', { model_type: undefined }, 'model_type is missing; expected one of bert, electra'],
    ['no size', { hidden_size: undefined }, 'hidden_size is missing; expected a whole number from 1'],
    ['a size of 0', { num_hidden_layers: 0 }, 'num_hidden_layers is 0; expected a whole number from 1 to 512'],
    ['a size beyond reason', { vocab_size: 1e12 }, 'vocab_size is 1000000000000; expected a whole number from 1'],
    ['heads that do not divide', { num_attention_heads: 5 }, 'num_attention_heads is 5; expected a divisor of hidden_size (12)'],
    ['an unknown activation', { hidden_act: 'mish' }, 'hidden_act is "mish"; expected one of gelu'],
    ['an unknown activation of the convolution', { conv_kernel_size: 3, conv_act: 'x' }, 'conv_act is "x"; expected one of gelu'],
    ['dropping everything', { hidden_dropout_prob: 1 }, 'hidden_dropout_prob is 1; expected a number of 0 or more, below 1'],
    ['unknown relative attention', { pos_att_type: ['c2p', 'p2p'] }, 'pos_att_type is ["c2p","p2p"]; expected c2p and p2c only'],
    ['relative attention that is off', { relative_attention: false }, 'pos_att_type is "p2c|c2p"; expected none, as relative_attention is false'],
    ['an even convolution', { conv_kernel_size: 4 }, 'conv_kernel_size is 4; expected an odd number'],
    ['groups that do not divide', { conv_kernel_size: 3, conv_groups: 5 }, 'conv_groups is 5; expected a divisor of hidden_size'],
    ['more buckets than distances', { position_buckets: 1024 }, 'position_buckets is 1024; expected an even number'],
    ['an unknown normalisation', { norm_rel_ebd: 'batch_norm' }, 'norm_rel_ebd is "batch_norm"; expected none or layer_norm'],
    ['heads of another size', { attention_head_size: 64 }, 'attention_head_size is 64; expected hidden_size / num_attention_heads (4)'],
    ['a padding token outside', { pad_token_id: 100 }, 'pad_token_id is 100; expected a token below vocab_size (100)'],
    ['relative positions in BERT', { model_type: 'bert', position_embedding_type: 'relative_key' }, 'position_embedding_type is "relative_key"; expected absolute'],
    ['a decoder', { model_type: 'bert', type_vocab_size: 2, is_decoder: true }, 'is_decoder is true; expected false'],
    ['too few positions', { model_type: 'roberta', type_vocab_size: 1, max_position_embeddings: 2 }, 'max_position_embeddings is 2; expected 3 or more'],
  ]; // prettier-ignore

  it.each(wrong)('with %s is refused by name', (_, change, message) => {
    const read = (): unknown => readEncoderConfig({ ...debertaV3, ...change });
    expect(read).toThrow(AppError);
    expect(read).toThrow(`config.json: ${message}`);
  });

  it.each([null, [], 'bert', 3])('in place of %j is refused', (json) => {
    expect(() => readEncoderConfig(json)).toThrow('config.json holds no settings');
  });
});
