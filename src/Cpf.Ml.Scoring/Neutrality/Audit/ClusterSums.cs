namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Variance of a sum whose terms hang together within questions and within organisations.</summary>
/// <remarks>Reference: Cameron, Gelbach and Miller (2011), <i>Robust Inference with Multiway Clustering</i>; the larger
/// of it and of questions alone, as it may be too small by chance.</remarks>
internal sealed class ClusterSums(int organisations)
{
    private readonly double[] _ofOrganisation = new double[organisations];
    private readonly bool[] _isSeen = new bool[organisations];
    private readonly double[] _ofCell = new double[organisations];
    private readonly List<int> _touched = [];
    private int _question = -1;
    private double _ofQuestion;
    private double _questionSquares;
    private double _cellSquares;

    /// <summary>Questions with a term.</summary>
    public int Questions { get; private set; }

    /// <summary>Adds a term.</summary>
    /// <param name="question">Index of the question; the terms of a question come together.</param>
    /// <param name="organisation">Index of the organisation.</param>
    /// <param name="term">Term of the sum.</param>
    public void Add(int question, int organisation, double term)
    {
        if (question != _question)
        {
            Close();
            _question = question;
            Questions++;
        }

        _ofQuestion += term;
        _ofOrganisation[organisation] += term;
        _isSeen[organisation] = true;
        if (_ofCell[organisation] == 0)
        {
            _touched.Add(organisation);
        }

        _ofCell[organisation] += term;
    }

    /// <param name="byOrganisation">Whether organisations are drawn from many; else the questions alone are.</param>
    /// <returns>Variance, and degrees of freedom of it.</returns>
    public (double Variance, double Degrees) Total(bool byOrganisation)
    {
        Close();
        _question = -1;
        var questions = Corrected(_questionSquares, Questions);
        var n = _isSeen.Count(flag => flag);
        var organisations = Corrected(_ofOrganisation.Sum(value => value * value), n);
        var both = questions + organisations - _cellSquares;
        return !byOrganisation || Math.Max(organisations, both) <= questions ? (questions, Math.Max(1, Questions - 1))
            : (Math.Max(organisations, both), Math.Max(1, Math.Min(Questions, n) - 1));
    }

    private static double Corrected(double squares, int clusters) =>
        clusters > 1 ? squares * clusters / (clusters - 1) : double.PositiveInfinity;

    private void Close()
    {
        _questionSquares += _ofQuestion * _ofQuestion;
        foreach (var organisation in _touched)
        {
            _cellSquares += _ofCell[organisation] * _ofCell[organisation];
            _ofCell[organisation] = 0;
        }

        _touched.Clear();
        _ofQuestion = 0;
    }
}
