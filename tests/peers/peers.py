#!/usr/bin/python3
"""Detectors of scikit-learn on generated series, for `cpf-ml evaluate transactions --peers`.

    ./cpf-ml evaluate transactions --write IN
    tests/peers/peers.py IN OUT
    ./cpf-ml evaluate transactions --peers OUT

Debian: python3-sklearn. Each peer writes one score a point, higher is more anomalous, and nothing where it has none.
Both learn the first week and score the rest. STL of statsmodels is left out: a season of 1 440 points takes it more
than ten seconds a series, and it needs the future.
"""
import csv
import math
import os
import sys
import time

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

DAY, WEEK, LAGS = 1440, 7 * 1440, 10


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    values = numpy.array([float(row["value"]) if row["value"] else math.nan for row in rows])
    return values


def filled(values):
    """Missing values as the last one that was there: these methods cannot do without."""
    known = numpy.where(numpy.isnan(values), 0, numpy.arange(len(values)))
    return values[numpy.maximum.accumulate(known)]


def windows(values):
    """Each point with the nine before it and its time of day, in deviations of the first week."""
    scaled = (values - values[:WEEK].mean()) / (values[:WEEK].std() or 1)
    lags = numpy.column_stack([numpy.roll(scaled, lag) for lag in range(LAGS)])
    angle = 2 * math.pi * (numpy.arange(len(values)) % DAY) / DAY
    return numpy.column_stack([lags, numpy.sin(angle), numpy.cos(angle)])


def forest(values):
    rows = windows(filled(values))
    return -IsolationForest(random_state=1, n_jobs=1).fit(rows[LAGS:WEEK]).score_samples(rows)


def neighbours(values):
    rows = windows(filled(values))
    return -LocalOutlierFactor(n_neighbors=20, novelty=True).fit(rows[LAGS:WEEK:3]).score_samples(rows)


PEERS = {
    "isolation forest (scikit-learn), first week": forest,
    "local outlier factor (scikit-learn), first week": neighbours,
}


def main(source, target):
    for name, judge in PEERS.items():
        folder = os.path.join(target, name)
        os.makedirs(folder, exist_ok=True)
        begun = time.process_time()
        points = 0
        for file in sorted(os.listdir(source)):
            values = read(os.path.join(source, file))
            evidence = judge(values)
            points += len(values)
            with open(os.path.join(folder, file), "w") as out:
                out.writelines(
                    "\n" if math.isnan(value) else f"{score:.6g}\n" for value, score in zip(values, evidence))
        print(f"{name}: {points / (time.process_time() - begun):.0f} points a second", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
