"""Result files of programs in Python, as docs/results/README.md describes them."""
import datetime
import json
import os
import subprocess


def figure(name, what, value, decimals, column):
    return {"id": name, "what": what, "value": value, "unit": "", "decimals": decimals, "column": column}


def write(path, command, seeds, figures):
    here = os.path.dirname(os.path.abspath(__file__))
    commit = subprocess.run(["git", "-C", here, "rev-parse", "--short=9", "HEAD"], capture_output=True, text=True)
    with open("/proc/cpuinfo") as file:
        processor = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    result = {
        "command": command,
        "measuredOn": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "commit": commit.stdout.strip() or None,
        "processor": "%s, %d cores" % (processor, os.cpu_count()),
        "load": round(os.getloadavg()[0], 2),
        "seeds": seeds,
        "figures": figures,
        "format": 1,
    }
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w") as file:
        known = {key: value for key, value in result.items() if value is not None}
        json.dump(known, file, indent=2, ensure_ascii=False)
        file.write("\n")
