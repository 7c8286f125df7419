#!/usr/bin/python3
"""Detectors of scikit-learn on the sets of `cpf-ml certifications adbench`: AUROC and average precision by set.

    tests/peers/adbench.py DIR [RESULT]

RESULT is the result file to write, docs/results/certifications/adbench-scikit-learn.json in the source tree.
Debian: python3-sklearn. Columns are standardised; everything is fitted and judged on all rows, without labels.
The one-class SVM is quadratic in the rows and learns from 5 000 of them at most.
"""
import csv
import glob
import os
import sys
import warnings

import numpy
from sklearn.covariance import MinCovDet
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import LocalOutlierFactor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM

import result

warnings.filterwarnings("ignore")
MOST = 5000


def svm(rows):
    some = rows if len(rows) <= MOST else rows[numpy.random.default_rng(0).choice(len(rows), MOST, replace=False)]
    return -OneClassSVM(gamma="scale").fit(some).decision_function(rows)


DETECTORS = {
    "IsolationForest":
        lambda rows: -IsolationForest(n_estimators=100, random_state=0).fit(rows).decision_function(rows),
    "MinCovDet": lambda rows: MinCovDet(random_state=0).fit(rows).mahalanobis(rows),
    "LocalOutlierFactor": lambda rows: -LocalOutlierFactor(n_neighbors=20).fit(rows).negative_outlier_factor_,
    "OneClassSVM": svm,
}

results = {name: [] for name in DETECTORS}
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.csv"))):
    with open(path, newline="") as file:
        if "y" not in next(csv.reader(file)):
            continue
    table = numpy.genfromtxt(path, delimiter=",", skip_header=1)
    rows, strange = StandardScaler().fit_transform(table[:, :-1]), table[:, -1]
    line = []
    for name, detector in DETECTORS.items():
        scores = detector(rows)
        results[name].append((roc_auc_score(strange, scores), average_precision_score(strange, scores)))
        line.append("%s %.2f / %.1f" % (name, *(100 * figure for figure in results[name][-1])))
    print(os.path.basename(path)[:-4], *line, sep="  ", flush=True)

kept = []
for name, figures in results.items():
    auroc, precision = (100 * float(mean) for mean in numpy.mean(figures, axis=0))
    print("mean %-20s %.2f / %.1f  (%d sets)" % (name, auroc, precision, len(figures)))
    kept.append(result.figure(name.lower() + "-auroc", name, auroc, 1, "area under the curve"))
    kept.append(result.figure(name.lower() + "-ap", name, precision, 1, "average precision"))

if len(sys.argv) > 2:
    result.write(sys.argv[2], "tests/peers/adbench.py DIR", [0], kept)
