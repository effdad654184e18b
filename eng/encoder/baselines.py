"""What the encoders are measured against. Each scores pairs of texts: the higher, the more alike."""

import hashlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


def hash_only(texts, left, right):
    digests = [hashlib.sha256(t.encode()).digest() for t in texts]
    return np.array([float(digests[a] == digests[b]) for a, b in zip(left, right)])


def minhash(texts, left, right, words=3, size=128):
    """Broder's estimate of the shared share of word shingles, from `size` permutations of 61-bit hashes."""
    prime = (1 << 61) - 1
    rng = np.random.default_rng(1)
    multiply = rng.integers(1, 1 << 31, size, dtype=np.uint64)
    add = rng.integers(0, 1 << 31, size, dtype=np.uint64)
    signatures = np.empty((len(texts), size), np.uint64)
    for i, text in enumerate(texts):
        split = text.split()
        shingles = {" ".join(split[k:k + words]) for k in range(max(1, len(split) - words + 1))}
        hashes = np.array([int.from_bytes(hashlib.blake2b(s.encode(), digest_size=4).digest(), "little") for s in shingles], np.uint64)
        signatures[i] = ((hashes[:, None] * multiply + add) % np.uint64(prime)).min(axis=0)
    return (signatures[left] == signatures[right]).mean(axis=1)


def tfidf(texts, left, right, documents, **options):
    """Cosine of TF-IDF vectors whose document frequencies come from `documents`: the benchmark's own dialogues."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, **options).fit(documents)
    rows = vectorizer.transform(texts)
    return np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
