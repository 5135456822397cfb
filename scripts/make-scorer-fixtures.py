"""Makes tests/fixtures/scorers: tiny models for scores with random weights and tokenisers, as Hugging Face saves and exports them.

The project itself needs no Python; this script is kept so that the fixtures can be made again:

    python3 -m venv /tmp/oracle
    /tmp/oracle/bin/pip install torch transformers safetensors onnx
    /tmp/oracle/bin/python scripts/make-scorer-fixtures.py tests/fixtures/scorers

Each folder holds a tokeniser trained on a few lines (tokenizer.json, tokenizer_config.json), config.json, and
- onnx/model.onnx: the class for sequence classification with one label, as torch.onnx.export writes it;
- model.safetensors: the weights of its encoder, and of a linear head of our own on the mean of the token vectors;
- expected.json: `pairs`, the ids that the tokeniser gives for two texts; `rows`, the ids and both models' logits of
  anchor, target and context text, each row alone and without padding.
With vocab.txt of bert-base-uncased as a second argument, it adds bert-base-uncased.json: ids of that tokeniser.
"""

import contextlib
import io
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertTokenizerFast,
    DebertaV2Config,
    DebertaV2ForSequenceClassification,
    DebertaV2TokenizerFast,
    ElectraConfig,
    ElectraForSequenceClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
    RobertaTokenizerFast,
)

ROWS = [
    ("abatement", "abatement of pollution", "human necessities. furniture"),
    ("heat pump", "Heat-pumping Apparatus", "mechanical engineering. combustion engines, hot-gas plants"),
    ("fuel cell", "cell of a fuel", ""),
    ("optical coupler", "caf\u00e9 \u00b5-coupler 12%", "physics. optics"),
    ("a", "b", "chemistry"),
    ("polyethylene", "polyethylenes for the abatement of pollution of the heat pump", "textiles. weaving"),
    ("\u6f22\u5b57 device", "\U0001f525", "electricity"),
    ("pump", "pump", "performing operations. separating, mixing"),
]
LINES = [text for row in ROWS for text in row] * 3
SIZES = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, num_labels=1)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def word_piece():
    characters = sorted({c for line in LINES for c in line.lower() if not c.isspace()} | set("abcdefghijklmnopqrstuvwxyz"))
    words = ["abate", "##ment", "heat", "pump", "##ing", "of", "pollution", "the", "poly", "##ethylene", "##s", "fuel", "cell"]
    pieces = SPECIAL + characters + ["##" + c for c in characters] + words
    return BertTokenizerFast(vocab={piece: at for at, piece in enumerate(dict.fromkeys(pieces))})


