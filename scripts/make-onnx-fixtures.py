"""Makes tests/fixtures/onnx-exports: small encoders with random weights, exported by PyTorch, with PyTorch's gradients.

The project itself needs no Python; this script is kept so that the fixtures can be made again, for instance when a new
exporter writes other graphs:

    python3 -m venv /tmp/oracle
    /tmp/oracle/bin/pip install torch transformers onnx onnxscript safetensors
    /tmp/oracle/bin/python scripts/make-onnx-fixtures.py tests/fixtures/onnx-exports

For each model it writes NAME.onnx.gz and NAME.safetensors. The latter holds what was fed (input_ids, attention_mask, weights),
the model's output, and for the loss sum(output * weights) the gradient of every parameter, as `gradient of PARAMETER`. Its
metadata maps each parameter to the stored tensors of the ONNX file that hold its values (`parameters`, as JSON).
"""

import gzip
import io
import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import save_file
from transformers import (
    BertConfig,
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
    intermediate_size=16,
    max_position_embeddings=16,
)
DEBERTA = dict(
    **COMMON,
    relative_attention=True,
    position_buckets=4,
    pos_att_type=["p2c", "c2p"],
    norm_rel_ebd="layer_norm",
    position_biased_input=False,
    type_vocab_size=0,
)


class LastHiddenState(torch.nn.Module):
    """The encoder's token vectors."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


class SentenceVector(LastHiddenState):
    """The mean of the token vectors, of length 1, as sentence encoders give it."""

    def forward(self, input_ids, attention_mask):
        hidden = super().forward(input_ids, attention_mask)
        mask = attention_mask.unsqueeze(-1).expand(hidden.size()).float()
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, p=2, dim=1)


class FirstToken(LastHiddenState):
    """The pooled vector of the first token."""

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).pooler_output


def bert(**more):
    return BertModel(BertConfig(**COMMON, **more), add_pooling_layer=False)


def deberta(**more):
    return DebertaV2Model(DebertaV2Config(**DEBERTA, **more))


# name: (model, wrapper, attention, exporter and version, whether weights stay as the classes initialise them)
MODELS = {
    "bert-script-14": (bert, LastHiddenState, "eager", ("script", 14), False),
    "bert-dynamo-18": (bert, LastHiddenState, "sdpa", ("dynamo", 18), False),
    "bert-merged-script-17": (bert, LastHiddenState, "eager", ("script", 17), True),
    "bert-merged-dynamo-18": (bert, LastHiddenState, "eager", ("dynamo", 18), True),
    "minilm-script-17": (bert, SentenceVector, "sdpa", ("script", 17), False),
    "bert-tanh-gelu-script-17": (
        lambda: BertModel(BertConfig(**COMMON, hidden_act="gelu_new")),
        FirstToken,
        "eager",
        ("script", 17),
        False,
    ),
    "electra-script-17": (
        lambda: ElectraModel(ElectraConfig(embedding_size=4, **COMMON)),
        LastHiddenState,
        "eager",
        ("script", 17),
        False,
    ),
    "roberta-dynamo-18": (
        lambda: RobertaModel(RobertaConfig(pad_token_id=1, **COMMON), add_pooling_layer=False),
        LastHiddenState,
        "eager",
        ("dynamo", 18),
        False,
    ),
    "deberta-v2-script-17": (
        lambda: deberta(share_att_key=False, conv_kernel_size=3, conv_act="gelu"),
        LastHiddenState,
        "eager",
        ("script", 17),
        False,
    ),
    "deberta-v3-script-14": (lambda: deberta(share_att_key=True), LastHiddenState, "eager", ("script", 14), False),
    "deberta-v3-dynamo-18": (lambda: deberta(share_att_key=True), LastHiddenState, "eager", ("dynamo", 18), False),
    "deberta-v3-merged-script-17": (lambda: deberta(share_att_key=True), LastHiddenState, "eager", ("script", 17), True),
}


def randomise(model):
    """Gives every parameter values of its own, so that none can be mistaken for another."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(0.0, 0.2)
            if "LayerNorm.weight" in name:
                parameter.add_(1.0)


