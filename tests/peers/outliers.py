#!/usr/bin/python3
"""Reference values of deterministic detectors, computed with numpy and scikit-learn.

    tests/peers/outliers.py > tests/Cpf.Ml.Scoring.Tests/Golden/outliers.csv

Debian: python3-sklearn. Columns a to d are the rows, already on one scale; the others are the scores of each method.
ECOD and HBOS follow the programs of their authors and of PyOD; nearest neighbours is the mean distance to the 20
nearest others.
"""
import sys

import numpy
from sklearn.neighbors import NearestNeighbors

rows = numpy.random.default_rng(1).standard_t(4, size=(120, 4))
rows[:, 1] += rows[:, 0]
rows[:, 3] = numpy.round(rows[:, 3])  # ties
rows[7] = rows[8]  # twins
rows = numpy.round((rows - rows.mean(axis=0)) / rows.std(axis=0), 12)

below = numpy.array([[(column <= value).mean() for value in column] for column in rows.T]).T
above = numpy.array([[(column >= value).mean() for value in column] for column in rows.T]).T
ecod = numpy.maximum(-numpy.log(below), -numpy.log(above)).sum(axis=1)

hbos = numpy.zeros(len(rows))
for column in rows.T:
    heights, edges = numpy.histogram(column, bins=10, density=True)
    hbos -= numpy.log2(heights[numpy.clip(numpy.digitize(column, edges) - 1, 0, 9)] + 0.1)

neighbours = NearestNeighbors(n_neighbors=21, algorithm="brute").fit(rows).kneighbors(rows)[0]
knn = neighbours[:, 1:].mean(axis=1)

print("a,b,c,d,ECOD,HBOS,nearest neighbours")
numpy.savetxt(sys.stdout, numpy.column_stack([rows, ecod, hbos, knn]), delimiter=",", fmt="%.12f")
