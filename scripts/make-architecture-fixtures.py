"""Makes tests/fixtures/architectures: small encoders with random weights as Hugging Face saves them, with what PyTorch computes.

The project itself needs no Python; this script is kept so that the fixtures can be made again:

    python3 -m venv /tmp/oracle
    /tmp/oracle/bin/pip install torch transformers safetensors
    /tmp/oracle/bin/python scripts/make-architecture-fixtures.py tests/fixtures/architectures

For each model it writes a folder with config.json, model.safetensors and expected.safetensors. The latter holds what was fed
(input_ids, attention_mask, token_type_ids) and
- `hidden_states.<i>`: the token vectors before and after each layer, without dropout;
- `dropout.<i>`: the masks of a run with dropout in the order of their use, each 0 or 1 / (1 - rate), and `trained`: the last token
  vectors of that run;
- `gradient.<parameter>`: the gradients of sum(trained * loss_weights), where loss_weights are 0 on padding.
"""

import inspect
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    DebertaV2Config,
    DebertaV2Model,
    ElectraConfig,
    ElectraModel,
    RobertaConfig,
    RobertaModel,
)

COMMON = dict(
    vocab_size=30,
    hidden_size=8,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=12,
    max_position_embeddings=16,
    hidden_dropout_prob=0.2,
    attention_probs_dropout_prob=0.25,
)
DEBERTA = dict(
    **COMMON,
    relative_attention=True,
    position_biased_input=False,
    type_vocab_size=0,
    pos_att_type=["p2c", "c2p"],
)

# name: (build, number of tokens)
MODELS = {
    "bert": (lambda: BertModel(BertConfig(**COMMON), add_pooling_layer=False), 7),
    # Saved with a prefix, a pooler and a head; the tanh form of Gelu.
    "bert-classifier": (lambda: BertForSequenceClassification(BertConfig(**COMMON, hidden_act="gelu_new")), 6),
    "electra": (lambda: ElectraModel(ElectraConfig(**COMMON, embedding_size=6)), 7),
    "electra-unprojected": (lambda: ElectraModel(ElectraConfig(**COMMON, embedding_size=8)), 5),
    "roberta": (
        lambda: RobertaModel(
            RobertaConfig(**COMMON, pad_token_id=1, type_vocab_size=1, layer_norm_eps=1e-5), add_pooling_layer=False
        ),
        7,
    ),
    # Positions beyond the exact ones share buckets: 20 tokens against 4 exact positions.
    "deberta-v2": (
        lambda: DebertaV2Model(
            DebertaV2Config(
                **DEBERTA,
                share_att_key=False,
                position_buckets=8,
                max_relative_positions=-1,
                norm_rel_ebd="layer_norm",
                conv_kernel_size=3,
                conv_act="gelu",
            )
        ),
        20,
    ),
    "deberta-v3": (
        lambda: DebertaV2Model(
            DebertaV2Config(
                **DEBERTA, share_att_key=True, position_buckets=8, max_relative_positions=-1, norm_rel_ebd="layer_norm"
            )
        ),
        20,
    ),
    # No buckets, no normalisation, one kind of relative attention, absolute positions and token types besides.
    "deberta-plain": (
        lambda: DebertaV2Model(
            DebertaV2Config(
                **{**DEBERTA, "position_biased_input": True, "type_vocab_size": 2, "pos_att_type": ["c2p"]},
                share_att_key=False,
                max_relative_positions=4,
            )
        ),
        9,
    ),
    "deberta-p2c": (
        lambda: DebertaV2Model(
            DebertaV2Config(
                **{**DEBERTA, "pos_att_type": ["p2c"], "embedding_size": 6},
                share_att_key=True,
                position_buckets=4,
                max_relative_positions=12,
                conv_kernel_size=5,
                conv_groups=2,
            )
        ),
        6,
    ),
}


def randomise(model):
    """Gives every parameter values of its own, large enough that each matters."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(0.0, 0.3)
            if name.endswith("LayerNorm.weight"):
                parameter.add_(1.0)


class RecordedDropout:
    """Stands in for dropout: multiplies by masks and keeps them."""

    def __init__(self):
        self.masks = []

    def __call__(self, input, p=0.5, training=True, inplace=False):
        if not training or p == 0:
            return input
        mask = (torch.rand_like(input) >= p).float() / (1 - p)
        self.masks.append(mask.detach().clone())
        return input * mask


def encoder_of(model):
    return getattr(model, model.base_model_prefix, model)


def make(name, folder):
    build, tokens = MODELS[name]
    torch.manual_seed(sum(map(ord, name)))
    model = build()
    randomise(model)
    model.save_pretrained(folder / name)
    encoder = encoder_of(model)
    config = model.config
    config._attn_implementation = "eager"

    pad = config.pad_token_id
    ids = torch.randint(3, config.vocab_size, (3, tokens))
    ids[2, 1] = ids[0, 2] = ids[0, 3]
    mask = torch.ones_like(ids)
    mask[1, tokens - 2 :] = 0
    mask[2, 2:] = 0
    ids = torch.where(mask == 1, ids, pad)
    fed = dict(input_ids=ids, attention_mask=mask)
    if config.type_vocab_size > 1:
        fed["token_type_ids"] = (torch.arange(tokens) >= tokens // 2).long().expand(3, tokens).contiguous() * mask
    # RoBERTa makes these from the tokens; the others take what is given.
    assert "token_type_ids" in inspect.signature(encoder.forward).parameters

    encoder.eval()
    states = encoder(**fed, output_hidden_states=True).hidden_states
    tensors = dict(fed)
    tensors.update({f"hidden_states.{at}": state for at, state in enumerate(states)})

    recorded = RecordedDropout()
    usual = torch.nn.functional.dropout
    torch.nn.functional.dropout = recorded
    try:
        encoder.train()
        trained = encoder(**fed).last_hidden_state
    finally:
        torch.nn.functional.dropout = usual
    loss_weights = torch.randn_like(trained) * mask.unsqueeze(-1)
    (trained * loss_weights).sum().backward()
    tensors.update({f"dropout.{at}": each for at, each in enumerate(recorded.masks)})
    tensors.update(trained=trained, loss_weights=loss_weights)
    for parameter, value in encoder.named_parameters():
        if value.grad is not None:
            tensors[f"gradient.{parameter}"] = value.grad
    tensors = {key: value.detach().contiguous() for key, value in tensors.items()}
    save_file(tensors, folder / name / "expected.safetensors", dict(torch=torch.__version__))
    size = sum(each.stat().st_size for each in (folder / name).iterdir())
    print(f"{name}: {len(states) - 1} layers, {len(recorded.masks)} masks, {size} bytes")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or MODELS:
        make(name, folder)


if __name__ == "__main__":
    main()
