"""A BERT-like encoder in plain torch, with random weights, and its export to ONNX."""
import math

import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, -1).transpose(1, 2)

    def forward(self, x, bias):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        weights = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(q.size(-1)) + bias, dim=-1)
        x = self.norm1(x + self.out((weights @ v).transpose(1, 2).reshape(x.size(0), x.size(1), -1)))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, vocabulary, width, heads, layers, inner, positions, seed):
        super().__init__()
        torch.manual_seed(seed)
        self.words, self.places, self.types = nn.Embedding(vocabulary, width), nn.Embedding(positions, width), nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))

    def forward(self, input_ids, attention_mask, token_type_ids):
        places = torch.arange(input_ids.size(1), device=input_ids.device).unsqueeze(0)
        x = self.norm(self.words(input_ids) + self.places(places) + self.types(token_type_ids))
        bias = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * -3.4028234663852886e38
        for layer in self.layers:
            x = layer(x, bias)
        return x


def export(model, file):
    model.eval()
    ids = torch.ones(2, 5, dtype=torch.int64)
    free = {0: "batch", 1: "sequence"}
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        model, (ids, ids, torch.zeros_like(ids)), file, input_names=names, output_names=["last_hidden_state"],
        dynamic_axes={name: free for name in [*names, "last_hidden_state"]}, opset_version=13)
