"""The other side of bench/train.ts: PyTorch in eager mode. Waits for a number on standard input, takes as many steps, answers in JSON."""
import json
import sys
import time

import torch
from transformers import BertConfig, BertModel

task = json.load(open(sys.argv[1]))
torch.set_num_threads(task["threads"])
torch.manual_seed(1)
attention = sys.argv[2] if len(sys.argv) > 2 else "sdpa"
config = BertConfig(
    vocab_size=task["vocabulary"], hidden_size=task["hidden"], num_hidden_layers=task["layers"],
    num_attention_heads=task["heads"], intermediate_size=4 * task["hidden"], attn_implementation=attention,
)
encoder = BertModel(config, add_pooling_layer=False).train()
head = torch.nn.Linear(task["hidden"], 1)
parameters = [*encoder.named_parameters(), *head.named_parameters()]
decayed = [p for _, p in parameters if p.dim() > 1]
others = [p for _, p in parameters if p.dim() <= 1]
optimiser = torch.optim.AdamW(
    [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=2e-5
)
loss_of = torch.nn.BCEWithLogitsLoss()
longest = max(len(ids) for ids in task["ids"])
all_ids = torch.zeros(len(task["ids"]), longest, dtype=torch.int64)
for row, ids in enumerate(task["ids"]):
    all_ids[row, : len(ids)] = torch.tensor(ids)
lengths = torch.tensor([len(ids) for ids in task["ids"]])
labels = torch.tensor(task["labels"], dtype=torch.float32)
order = iter(())


def batches():
    while True:
        for rows in torch.randperm(len(all_ids)).split(task["rows"]):
            yield rows


stream = batches()


def step():
    rows = next(stream)
    ids = all_ids[rows]
    mask = (torch.arange(longest)[None, :] < lengths[rows][:, None]).long()
    hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    present = mask[:, :, None].float()
    pooled = (hidden * present).sum(1) / present.sum(1)
    loss = loss_of(head(pooled).squeeze(1), labels[rows])
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for _, p in parameters], 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return len(rows)


def peak():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024


print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    start, cpu = time.perf_counter(), time.process_time()
    rows = sum(step() for _ in range(int(line)))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu": cpu, "rows": rows, "peak": peak()}), flush=True)