def unigram():
    trained = Tokenizer(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    trained.train_from_iterator(
        LINES, trainers.UnigramTrainer(vocab_size=150, special_tokens=SPECIAL, unk_token="[UNK]", show_progress=False)
    )
    vocab = json.loads(trained.to_str())["model"]["vocab"]
    return DebertaV2TokenizerFast(vocab=[tuple(entry) for entry in vocab], unk_id=1)


def byte_pairs():
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.train_from_iterator(
        LINES,
        trainers.BpeTrainer(
            vocab_size=330,
            special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    model = json.loads(trained.to_str())["model"]
    return RobertaTokenizerFast(vocab=model["vocab"], merges=[tuple(merge) for merge in model["merges"]])


def deberta(vocabulary, **more):
    return DebertaV2ForSequenceClassification(
        DebertaV2Config(
            **SIZES,
            vocab_size=vocabulary,
            relative_attention=True,
            position_biased_input=False,
            type_vocab_size=0,
            max_position_embeddings=128,
            pos_att_type=["p2c", "c2p"],
            position_buckets=8,
            max_relative_positions=-1,
            norm_rel_ebd="layer_norm",
            pad_token_id=0,
            **more,
        )
    )


# name: (tokeniser, model for a size of vocabulary)
SCORERS = {
    "bert": (
        word_piece,
        lambda size: BertForSequenceClassification(BertConfig(**SIZES, vocab_size=size, max_position_embeddings=128)),
    ),
    "electra": (
        word_piece,
        lambda size: ElectraForSequenceClassification(
            ElectraConfig(**SIZES, vocab_size=size, max_position_embeddings=128, embedding_size=16)
        ),
    ),
    "roberta": (
        byte_pairs,
        lambda size: RobertaForSequenceClassification(
            RobertaConfig(**SIZES, vocab_size=size, max_position_embeddings=130, pad_token_id=1, type_vocab_size=1)
        ),
    ),
    "deberta-v2": (unigram, lambda size: deberta(size, share_att_key=False, conv_kernel_size=3, conv_act="gelu")),
    "deberta-v3": (unigram, lambda size: deberta(size, share_att_key=True)),
}


def row_ids(tokeniser, row):
    """The texts between the tokens that this tokeniser puts between two, which a pair of its own shows."""
    parts = [tokeniser(text, add_special_tokens=False)["input_ids"] for text in row]
    separators = [tokeniser.sep_token_id] * (2 if isinstance(tokeniser, RobertaTokenizerFast) else 1)
    ids = [tokeniser.cls_token_id]
    for part in parts[:-1]:
        ids += part + separators
    return ids + parts[-1] + [tokeniser.sep_token_id]


def pairs_of(tokeniser):
    found = []
    for anchor, target, _ in ROWS:
        encoded = tokeniser(anchor, target)
        found.append({"texts": [anchor, target], "ids": encoded["input_ids"]})
    return found


def export(model, folder):
    names = ["input_ids", "attention_mask"]
    ids = torch.tensor([[2, 5, 6, 7, 3], [2, 5, 3, 0, 0]])
    inputs = [ids, (ids != 0).long()]
    if model.config.model_type in ("bert", "electra"):
        names.append("token_type_ids")
        inputs.append(torch.zeros_like(ids))
    axes = {0: "batch", 1: "tokens"}
    with contextlib.redirect_stdout(io.StringIO()):
        torch.onnx.export(
            model,
            tuple(inputs),
            folder / "onnx" / "model.onnx",
            input_names=names,
            output_names=["logits"],
            dynamic_axes={**{name: axes for name in names}, "logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def make(name, folder):
    tokeniser_of, model_of = SCORERS[name]
    torch.manual_seed(7)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    tokeniser = tokeniser_of()
    tokeniser.save_pretrained(folder)
    model = model_of(len(tokeniser)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.15)
        head = torch.nn.Linear(SIZES["hidden_size"], 1)
        rows = []
        for row in ROWS:
            ids = row_ids(tokeniser, row)
            fed = dict(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long))
            hidden = model.base_model(**fed).last_hidden_state
            rows.append(
                {
                    "texts": list(row),
                    "ids": ids,
                    "logit": model(**fed).logits.item(),
                    "mean_logit": head(hidden.mean(1)).item(),
                }
            )
    model.config.to_json_file(folder / "config.json")
    weights = {name: tensor.contiguous() for name, tensor in model.base_model.state_dict().items() if "pooler" not in name}
    weights["head.classifier.weight"] = head.weight.detach()
    weights["head.classifier.bias"] = head.bias.detach()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    export(model, folder)
    expected = {"pairs": pairs_of(tokeniser), "rows": rows}
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


def main():
    target = pathlib.Path(sys.argv[1])
    for name in SCORERS:
        make(name, target / name)
    if len(sys.argv) > 2:
        pieces = pathlib.Path(sys.argv[2]).read_text().splitlines()
        tokeniser = BertTokenizerFast(vocab={piece: at for at, piece in enumerate(pieces)})
        rows = [{"texts": list(row), "ids": row_ids(tokeniser, row)} for row in ROWS]
        expected = {"pairs": pairs_of(tokeniser), "rows": rows}
        (target / "bert-base-uncased.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
