namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>What exposure an offer deserves.</summary>
public enum ExposureTarget
{
    /// <summary>What it would get in the order of relevance, ties sharing theirs (Diaz et al. 2020): equal relevance,
    /// equal exposure.</summary>
    Relevance,

    /// <summary>Exposure in proportion to relevance (disparate treatment; Singh and Joachims 2018).</summary>
    Merit,

    /// <summary>The same for every offer (demographic parity).</summary>
    Parity,
}

/// <summary>Bounds within which corrections stay.</summary>
public sealed record CorrectionGuards : IValidated
{
    /// <summary>Number of positions that are shown; lower ones get no exposure. Default 0: all.</summary>
    public int Shown { get; init; }

    /// <summary>Number of equally relevant offers of an organisation that keep their position; more of them come after
    /// all others. Default 0: no cap.</summary>
    public int Cap { get; init; }

    /// <summary>Positions that an offer moves at most. Default 10, at least 1.</summary>
    public int MaxMoves { get; init; } = 10;

    /// <summary>nDCG that a request may lose. Default 0.01, in [0, 1].</summary>
    public double MaxLoss { get; init; } = 0.01;

    /// <summary>nDCG that requests may lose on average. Default 0.003, in [0, 1].</summary>
    public double MeanLoss { get; init; } = 0.003;

    /// <summary>What exposure an offer deserves. Default <see cref="ExposureTarget.Relevance"/>.</summary>
    public ExposureTarget Target { get; init; }

    /// <summary>Whether offers are sorted by relevance instead of the engine's score: where the score itself holds the
    /// bias. Default false.</summary>
    public bool ByRelevance { get; init; }

    /// <summary>Share of days and queries in whose answers two neighbours are swapped, drawn by the seed: an experiment
    /// that measures position bias. Default 0, in [0, 1]; it costs hardly any relevance, and the guards count
    /// it.</summary>
    public double SwapShare { get; init; }

    /// <summary>Share of the way from what relevance gives to the target. Default 1, in [0, 1]: closes the gap. Only
    /// <see cref="ExposureTarget.Merit"/> and <see cref="ExposureTarget.Parity"/> have one.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Every reason why the guards are invalid; empty where they are valid.</summary>
    public IEnumerable<string> Validate()
    {
        if (Shown < 0 || Cap < 0 || MaxMoves < 1)
        {
            yield return $"Shown and Cap are at least 0 and MaxMoves at least 1, were {Shown}, {Cap} and {MaxMoves}.";
        }

        if (SwapShare is not (>= 0 and <= 1))
        {
            yield return $"SwapShare lies between 0 and 1, was {SwapShare}.";
        }

        if (Strength is not (>= 0 and <= 1))
        {
            yield return $"Strength lies between 0 and 1, was {Strength}.";
        }

        if (!(MaxLoss is >= 0 and <= 1 && MeanLoss is >= 0 and <= 1))
        {
            yield return $"MaxLoss and MeanLoss lie between 0 and 1, were {MaxLoss} and {MeanLoss}.";
        }
    }
}
