"""The same threshold queries by scikit-learn's cosine_similarity, 16 queries a call and one a call."""
import statistics
import time

import numpy
from sklearn.metrics.pairwise import cosine_similarity

THRESHOLD = 0.9
vectors, queries = numpy.load("vectors.npy"), numpy.load("queries.npy")


def report(what, tile, count, rounds=3):
    taken, found = [], 0
    for _ in range(rounds):
        wall, cpu, found = time.perf_counter(), time.process_time(), 0
        for first in range(0, count, tile):
            cosines = cosine_similarity(queries[first:first + tile], vectors)
            found += int((cosines.max(axis=1) >= THRESHOLD).sum())
        taken.append(((time.perf_counter() - wall) * 1000 / count, (time.process_time() - cpu) * 1000 / count))
    wall, cpu = (statistics.median(each) for each in zip(*taken))
    print(f"scikit-learn, {what}: {wall:.3f} ms, {cpu:.3f} ms of processor time; {found} of {count} have a neighbour at {THRESHOLD}")


report("16 at a time", 16, len(queries))
report("one at a time", 1, 64)
