"""Writes tests/fixtures/training: what PyTorch and transformers give for a small run, for the tests of the trainer.

    python scripts/make-training-fixtures.py        (needs torch, transformers and safetensors)

- adamw-run.safetensors: the weights that the run begins with, BERT's under Hugging Face's names and a linear head;
- adamw-run.json: the sizes, 100 batches and the loss of each step of torch.optim.AdamW with clipping and a linear schedule;
- schedules.json: learning rate factors of the schedules of transformers.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import (
    BertConfig,
    BertModel,
    get_constant_schedule_with_warmup,
    get_cosine_schedule_with_warmup,
    get_cosine_with_hard_restarts_schedule_with_warmup,
    get_linear_schedule_with_warmup,
)

folder = Path(__file__).parent.parent / "tests/fixtures/training"
folder.mkdir(parents=True, exist_ok=True)
torch.manual_seed(20240229)
torch.set_num_threads(1)

sizes = dict(
    vocab_size=90, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
    max_position_embeddings=32, type_vocab_size=2, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    initializer_range=0.2,
)
encoder = BertModel(BertConfig(**sizes), add_pooling_layer=False).train()
head = torch.nn.Linear(sizes["hidden_size"], 1)
weights = {name: p.detach().clone() for name, p in encoder.named_parameters()}
weights |= {f"head.classifier.{name}": p.detach().clone() for name, p in head.named_parameters()}
save_file(weights, folder / "adamw-run.safetensors")

settings = dict(learningRate=3e-3, headLearningRate=1e-2, weightDecay=0.05, clip=0.5, warmUp=0.1, steps=100)


def is_decayed(name, p):
    return p.dim() > 1


groups = [
    {"params": [p for n, p in module.named_parameters() if is_decayed(n, p) == decayed], "lr": rate,
     "weight_decay": settings["weightDecay"] if decayed else 0.0}
    for module, rate in ((encoder, settings["learningRate"]), (head, settings["headLearningRate"]))
    for decayed in (True, False)
]
optimiser = torch.optim.AdamW(groups, eps=1e-8)
steps = settings["steps"]
schedule = get_linear_schedule_with_warmup(optimiser, int(settings["warmUp"] * steps), steps)
loss_of = torch.nn.BCEWithLogitsLoss()
everything = [*encoder.parameters(), *head.parameters()]

batches, losses, norms = [], [], []
for step in range(steps):
    lengths = torch.randint(3, 12, (6,)).tolist()
    rows = [torch.randint(1, sizes["vocab_size"], (length,)).tolist() for length in lengths]
    labels = [round(sum(i < 30 for i in row) / len(row) * 4) / 4 for row in rows]
    longest = max(lengths)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    present = mask[:, :, None].float()
    logits = head((hidden * present).sum(1) / present.sum(1)).squeeze(1)
    loss = loss_of(logits, torch.tensor(labels))
    optimiser.zero_grad()
    loss.backward()
    norms.append(torch.nn.utils.clip_grad_norm_(everything, settings["clip"]).item())
    optimiser.step()
    schedule.step()
    batches.append({"rows": rows, "labels": labels})
    losses.append(loss.item())

final = {name: p.detach().double().norm().item() for name, p in encoder.named_parameters()}
(folder / "adamw-run.json").write_text(json.dumps(
    {"config": {"model_type": "bert", **sizes}, "settings": settings, "batches": batches, "losses": losses,
     "norms": norms, "finalNorms": final}
) + "\n")


def factors(make, steps):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.SGD([parameter], lr=1.0)
    schedule = make(optimiser)
    found = []
    for _ in range(steps):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return found


cases = []
for total, warm in ((1, 0), (10, 0), (40, 4), (37, 9)):
    share = warm / total
    cases += [
        {"schedule": {"kind": "constant", "warmUp": share}, "steps": total,
         "factors": factors(lambda o: get_constant_schedule_with_warmup(o, warm), total)},
        {"schedule": {"kind": "linear", "warmUp": share}, "steps": total,
         "factors": factors(lambda o: get_linear_schedule_with_warmup(o, warm, total), total)},
    ]
    cases += [
        {"schedule": {"kind": "cosine", "warmUp": share, "cycles": cycles}, "steps": total,
         "factors": factors(lambda o: get_cosine_schedule_with_warmup(o, warm, total, cycles), total)}
        for cycles in (0.5, 1.5)
    ]
    cases += [
        {"schedule": {"kind": "cosine-restarts", "warmUp": share, "cycles": cycles}, "steps": total,
         "factors": factors(lambda o: get_cosine_with_hard_restarts_schedule_with_warmup(o, warm, total, cycles), total)}
        for cycles in (1, 3)
    ]
(folder / "schedules.json").write_text(json.dumps(cases) + "\n")
print(f"first and last loss: {losses[0]:.4f} {losses[-1]:.4f}; files in {folder}")