def export(model, exporter, opset):
    ids = torch.randint(3, COMMON["vocab_size"], (2, 5))
    mask = torch.ones_like(ids)
    mask[1, 3:] = 0
    names = dict(input_names=["input_ids", "attention_mask"], output_names=["output"], opset_version=opset)
    axes = {0: "batch", 1: "sequence"}
    if exporter == "dynamo":
        program = torch.onnx.export(model, (ids, mask), dynamo=True, dynamic_shapes=(axes, axes), **names)
        return program.model_proto
    buffer = io.BytesIO()
    torch.onnx.export(
        model, (ids, mask), buffer, dynamo=False, dynamic_axes={"input_ids": axes, "attention_mask": axes}, **names
    )
    return onnx.load_from_string(buffer.getvalue())


def strip(graph):
    """Leaves out what is for people only; keeps the note of modules, which a reader can use."""
    del graph.value_info[:]
    graph.doc_string = ""
    for value in [*graph.input, *graph.output]:
        del value.metadata_props[:]
    for tensor in graph.initializer:
        del tensor.metadata_props[:]
        tensor.doc_string = ""
    for node in graph.node:
        node.doc_string = ""
        kept = [entry for entry in node.metadata_props if entry.key == "pkg.torch.onnx.name_scopes"]
        del node.metadata_props[:]
        node.metadata_props.extend(kept)
        for attribute in node.attribute:
            if attribute.HasField("g"):
                strip(attribute.g)


def matches(model, graph):
    """For each parameter the stored tensors with its values, as they are or transposed."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            stored[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    found = {}
    for name, parameter in model.named_parameters():
        values = parameter.detach().numpy()
        plain = [each for each, array in stored.items() if np.array_equal(array, values)]
        turned = [each for each, array in stored.items() if values.ndim == 2 and np.array_equal(array, values.T)]
        found[name] = dict(stored=plain or turned, transposed=not plain)
    return found


def make(name, folder):
    build, wrapper, attention, (exporter, opset), as_initialised = MODELS[name]
    torch.manual_seed(len(name) * 1000 + opset)
    encoder = build()
    encoder.config._attn_implementation = attention
    model = wrapper(encoder).eval()
    if not as_initialised:
        randomise(model)
    proto = export(model, exporter, opset)
    strip(proto.graph)
    del proto.metadata_props[:]
    compressed = gzip.compress(proto.SerializeToString(deterministic=True), mtime=0)
    (folder / f"{name}.onnx.gz").write_bytes(compressed)

    # Not the sizes of the export: those must be free.
    ids = torch.randint(3, COMMON["vocab_size"], (3, 7))
    ids[2, 1] = ids[0, 2] = ids[0, 3]
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    mask[2, 2:] = 0
    output = model(ids, mask)
    weights = torch.randn_like(output)
    (output * weights).sum().backward()
    tensors = {
        "input_ids": ids.numpy(),
        "attention_mask": mask.numpy(),
        "weights": weights.numpy(),
        "output": output.detach().numpy(),
    }
    parameters = {}
    for parameter, match in matches(model, proto.graph).items():
        gradient = dict(model.named_parameters())[parameter].grad
        if gradient is None:
            continue
        tensors[f"gradient of {parameter}"] = gradient.numpy()
        parameters[parameter] = match
    metadata = dict(torch=torch.__version__, parameters=json.dumps(parameters))
    save_file(tensors, folder / f"{name}.safetensors", metadata)
    size = sum((folder / f"{name}{suffix}").stat().st_size for suffix in (".onnx.gz", ".safetensors"))
    print(f"{name}: {len(proto.graph.node)} nodes, {len(parameters)} parameters, {size} bytes")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    for name in sys.argv[2:] or MODELS:
        make(name, folder)


if __name__ == "__main__":
    main()
